/** What the cards of delivery say alike: why something was left out, and times that may be open at one end. */

import type { Rate, SurvivalPercentile } from '../engine/types.js';
import type { Cell } from './chart.js';
import { cell } from './chart.js';
import type { Say } from './format.js';
import { count, percent, timeOn } from './format.js';

/** Why deployments or changes are not in a figure, after a count. */
const EXCLUDED: Record<string, string> = {
  cancelled: 'cancelled',
  running: 'still running',
  not_production: 'not to production',
  after_as_of: 'after as-of',
  no_start: 'without the start of the clock',
  no_end: 'without an end',
  no_result: 'without a result',
  start_after_end: 'that end before the clock starts',
  failed: 'failed',
};

export const excludedWord = (reason: string): string =>
  (Object.hasOwn(EXCLUDED, reason) ? EXCLUDED[reason] : undefined) ?? reason.replaceAll('_', ' ');

/** "Left out: 340 not to production, 9 cancelled." Empty where nothing was. */
export function leftOut(excluded: Record<string, number>): string {
  const entries = Object.entries(excluded).filter(([, n]) => n > 0).sort(([, a], [, b]) => b - a);
  return entries.length === 0 ? '' : `Left out: ${entries.map(([reason, n]) => `${count(n)} ${excludedWord(reason)}`).join(', ')}.`;
}

/** A percentile of a survival curve; one that the curve does not come down to has a bound alone. */
export function survivalWords({ seconds, at_least_seconds: least }: SurvivalPercentile, say: Say): string {
  if (seconds !== undefined) return say(seconds);
  return least === undefined ? 'not known' : `over ${say(least)}`;
}

/** How far such a percentile may be off. */
export function boundsWords({ lower_seconds: lower, upper_seconds: upper }: SurvivalPercentile, say: Say): string {
  if (lower === undefined && upper === undefined) return '';
  return upper === undefined ? `${say(lower ?? 0)} or more` : `${say(lower ?? 0)} to ${say(upper)}`;
}

export const rangeWords = ({ lower, upper }: Rate): string => `${percent(lower)} to ${percent(upper)}`;

/** A cell for what may be missing. */
export const known = (value: number | undefined, say: Say, otherwise = 'no data'): Cell =>
  value === undefined ? cell(otherwise, null) : cell(say(value), value);

export const rateCell = (rate: Rate | undefined): Cell => known(rate?.rate, percent);

const CLOCKS: Record<string, string> = { elapsed: 'elapsed time', business: 'working hours', days: 'calendar days' };

/** The clock of a time in words, where the report gives its name. */
export const clockWords = (clock: string): string => (Object.hasOwn(CLOCKS, clock) ? CLOCKS[clock] : undefined) ?? clock;

/** How times on a clock are said that the report names: working hours have no days. */
export const sayOn = (clock: string): Say => timeOn(/working|business/i.test(clock) ? 'business' : undefined);
