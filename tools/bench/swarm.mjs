// Measures in wasm how long the answers about swarms take, as the page asks for them: `node swarm.mjs [TICKETS] [RUNS]` prints one
// JSON line with the least milliseconds of each. `examples/swarm_bench.rs` asks the same natively.
import { readFileSync } from 'node:fs';

const [tickets = '10000', runs = '5'] = process.argv.slice(2);
const wasmBytes = readFileSync(new URL('../../www/pkg/flowgauge_bg.wasm', import.meta.url));
const { initSync, sample_log, Session, what_if } = await import(new URL('../../www/pkg/flowgauge.js', import.meta.url));
initSync({ module: wasmBytes });

const session = new Session({});
session.start_file('desk.csv');
session.push(sample_log(Number(tickets), 1n));
session.finish_file();
const engine = session.finish();

const DESK = {
  arrivals_per_day: 60,
  hours_per_day: 8,
  tiers: [
    { name: 'First line', people: 5, handling_minutes: 25, escalated: 0.35 },
    { name: 'Second line', people: 5, handling_minutes: 60, escalated: 0.25 },
    { name: 'Third line', people: 3, handling_minutes: 120, escalated: 0 },
  ],
};
let [seed, alpha] = [0, 0.5];
const quick = { draws: 5, structural: false };
const answer = (asked) => engine.report({ parts: ['swarm'], ...asked });
const step = () => {
  alpha = alpha > 0.9 ? 0.5 : alpha + 0.05;
  return alpha;
};
const questions = {
  // With another seed nothing of the last answer holds.
  'report/full': () => answer({ seed: (seed += 1) }),
  'report/first': () => answer({ seed: (seed += 1), swarm: quick }),
  'report/sliders': () => answer({ swarm: { ...quick, alpha: step() } }),
  'calculator': () => what_if({ ...DESK, alpha: step() }),
};
const row = { tickets: Number(tickets) };
for (const [name, ask] of Object.entries(questions)) {
  const times = [];
  for (let run = 0; run < Number(runs); run += 1) {
    const start = performance.now();
    ask();
    times.push(performance.now() - start);
  }
  row[name] = Number(Math.min(...times).toFixed(1));
}
console.log(JSON.stringify(row));
