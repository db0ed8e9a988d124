/** Where the lead time of finished tickets went: waiting for us, work, holds, outside working hours. */

import type { Queue, QueueWaste, Report, TouchEstimate, WasteEdge, WasteParts, WasteRow } from '../engine/types.js';
import type { ListBar } from './bars.js';
import type { Cell, Missing, Table } from './chart.js';
import { cell, empty, missing } from './chart.js';
import { csv } from './csv.js';
import type { Facts } from './facts.js';
import { count, dimensionName, hours, percent, plural } from './format.js';
import type { Help } from './help.js';
import type { Segment, SegmentKind } from './segments.js';
import { segmentOf, segmentRows } from './segments.js';

export const WASTE_HELP: Help = {
  what: 'Every second between opened and resolved of finished tickets, as one of these: waiting for a group, waiting for the person who has the ticket, work, on hold, outside working hours.',
  read: 'What waits for us is what a desk can change without working faster: it is there because work stands in a queue before the people who will do it in any case. Holds and nights are somebody else\'s, and have bars of their own.',
  misleads: 'Without states that say "in work" the data cannot tell work from waiting with the person who has the ticket: both ways to estimate it stand side by side, and the truth may lie outside of both. Holds that nobody recorded count as work or as waiting.',
  formula: 'Share = (waiting for a group + waiting for the person) / (lead time - outside working hours): a ratio of sums. One ticket at a time: start = the later of assigned and the end of the one before (Chapela-Campa & Dumas 2022). In equal shares: work = integral of 1 / tickets held (processor sharing).',
};

type Part = keyof WasteParts;

/** In the order of the bar: what is ours first. */
const PARTS: readonly { part: Part; label: string }[] = [
  { part: 'queue_group', label: 'Waiting for a group' },
  { part: 'queue_person', label: 'Waiting for the person who has it' },
  { part: 'touch', label: 'Work' },
  { part: 'hold_customer', label: 'On hold for the customer' },
  { part: 'hold_vendor', label: 'On hold for a supplier' },
  { part: 'hold_other', label: 'On hold for anything else' },
  { part: 'off', label: 'Outside working hours' },
];
/** These are part of every bar, even where there is none of them: that is an answer. */
const ALWAYS: readonly Part[] = ['queue_group', 'queue_person', 'touch'];
/** Strips that the eye takes in at once. */
const MOST_STRIPS = 6;

/** The ways between groups are asked for as if they were a dimension. */
export const WAYS = '(ways)';

export interface WasteView extends Facts {
  headline: string;
  segments: Segment[];
  estimates: ListBar[];
  /** Figures below the bar, a line each. */
  lines: string[];
  cautions: readonly string[];
}

const sum = (parts: WasteParts): number => PARTS.reduce((all, { part }) => all + parts[part], 0);
const waiting = ({ queue_group, queue_person }: WasteParts): number => queue_group + queue_person;
const holds = ({ hold_customer, hold_vendor, hold_other }: WasteParts): number => hold_customer + hold_vendor + hold_other;

export function waste(report: Report): WasteView | Missing {
  const part = report.queue;
  if (!part) return missing(report, 'queue');
  const found = part.waste;
  if (!found) return empty('This report does not say where lead time went.', 'Read the ticket export itself with this version.');
  const whole = sum(found.parts);
  if (whole === 0) return empty('These tickets took no time at all.', 'Widen the selection, or check which columns hold their dates.');
  const segments = segmentsOf(found.parts, whole);
  return {
    kind: 'facts',
    headline: headline(part, found),
    summary: summary(part, found),
    segments,
    estimates: found.estimates.map((one) => estimateBar(one, found)),
    lines: lines(found),
    cautions: found.cautions,
    table: {
      caption: `The lead time of ${plural(part.n, 'finished ticket')}, in all ${hours(whole)}`,
      columns: [{ label: 'Part' }, { label: 'Hours', numeric: true }, { label: 'Share of lead time', numeric: true }],
      rows: segmentRows(segments, whole),
    },
    further: [estimateTable(found)],
  };
}

