/** The days that the data speak of. */

import { wallClock } from '../../charts/format.js';
import { dayNumber, isoDay } from '../../engine/question.js';
import type { Report } from '../../engine/types.js';

export interface Days {
  /** Numbers of days, both included. */
  first: number;
  last: number;
}

const DAY_MS = 86_400_000;

/** From the first day of work in progress to the day of as-of, in the zone of the report. */
export function daysOf({ wip, as_of, zone }: Report): Days {
  const last = Math.floor(wallClock(Date.parse(as_of) / 1000, zone) / DAY_MS);
  const first = dayNumber(wip?.daily[0]?.date ?? '');
  return { first: Number.isNaN(first) ? last : Math.min(first, last), last };
}

/** The newest days of the data, as a range. */
export const newest = ({ last }: Days, days: number): { from: string; to: string } => ({ from: isoDay(last - days + 1), to: isoDay(last) });
