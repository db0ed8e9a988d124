/** What a reader assumes of a swarm, and the question that this makes of the page's own. */

import { having, same } from './question.js';
import type { Query, Report, SwarmQuery } from './types.js';

export interface SwarmChoice {
  /** People on one ticket at once. */
  size: number;
  /** `size ** alpha` is how much faster they are. */
  alpha: number;
  /** How much longer work takes for somebody of another group. */
  kappa: number;
  /** `all`, `escalated`, or values of the priority. */
  subset: readonly string[];
}

/** As the engine has it by itself. */
export const USUAL: SwarmChoice = { size: 2, alpha: 0.8, kappa: 1, subset: ['escalated'] };

export interface Range {
  min: number;
  max: number;
  step: number;
}

export const RANGES = {
  size: { min: 2, max: 8, step: 1 },
  alpha: { min: 0, max: 1, step: 0.05 },
  kappa: { min: 1, max: 3, step: 0.05 },
} as const satisfies Record<string, Range>;

export type Assumed = keyof typeof RANGES;

/** The number that a field holds, within its range; `null` where it is none. */
export function within(text: string, { min, max, step }: Range): number | null {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!(value >= min && value <= max)) return null;
  return step === 1 && !Number.isInteger(value) ? null : value;
}

/** `quick`: few draws and none of the assumptions varied, for an answer while a slider moves. */
export type Depth = 'quick' | 'full';

const QUICK: SwarmQuery = { structural: false, draws: 5 };

/** What the replay does not depend on: other parts, and what only other parts are about. */
const ELSEWHERE = { compare: undefined, by: undefined, targets: undefined, rates: undefined, forecast: undefined, board: undefined, delivery: undefined, limits: undefined };

/** The part of the page's question that the replay is about. */
export const swarmBase = (page: Query): Query => having(page, ELSEWHERE);

export function swarmQuery(page: Query, { subset, ...numbers }: SwarmChoice, depth: Depth): Query {
  return having(swarmBase(page), {
    parts: ['swarm'],
    swarm: { ...numbers, subset: [...subset], ...(depth === 'quick' ? QUICK : {}) },
  });
}

/** Whether the input says who had a ticket when; without that nothing can be replayed. */
export const hasHistory = ({ evidence }: Report): boolean => !['E0', 'E1'].includes(evidence.level);

export const sameAssumptions = (a: SwarmChoice, b: SwarmChoice): boolean => same({ swarm: { ...a, subset: [...a.subset] } }, { swarm: { ...b, subset: [...b.subset] } });
