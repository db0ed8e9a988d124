/** Lead, cycle and response time in figures: percentiles with their intervals, and lead time by what the tickets are. */

import type { Percentile, Report, TimeMetric } from '../engine/types.js';
import type { Cell, Column, Missing, Table } from './chart.js';
import { cell, empty, missing } from './chart.js';
import type { Facts, Gap } from './facts.js';
import type { Say } from './format.js';
import { count, dimensionName, plural, timeOn } from './format.js';
import type { Help } from './help.js';

export const PERCENTILES_HELP: Help = {
  what: 'How long tickets took from opened to resolved (lead time), from first work to resolved (cycle time) and from opened to the first reaction (response time).',
  read: '"85 %" is the time within which 85 of 100 finished tickets were done. In brackets stands the range in which the true value lies with 95 % confidence: wide where tickets are few.',
  misleads: 'Finished tickets only: old ones that stay open are not in it. The intervals take tickets as independent of each other; one outage that causes a hundred tickets breaks that.',
  formula: 'The p-th percentile stands at rank 1 + (n - 1) p / 100 of the sorted times (Hyndman & Fan 1996, type 7); its interval is a pair of ranks by the binomial distribution.',
};

const TIMES = [
  { part: 'lead_time', label: 'Lead time' },
  { part: 'cycle_time', label: 'Cycle time' },
  { part: 'response_time', label: 'Response time' },
] as const;

export interface Percentiles extends Facts {
  /** Times that this report does not hold. */
  gaps: Gap[];
}

/** Said below a table in which a figure carries the mark. */
const FEW = 'few';
const FEW_NOTE = `(${FEW}): too few tickets for a bound of 95 % at this percentile; take it as a hint.`;

export function percentiles(report: Report): Percentiles | Missing {
  const known = TIMES.flatMap(({ part, label }) => {
    const metric = report[part];
    return metric && metric.n > 0 ? [{ label, metric }] : [];
  });
  const [first] = known;
  if (!first) {
    return report.lead_time
      ? empty('No ticket in this selection was finished.', 'Widen the filter, or export a longer period.')
      : missing(report, 'lead_time');
  }
  return {
    kind: 'facts',
    summary: known.map(({ label, metric }) => sentence(label, metric)).join(' '),
    gaps: TIMES.filter(({ part }) => !report[part]).map(({ part, label }) => {
      const { reason, remedy } = missing(report, part);
      return { label, reason, remedy };
    }),
    table: withNote(
      {
        caption: 'Time within which so many of 100 tickets were done, with 95 % intervals',
        columns: [{ label: 'Time' }, ...numbers(first.metric.percentiles)],
        rows: known.map(({ label, metric }) => [
          cell(label),
          cell(count(metric.n), metric.n),
          ...metric.percentiles.map((one) => cell(withInterval(one, timeOn(metric.clock)), one.seconds)),
        ]),
      },
      known.flatMap(({ metric }) => metric.percentiles),
    ),
  };
}

/** Dimensions that lead time is broken down by, in the order of the report. */
export function dimensions(report: Report): string[] {
  return Object.entries(report.lead_time?.by ?? {}).flatMap(([name, groups]) => (groups.length > 0 ? [name] : []));
}

/** Lead time by one of those. */
export function byDimension(report: Report, dimension: string): Table | null {
  const by = report.lead_time?.by ?? {};
  const groups = Object.hasOwn(by, dimension) ? (by[dimension] ?? []) : [];
  const [first] = groups;
  if (!first) return null;
  const name = dimensionName(report, dimension);
  const say = timeOn(report.lead_time?.clock);
  return withNote(
    {
      caption: `Lead time by ${name.toLowerCase()}, largest group first`,
      columns: [{ label: name }, ...numbers(first.percentiles)],
      rows: groups.map((group): Cell[] => [
        cell(group.key),
        cell(count(group.n), group.n),
        ...group.percentiles.map((one) => cell(marked(one, say), one.seconds)),
      ]),
    },
    groups.flatMap((group) => group.percentiles),
  );
}

function numbers(list: Percentile[]): Column[] {
  return [{ label: 'Tickets', numeric: true }, ...list.map(({ p }) => ({ label: `${p} % within`, numeric: true }))];
}

function withNote(table: Table, list: Percentile[]): Table {
  return list.some((one) => one.n_too_small) ? { ...table, note: FEW_NOTE } : table;
}

function marked(one: Percentile, say: Say): string {
  return `${say(one.seconds)}${one.n_too_small ? ` (${FEW})` : ''}`;
}

function withInterval(one: Percentile, say: Say): string {
  return one.lower_seconds === undefined || one.upper_seconds === undefined
    ? marked(one, say)
    : `${say(one.seconds)} (${range(one.lower_seconds, one.upper_seconds, say)})`;
}

/** "2.9 to 3.2 days": a unit that both ends share is said once. */
function range(lower: number, upper: number, say: Say): string {
  const [low, high] = [say(lower), say(upper)];
  const [figure = low, unit] = low.split(' ');
  return unit !== undefined && high.endsWith(` ${unit}`) ? `${figure} to ${high}` : `${low} to ${high}`;
}

function sentence(label: string, metric: TimeMetric): string {
  const low = metric.percentiles.find(({ p }) => p >= 50);
  const high = metric.percentiles.findLast(({ p }) => p <= 85);
  const both = [low, high === low ? undefined : high].flatMap((one) => (one ? [`${one.p} % within ${timeOn(metric.clock)(one.seconds)}`] : []));
  return `${label} of ${plural(metric.n, 'ticket')}: ${both.join(', ')}.`;
}
