/** What a reader asks, as data: a query, and the changes that controls make to it. Each gives a new query. */

import type { Calendars, DeliveryQuery, Query, Selection, Span, Target, WorkCalendar } from './types.js';

/** Where the core takes no calendar: its own default, so that the page shows what counts. */
export const OFFICE_HOURS: Required<Pick<WorkCalendar, 'hours' | 'holidays'>> = { hours: 'Mon-Fri 09:00-17:00', holidays: [] };

/** Without the entries that say nothing, so that two queries that ask the same are the same text. */
function tidy(query: Query): Query {
  const entries = Object.entries(query).filter(([, value]) => !isVoid(value));
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isVoid(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.values(value).every((inner) => inner === undefined);
}

export const same = (a: Query, b: Query): boolean => JSON.stringify(tidy(a)) === JSON.stringify(tidy(b));

/** A query with some fields set; `undefined` takes one out. */
export function having(query: Query, changes: { [K in keyof Query]?: Query[K] | undefined }): Query {
  return tidy({ ...query, ...changes } as Query);
}

/** The values that a dimension must have one of; none lifts the filter. */
export function filtered(query: Query, dimension: string, values: readonly string[]): Query {
  const others = Object.entries(query.filter ?? {}).filter(([name]) => name !== dimension);
  // Built from entries: a dimension may be called "__proto__".
  const filter = Object.fromEntries(values.length > 0 ? [...others, [dimension, [...values]]] : others);
  return having(query, { filter });
}

export function valuesOf(query: Query, dimension: string): readonly string[] {
  return Object.hasOwn(query.filter ?? {}, dimension) ? (query.filter?.[dimension] ?? []) : [];
}

/** With a value if it was without it, else without. */
export function toggled(query: Query, dimension: string, value: string): Query {
  const values = valuesOf(query, dimension);
  return filtered(query, dimension, values.includes(value) ? values.filter((one) => one !== value) : [...values, value]);
}

/** A range with one end set; empty text opens it. */
export function spanWith(span: Span | undefined, end: 'from' | 'to', date: string): Span | undefined {
  const from = end === 'from' ? date : span?.from;
  const to = end === 'to' ? date : span?.to;
  if (!from && !to) return undefined;
  return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
}

/** The selection of a query, to compare another one with. */
export function selectionOf(query: Query, label: string): Selection {
  const { filter, opened, resolved, age } = query;
  return { label, ...(filter ? { filter } : {}), ...(opened ? { opened } : {}), ...(resolved ? { resolved } : {}), ...(age ? { age } : {}) };
}

/** Whether it keeps every ticket. */
export function isWhole({ filter, opened, resolved, age }: Query): boolean {
  return Object.keys(filter ?? {}).length === 0 && [opened, resolved, age].every((range) => range === undefined || isVoid(range));
}

/** The query without its selection: clock, as-of and the rest stay. */
export function withoutSelection(query: Query): Query {
  return having(query, { filter: undefined, opened: undefined, resolved: undefined, age: undefined });
}

export function calendarsOf(query: Query): Calendars {
  return query.calendars ?? {};
}

/** The calendar of a group, or of everybody else where `group` is `null`. */
export function calendarOf(query: Query, group: string | null): WorkCalendar {
  const { default: everybody, groups } = calendarsOf(query);
  const own = group !== null && groups && Object.hasOwn(groups, group) ? groups[group] : undefined;
  return { ...OFFICE_HOURS, ...(group === null ? everybody : (own ?? everybody)) };
}

/** With the calendar of a group, or of everybody; `null` takes a group's own away. */
export function withCalendar(query: Query, group: string | null, calendar: WorkCalendar | null): Query {
  const { default: everybody, groups } = calendarsOf(query);
  if (group === null) return having(query, { calendars: { ...(groups ? { groups } : {}), default: calendar ?? OFFICE_HOURS } });
  const others = Object.entries(groups ?? {}).filter(([name]) => name !== group);
  return having(query, {
    calendars: {
      ...(everybody ? { default: everybody } : {}),
      groups: Object.fromEntries(calendar ? [...others, [group, calendar]] : others),
    },
  });
}

/** With the target of a priority; `null` seconds take it away. */
export function withTarget(query: Query, priority: string, seconds: number | null): Query {
  const others: Target[] = (query.targets ?? []).filter((target) => (target.priority ?? '') !== priority);
  return having(query, { targets: seconds === null ? others : [...others, { priority, seconds }] });
}

/** With some of what counts as a deployment and what links them set; `undefined`, no and nothing take it out. */
export function withDelivery(query: Query, changes: { [K in keyof DeliveryQuery]?: DeliveryQuery[K] | undefined }): Query {
  const says = (value: unknown): boolean => value !== undefined && value !== false && value !== 'auto' && !(Array.isArray(value) && value.length === 0);
  const entries = Object.entries({ ...query.delivery, ...changes }).filter(([, value]) => says(value));
  // In one order, so that two queries that ask the same are the same text.
  const delivery = Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))) as DeliveryQuery;
  return having(query, { delivery: entries.length > 0 ? delivery : undefined });
}

const DAY_MS = 86_400_000;
const ISO = /^\d{4}-\d{2}-\d{2}$/;

/** A date as a number of days, and back: months and leap years are the calendar's business. */
export const dayNumber = (iso: string): number => (ISO.test(iso) ? Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY_MS) : NaN);
export const isoDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** The period of the same length just before a range of dates; `null` where the range is open. */
export function periodBefore(span: Span | undefined): Span | null {
  const from = dayNumber(span?.from ?? '');
  const to = dayNumber(span?.to ?? '');
  if (!(from <= to)) return null;
  return { from: isoDay(from - (to - from) - 1), to: isoDay(from - 1) };
}
