/** How many people, or groups, a finished ticket went through, and how long those took. */

import type { Report, TouchCount, Touches } from '../engine/types.js';
import type { ListBar } from './bars.js';
import { bars } from './bars.js';
import type { Missing, Table } from './chart.js';
import { cell, empty, missing } from './chart.js';
import type { Facts } from './facts.js';
import type { Say } from './format.js';
import { count, decimal, percent, plural, timeOn } from './format.js';
import type { Help } from './help.js';
import type { RateView } from './rates.js';
import { rateView } from './rates.js';

export const TOUCHES_HELP: Help = {
  what: 'Finished tickets by the number of different people, or groups, that had them, with the median lead time of each; and how many were solved by the first who had them.',
  read: 'Where tickets with three owners take many times as long as those with one, what costs is the passing on, and the way out is to bring the people to the ticket.',
  misleads: 'Hard tickets need more people and take longer whoever has them: a longer time is not proof that the handing over made it so. A desk that only sorts is a first owner too.',
  formula: 'Touches = number of distinct holders from opened to resolved. First-owner rate = tickets with one holder / tickets with any; interval: Wilson (1927), 95 %.',
};

export type TouchedBy = 'people' | 'groups';

export interface TouchesView extends Facts {
  bars: ListBar[];
  rates: RateView[];
}

/** A median of fewer tickets is no sentence. */
const FEW = 10;
/** The last class of the report is open at the top. */
const OPEN_ENDED = 10;

const NOUNS: Record<TouchedBy, { one: string; many: string }> = {
  people: { one: 'person', many: 'people' },
  groups: { one: 'group', many: 'groups' },
};

/** The ways of counting that the report holds. */
export function touchedBy(report: Report): TouchedBy[] {
  const part = report.touches;
  return part ? (['people', 'groups'] as const).filter((by) => part[by].length > 0) : [];
}

export function touches(report: Report, asked: TouchedBy): TouchesView | Missing {
  const part = report.touches;
  if (!part) return missing(report, 'touches');
  const offered = touchedBy(report);
  const by = offered.includes(asked) ? asked : offered[0];
  if (by === undefined) return empty('No ticket in this selection was finished.', 'Widen the filter, or export a longer period.');
  const rows = part[by];
  const say = timeOn(part.clock);
  const total = rows.reduce((sum, row) => sum + row.tickets, 0);
  return {
    kind: 'facts',
    summary: summary(part, rows, by),
    bars: bars(
      rows,
      ({ tickets }) => tickets,
      (row) => ({
        label: touchLabel(row, by),
        detail: `median lead time ${say(row.median_seconds)}`,
        text: `${plural(row.tickets, 'ticket')}, ${percent(row.tickets / Math.max(1, total))}`,
      }),
    ),
    rates: [
      ...(part.first_owner ? [rateView('solved by the first person who had it', part.first_owner, false)] : []),
      ...(part.first_group ? [rateView('solved by the first group that had it', part.first_group, false)] : []),
    ],
    table: table(rows, by, total, say),
  };
}

function touchLabel({ touches: n }: TouchCount, by: TouchedBy): string {
  const { one, many } = NOUNS[by];
  return n >= OPEN_ENDED ? `${count(n)} or more ${many}` : plural(n, one, many);
}

function summary(part: Touches, rows: TouchCount[], by: TouchedBy): string {
  const say = timeOn(part.clock);
  const mean = by === 'people' ? part.mean_people : part.mean_groups;
  const start = mean === undefined ? plural(part.n, 'finished ticket') : `${plural(part.n, 'finished ticket')} went through ${decimal(mean)} ${NOUNS[by].many} each on average`;
  const [few, many] = [rows[0], rows.findLast(({ tickets }) => tickets >= FEW)];
  if (!few || !many || few === many) return `${start}.`;
  const times = few.median_seconds > 0 ? many.median_seconds / few.median_seconds : 0;
  const ratio = times >= 1.5 ? `, ${decimal(times)} times as long` : '';
  return `${start}. Half of those with ${touchLabel(few, by)} took under ${say(few.median_seconds)}; with ${touchLabel(many, by)} under ${say(many.median_seconds)}${ratio}.`;
}

function table(rows: TouchCount[], by: TouchedBy, total: number, say: Say): Table {
  return {
    caption: `Finished tickets by number of ${NOUNS[by].many}`,
    columns: [
      { label: NOUNS[by].many.replace(/^./, (c) => c.toUpperCase()), numeric: true },
      { label: 'Tickets', numeric: true },
      { label: 'Share', numeric: true },
      { label: 'Median lead time', numeric: true },
    ],
    rows: rows.map((row) => [
      cell(row.touches >= OPEN_ENDED ? `${count(row.touches)} or more` : count(row.touches), row.touches),
      cell(count(row.tickets), row.tickets),
      cell(percent(row.tickets / Math.max(1, total)), row.tickets),
      cell(say(row.median_seconds), row.median_seconds),
    ]),
  };
}