function segmentsOf(parts: WasteParts, whole: number): Segment[] {
  return PARTS.filter(({ part }) => parts[part] > 0 || ALWAYS.includes(part)).map(({ part, label }) =>
    segmentOf(part satisfies SegmentKind, label, parts[part], whole),
  );
}

function headline({ share }: Queue, { parts, method, has_hours }: QueueWaste): string {
  if (share === undefined) return 'All of this time lies outside working hours.';
  const counted = sum(parts) - parts.off;
  const of = (seconds: number): string => percent(counted > 0 ? seconds / counted : 0);
  const time = has_hours ? 'working time of these tickets' : 'lead time';
  const how = method === 'states' ? 'measured' : 'estimated';
  return `${percent(share)} of the ${time} was waiting for us: ${of(parts.queue_group)} for a group, ${of(parts.queue_person)} for the person who had the ticket; ${of(parts.touch)} was work (${how}).`;
}

function summary({ n }: Queue, { evidence, has_hours, parts }: QueueWaste): string {
  const off = has_hours ? ` The bar is the whole lead time; ${percent(parts.off / sum(parts))} of it lies outside working hours and is in no share above.` : '';
  return `Measured on ${plural(n, 'finished ticket')} that had an assignee; evidence ${evidence}.${off}`;
}

const METHODS: Partial<Record<string, string>> = {
  states: 'States that say "in work"',
  single_tasking: 'One ticket at a time',
  equal_share: 'All tickets in equal shares',
};

export const methodName = (method: string): string => METHODS[method] ?? method.replaceAll('_', ' ').replace(/^./, (c) => c.toUpperCase());

function estimateBar({ method, touch_seconds, queue_share }: TouchEstimate, { method: used }: QueueWaste): ListBar {
  return {
    label: methodName(method),
    detail: `${hours(touch_seconds)} of work${method === used ? ', used above' : ''}`,
    text: `${percent(queue_share)} waiting`,
    length: Math.min(1, Math.max(0, queue_share)),
  };
}

function estimateTable({ estimates, method: used }: QueueWaste): Table {
  return {
    caption: 'Ways to tell work from waiting with a person',
    columns: [{ label: 'Way' }, { label: 'Work', numeric: true }, { label: 'Waiting for us', numeric: true }, { label: 'Definition' }],
    rows: estimates.map(({ method, touch_seconds, queue_share, definition }) => [
      cell(method === used ? `${methodName(method)} (used above)` : methodName(method)),
      cell(hours(touch_seconds), touch_seconds),
      cell(percent(queue_share), queue_share),
      cell(definition),
    ]),
  };
}

function lines({ utilisation, estimates }: QueueWaste): string[] {
  const found: string[] = [];
  if (utilisation !== undefined) found.push(`On the days on which they were seen, people had at least one ticket for ${percent(utilisation)} of their working time.`);
  const shares = estimates.map(({ queue_share }) => queue_share);
  if (shares.length > 1) found.push(`The two estimates are ${percent(Math.max(...shares) - Math.min(...shares))} of the time apart: so much the data cannot tell.`);
  return found;
}

/** Dimensions that the time is told by; the ways last. */
export function wasteDimensions({ queue }: Report): string[] {
  const first = ['group', 'service', 'priority'];
  const named = Object.keys(queue?.by ?? {}).filter((name) => (queue?.by?.[name] ?? []).length > 0);
  const ordered = [...first.filter((name) => named.includes(name)), ...named.filter((name) => !first.includes(name))];
  return queue?.waste && (queue.edges ?? []).length > 0 ? [...ordered, WAYS] : queue?.waste ? ordered : [];
}

export const wasteDimensionName = (report: Report, name: string): string => (name === WAYS ? 'way between groups' : dimensionName(report, name).toLowerCase());

