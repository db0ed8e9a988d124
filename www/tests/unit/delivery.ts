/** A report with delivery and changes. */

import { readFileSync } from 'node:fs';
import type { Changes, Delivery, Report } from '../../src/engine/types.js';
import { fixture } from './report.js';

export type Delivered = Report & { delivery: Delivery; changes: Changes };

/** A fresh copy each time, so that tests may change it. */
export function delivered(): Delivered {
  const parts = JSON.parse(readFileSync(new URL('../fixtures/delivery.json', import.meta.url), 'utf8')) as Pick<Delivered, 'delivery' | 'changes'>;
  return { ...fixture(), ...parts };
}
