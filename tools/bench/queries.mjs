// Measures in wasm how fast the figures of the first screen follow a change of filter, lens, clock and as-of, as the page
// asks for them (marks included, the report as an object): `node queries.mjs FILE [RUNS]` prints one JSON line.
import { openSync, readFileSync, readSync, closeSync } from 'node:fs';

const [path, runs = '9'] = process.argv.slice(2);
const wasmBytes = readFileSync(new URL('../../www/pkg/flowgauge_bg.wasm', import.meta.url));
const { initSync, Session } = await import(new URL('../../www/pkg/flowgauge.js', import.meta.url));
initSync({ module: wasmBytes });

const chunk = new Uint8Array(1 << 18);
const file = openSync(path);
const session = new Session({});
session.start_file('bench.csv');
for (let n = readSync(file, chunk); n > 0; n = readSync(file, chunk)) session.push(chunk.subarray(0, n));
session.finish_file();
closeSync(file);
const engine = session.finish();

// As `Part::FIRST_SCREEN` in the core; `examples/queries.rs` asks the same natively.
const first = {
  parts: ['lead_time', 'ageing', 'throughput', 'wip', 'handoffs', 'sentences'],
  include: { points: true, ids: true },
};
const whole = engine.report(first);
const largest = (dimension) => [whole.lead_time.by[dimension][0].key];
const questions = {
  'the same again': {},
  'filter by priority': { filter: { priority: largest('priority') } },
  'filter by group': { filter: { group: largest('group') } },
  'opened this year': { opened: { from: `${whole.as_of.slice(0, 4)}-01-01` } },
  'lens category': { by: ['category'] },
  'business clock': { clock: 'business' },
  'days clock': { clock: 'days' },
  'business, filtered': { clock: 'business', filter: { priority: largest('priority') } },
  'as of a month ago': { as_of: new Date(Date.parse(whole.as_of) - 30 * 86_400_000).toISOString().slice(0, 10) },
};
const row = { engine: 'wasm', tickets: whole.tickets.total };
for (const [name, change] of Object.entries(questions)) {
  const times = [];
  for (let run = 0; run < Number(runs); run += 1) {
    // The whole is what stands on the page before the change.
    engine.report(first);
    const start = performance.now();
    engine.report({ ...first, ...change });
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  row[name] = [times[Math.floor(times.length / 2)], times.at(-1)].map((ms) => Number(ms.toFixed(1)));
}
console.log(JSON.stringify(row));
