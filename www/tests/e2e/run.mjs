/** Runs the scenarios against the built page in a real Chromium: `npm run e2e [part of a name]`. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DIST, start } from './harness.mjs';
import { accessibility } from './accessibility.mjs';
import { board } from './board.mjs';
import { delivery } from './delivery.mjs';
import { embedding } from './embedding.mjs';
import { flow } from './flow.mjs';
import { hostile } from './hostile.mjs';
import { mapping } from './mapping.mjs';
import { questions } from './questions.mjs';
import { swarm } from './swarm.mjs';
import { whatIf } from './what-if.mjs';

if (!existsSync(join(DIST, 'index.html'))) {
  console.error('There is no build in www/dist: run `npm run build` first.');
  process.exit(2);
}

const wanted = process.argv[2] ?? '';
const scenarios = [...flow, ...mapping, ...questions, ...board, ...swarm, ...whatIf, ...delivery, ...hostile, ...embedding, ...accessibility].filter(([name]) => name.includes(wanted));
const app = await start();
let passed = 0;
let failed = 0;
let skipped = 0;
for (const [name, run] of scenarios) {
  const begun = performance.now();
  try {
    const outcome = await run(app);
    const ms = `${Math.round(performance.now() - begun)} ms`;
    if (outcome?.skipped) {
      skipped += 1;
      console.log(`skip  ${name}: ${outcome.skipped}`);
    } else {
      passed += 1;
      console.log(`ok    ${name} (${ms})${outcome?.note ? `: ${outcome.note}` : ''}`);
    }
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}\n${error instanceof Error ? error.stack : String(error)}`);
  }
}
await app.stop();
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
