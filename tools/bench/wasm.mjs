// Measures reading and reporting in wasm, as the page does it: `node wasm.mjs FILE [RUNS]` prints one JSON line.
import { openSync, readFileSync, readSync, closeSync } from 'node:fs';

const [path, runs = '3'] = process.argv.slice(2);
const wasmBytes = readFileSync(new URL('../../www/pkg/flowgauge_bg.wasm', import.meta.url));
const { initSync, Session } = await import(new URL('../../www/pkg/flowgauge.js', import.meta.url));
const wasm = initSync({ module: wasmBytes });
const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
const times = { parse: [], report: [] };
let [bytes, tickets, memory] = [0, 0, 0];

for (let run = 0; run < Number(runs); run += 1) {
  const chunk = new Uint8Array(1 << 18);
  const file = openSync(path);
  let start = performance.now();
  const session = new Session({});
  session.start_file('bench.csv');
  bytes = 0;
  for (;;) {
    const n = readSync(file, chunk);
    if (n === 0) break;
    bytes += n;
    session.push(chunk.subarray(0, n));
  }
  session.finish_file();
  const engine = session.finish();
  times.parse.push((performance.now() - start) / 1000);
  closeSync(file);
  session.free();
  // Memory never shrinks in wasm: after the first run this is the peak of reading.
  if (run === 0) memory = wasm.memory.buffer.byteLength;
  start = performance.now();
  tickets = engine.report({}).tickets.total;
  times.report.push((performance.now() - start) / 1000);
  engine.free();
}
const row = { engine: 'wasm', bytes, tickets, parse: median(times.parse), report: median(times.report), memory };
console.log(JSON.stringify(row));