export interface Strip {
  label: string;
  detail: string;
  text: string;
  segments: Segment[];
}

const shareText = (share: number | undefined): string => (share === undefined ? 'none in working hours' : `${percent(share)} waiting`);

/** The first rows as bars; each is its own whole. */
export function wasteStrips({ queue }: Report, by: string): Strip[] {
  if (by === WAYS) return [];
  return (queue?.by?.[by] ?? []).slice(0, MOST_STRIPS).map(({ key, tickets, parts, share }) => ({
    label: key,
    detail: `${plural(tickets, 'ticket')}, ${hours(waiting(parts))} waiting`,
    text: shareText(share),
    segments: segmentsOf(parts, sum(parts)),
  }));
}

export function wasteBy(report: Report, by: string): Table {
  const { queue } = report;
  return by === WAYS ? waysTable(queue?.edges ?? []) : rowsTable(queue?.by?.[by] ?? [], wasteDimensionName(report, by));
}

function rowsTable(rows: readonly WasteRow[], name: string): Table {
  return {
    caption: `Where lead time went, by ${name}${name.includes('group') ? ': the time in that group' : ''}`,
    columns: [{ label: name.replace(/^./, (c) => c.toUpperCase()) }, ...['Tickets', 'Waiting for us', 'For the group', 'For the person', 'Work', 'On hold', 'Outside hours'].map((label) => ({ label, numeric: true }))],
    rows: rows.map(({ key, tickets, parts, share }): Cell[] => [
      cell(key),
      cell(count(tickets), tickets),
      share === undefined ? cell('none', null) : cell(percent(share), share),
      ...[parts.queue_group, parts.queue_person, parts.touch, holds(parts), parts.off].map((seconds) => cell(hours(seconds), seconds)),
    ]),
  };
}

/** What each way costs: in all, and each time that it is gone. */
function waysTable(edges: readonly WasteEdge[]): Table {
  return {
    caption: 'What each way between groups costs in waiting: the price list of handoffs',
    columns: [{ label: 'From' }, { label: 'To' }, ...['How often', 'Waiting each time', 'For the group', 'For the person', 'Work that follows', 'Share of all waiting'].map((label) => ({ label, numeric: true }))],
    rows: edges.map(({ from, to, count: times, queue_group, queue_person, touch, share }): Cell[] => {
      const each = times > 0 ? (queue_group + queue_person) / times : 0;
      return [
        cell(from),
        cell(to),
        cell(count(times), times),
        cell(eachTime(each), each),
        ...[queue_group, queue_person, touch].map((seconds) => cell(hours(seconds), seconds)),
        cell(percent(share), share),
      ];
    }),
  };
}

/** In hours throughout, so that lines can be compared. */
const eachTime = (seconds: number): string => `${(seconds / 3600).toFixed(1)} h`;

/** All of it, in seconds: the whole, each dimension, each way. */
export function wasteCsv({ queue }: Report): string {
  const names = PARTS.map(({ part }) => part);
  const line = (by: string, from: string, to: string, number: number, parts: Partial<WasteParts>, share: number | undefined): (string | number)[] => [
    by,
    from,
    to,
    number,
    ...names.map((name) => parts[name] ?? ''),
    share ?? '',
  ];
  const rows = [['by', 'value', 'to', 'count', ...names.map((name) => `${name}_seconds`), 'waiting_share'] as (string | number)[]];
  if (queue?.waste) rows.push(line('all', '', '', queue.n, queue.waste.parts, queue.share));
  for (const [by, found] of Object.entries(queue?.by ?? {})) for (const row of found) rows.push(line(by, row.key, '', row.tickets, row.parts, row.share));
  // The share of a way is of all waiting, and so it is no share of this kind.
  for (const { from, to, count: times, queue_group, queue_person, touch } of queue?.edges ?? []) rows.push(line('way', from, to, times, { queue_group, queue_person, touch }, undefined));
  return csv(rows);
}
