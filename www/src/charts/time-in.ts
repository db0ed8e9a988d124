/** Where finished tickets spent their time: in which states, in which teams. */

import type { Report, StateClass, TimeIn } from '../engine/types.js';
import type { Missing } from './chart.js';
import { cell, empty, missing } from './chart.js';
import type { Facts } from './facts.js';
import { count, hours, percent, plural } from './format.js';
import type { Help } from './help.js';

export const TIME_IN_HELP: Help = {
  what: 'The lead time of all finished tickets, split by the state or the team in which it was spent.',
  read: 'The longest bar is where an hour saved per ticket helps most. Time in a queue or on hold is nobody’s work: it shortens by handing over less, not by working faster.',
  misleads: 'A few very long tickets can fill a bar: compare its hours with its number of tickets. A team’s bar holds its waiting too, so a long one does not mean slow work.',
  formula: 'Share = sum of the time spent there / sum of the lead times of all finished tickets: a ratio of sums, not a mean of ratios.',
};

export type TimeInBy = 'state' | 'group';

export interface Bar {
  label: string;
  class: StateClass | null;
  /** Of the lead time, from 0 to 1. */
  share: number;
  /** Length of the bar, from 0 to 1: the longest has 1. */
  length: number;
  text: string;
  detail: string;
}

export interface TimeInView extends Facts {
  bars: Bar[];
  /** Said below bars that are not all. */
  more: string;
}

/** More bars than this are a table. */
const MAX_BARS = 10;

/** A word for each class, short enough to stand beside a name. */
const CLASS_WORDS: Record<StateClass, string> = {
  planned: 'planned',
  queue: 'queue',
  active: 'being worked on',
  hold: 'on hold',
  done: 'done, then reopened',
  cancelled: 'cancelled',
  unknown: 'class not known',
};

export const timeInPart = (report: Report, by: TimeInBy): TimeIn | undefined =>
  by === 'state' ? report.time_in_state : report.time_in_group;

export function timeIn(report: Report, by: TimeInBy): TimeInView | Missing {
  const part = timeInPart(report, by);
  if (!part) return missing(report, `time_in_${by}`);
  const [first] = part.rows;
  if (!first) return empty('No ticket in this selection was finished.', 'Widen the filter, or export a longer period.');
  const noun = by === 'state' ? 'State' : 'Team';
  const rest = part.rows.slice(MAX_BARS);
  const restShare = rest.reduce((sum, row) => sum + row.share, 0);
  return {
    kind: 'facts',
    summary: summary(part, by),
    bars: part.rows.slice(0, MAX_BARS).map((row) => ({
      label: row.key,
      class: row.class ?? null,
      share: row.share,
      length: first.share > 0 ? row.share / first.share : 0,
      text: `${percent(row.share)}, ${hours(row.seconds)}`,
      detail: [row.class ? CLASS_WORDS[row.class] : '', plural(row.tickets, 'ticket')].filter(Boolean).join(', '),
    })),
    more: rest.length > 0 ? `${count(rest.length)} more with ${percent(restShare)} in all: see the table.` : '',
    table: {
      caption: `${noun}s by the lead time spent there, in all ${hours(part.lead_seconds)}`,
      columns: [
        { label: noun },
        ...(by === 'state' ? [{ label: 'Class' }] : []),
        { label: 'Tickets', numeric: true },
        { label: 'Hours', numeric: true },
        { label: 'Share', numeric: true },
      ],
      rows: part.rows.map((row) => [
        cell(row.key),
        ...(by === 'state' ? [cell(CLASS_WORDS[row.class ?? 'unknown'])] : []),
        cell(count(row.tickets), row.tickets),
        cell(hours(row.seconds), row.seconds),
        cell(percent(row.share), row.share),
      ]),
    },
  };
}

function summary(part: TimeIn, by: TimeInBy): string {
  const [first] = part.rows;
  const most = first ? ` The largest part in ${first.key}: ${percent(first.share)}.` : '';
  const sumOf = (kind: StateClass): number =>
    part.rows.reduce((sum, row) => sum + (row.class === kind ? row.share : 0), 0);
  const classes =
    by === 'state'
      ? ` In queues ${percent(sumOf('queue'))}, being worked on ${percent(sumOf('active'))}, on hold ${percent(sumOf('hold'))}.`
      : '';
  return `${plural(part.n, 'finished ticket')} took ${hours(part.lead_seconds)} in all.${most}${classes}`;
}
