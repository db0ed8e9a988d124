/** Every figure by the values of a dimension: in words, in order, and as a file. */

import type { Breakdown, BreakdownRow, ClockKind, FigureInfo } from '../engine/types.js';
import { csv } from './csv.js';
import { decimal, percent, timeOn } from './format.js';

/** The clock that a figure is taken on: total WIP age is on none but the wall's. */
const clockOf = ({ part }: FigureInfo, clock: ClockKind | undefined): ClockKind | undefined => (part === 'wip' ? undefined : clock);

/** A value of a figure in its unit; times as the clock of the question says them. */
export function figureWords(value: number, figure: FigureInfo, asked?: ClockKind): string {
  const { unit } = figure;
  switch (unit) {
    case 'seconds':
      return timeOn(clockOf(figure, asked))(value);
    case 'share':
      return percent(value);
    case 'tickets_per_day':
      return `${value > 0 && value < 0.05 ? 'under 0.1' : decimal(value)} a day`;
    default:
      return decimal(value);
  }
}

/** What rows are sorted by: their name, their tickets, or a figure by its position. */
export type SortKey = 'key' | 'tickets' | number;

/** Values under the minimum size, folded into one. */
export const isOther = ({ key }: BreakdownRow): boolean => key === 'other';

/** "Other" comes last whatever the order: it is no value. So do rows without data. */
export function sorted(rows: readonly BreakdownRow[], by: SortKey, descending: boolean): BreakdownRow[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    if (isOther(a) !== isOther(b)) return isOther(a) ? 1 : -1;
    if (by === 'key') return sign * a.key.localeCompare(b.key, 'en', { numeric: true });
    if (by === 'tickets') return sign * (a.tickets - b.tickets);
    const [x, y] = [a.values[by] ?? null, b.values[by] ?? null];
    if (x === null || y === null) return x === y ? b.tickets - a.tickets : x === null ? 1 : -1;
    return sign * (x - y);
  });
}

/** Length of a bar in a cell, from 0 to 1, against the largest of its column. */
export function barLength(breakdown: Breakdown, row: BreakdownRow, by: SortKey): number | null {
  if (by === 'key') return null;
  const valueOf = (one: BreakdownRow): number => (by === 'tickets' ? one.tickets : (one.values[by] ?? 0));
  const most = breakdown.rows.reduce((max, one) => Math.max(max, valueOf(one)), 0);
  return most > 0 ? Math.max(0, valueOf(row)) / most : null;
}

/** What most readers ask first, a figure of each kind. */
const ASKED_FIRST = ['lead_time.p50', 'lead_time.p85', 'throughput.per_day', 'wip.now', 'handoffs.per_ticket', 'queue.share_lower_bound', 'reopen.rate'];

/** Figures shown before the reader chooses: those that are asked first, of those that any row has. */
export function firstFigures({ figures, rows }: Breakdown, most: number): string[] {
  const filled = figures.filter((_, n) => rows.some(({ values }) => (values[n] ?? null) !== null)).map(({ id }) => id);
  const wanted = ASKED_FIRST.filter((id) => filled.includes(id));
  return [...wanted, ...filled.filter((id) => !wanted.includes(id))].slice(0, most);
}

/** All figures as they are: seconds, shares and counts, with how many tickets each rests on. */
export function breakdownCsv({ label, figures, rows }: Breakdown): string {
  const header = [label, 'tickets', ...figures.flatMap(({ id, unit }) => [`${id} (${unit})`, `${id} n`])];
  return csv([
    header,
    ...rows.map(({ key, tickets, values, n }) => [key, tickets, ...figures.flatMap((_, at) => [values[at] ?? '', n[at] ?? 0])]),
  ]);
}

/** Which way is better, where there is one. */
export function better({ less_is_better: less }: FigureInfo): string {
  return less === undefined ? '' : less ? 'Less is better.' : 'More is better.';
}
