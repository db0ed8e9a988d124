/** The question in words: a chip for each thing that was set, which can be taken away again. */

import { date, dimensionName, duration } from './format.js';
import { having, filtered, withDelivery, withTarget } from '../engine/question.js';
import type { AgeSpan, DeliveryQuery, LeadFrom, Query, Report, Span } from '../engine/types.js';

export interface Chip {
  text: string;
  /** The question without it. */
  without: Query;
}

/** Values named on a chip; more are counted. */
const NAMED = 2;

/** The empty string stands for tickets that have no value. */
export const valueName = (value: string): string => (value === '' ? '(none)' : value);

export function spanWords(what: string, span: Span): string {
  const from = span.from ? date(span.from) : null;
  const to = span.to ? date(span.to) : null;
  if (from && to) return from === to ? `${what} on ${from}` : `${what} ${from} to ${to}`;
  return from ? `${what} since ${from}` : `${what} until ${to ?? ''}`;
}

export function ageWords({ at_least_seconds: least, at_most_seconds: most }: AgeSpan): string {
  if (least !== undefined && most !== undefined) return `Age ${duration(least)} to ${duration(most)}`;
  return least !== undefined ? `Older than ${duration(least)}` : `Younger than ${duration(most ?? 0)}`;
}

export function listed(values: readonly string[]): string {
  const names = values.map(valueName);
  return names.length <= NAMED ? names.join(' or ') : `${names.slice(0, NAMED).join(', ')} or ${names.length - NAMED} more`;
}

/** Where change lead time begins. */
export const LEAD_FROM: Record<LeadFrom, string> = {
  auto: 'at the commit, else at the opening',
  commit: 'at the commit',
  change_opened: 'at the opening of the change',
  change_approved: 'at the approval of the change',
};

const CLOCKS = { elapsed: 'Elapsed time', business: 'Working hours', days: 'Calendar days' } as const;

export function clockName(query: Query): string {
  return CLOCKS[query.clock ?? 'elapsed'];
}

/** What selects tickets, in the order of the controls, then what changes how they are counted. */
export function chipsOf(query: Query, report: Report): Chip[] {
  return [...selectionChips(query, report), ...settingChips(query)];
}

function selectionChips(query: Query, report: Report): Chip[] {
  const chips: Chip[] = Object.entries(query.filter ?? {}).map(([name, values]) => ({
    text: `${dimensionName(report, name)}: ${listed(values)}`,
    without: filtered(query, name, []),
  }));
  if (query.opened) chips.push({ text: spanWords('Opened', query.opened), without: having(query, { opened: undefined }) });
  if (query.resolved) chips.push({ text: spanWords('Resolved', query.resolved), without: having(query, { resolved: undefined }) });
  if (query.age) chips.push({ text: ageWords(query.age), without: having(query, { age: undefined }) });
  return chips;
}

function settingChips(query: Query): Chip[] {
  const chips: Chip[] = [];
  const chip = (text: string, gone: { [K in keyof Query]?: undefined }): void => {
    chips.push({ text, without: having(query, gone) });
  };
  if (query.as_of) chip(`As of ${date(query.as_of)}`, { as_of: undefined });
  if (query.clock && query.clock !== 'elapsed') chip(clockName(query), { clock: undefined });
  if (query.percentile_method === 'nearest_rank') chip('Percentiles by nearest rank', { percentile_method: undefined });
  if (query.limits === 'median') chip('Limits from the median', { limits: undefined });
  for (const { priority = '', seconds } of query.targets ?? []) {
    chips.push({ text: `Target ${priority === '' ? 'for the rest' : priority}: ${duration(seconds)}`, without: withTarget(query, priority, null) });
  }
  if (query.rates) chip('Rates', { rates: undefined });
  chips.push(...deliveryChips(query, query.delivery ?? {}));
  if (query.forecast) chip('Forecast settings', { forecast: undefined });
  if (query.compare) chip(`Compared with ${query.compare.label ?? 'another selection'}`, { compare: undefined });
  return chips;
}

function deliveryChips(query: Query, { production, lead_from, link_by_text, link_by_time_seconds }: DeliveryQuery): Chip[] {
  const chips: Chip[] = [];
  if (production) chips.push({ text: `Production: ${listed(production)}`, without: withDelivery(query, { production: undefined }) });
  if (lead_from) chips.push({ text: `Change lead time ${LEAD_FROM[lead_from]}`, without: withDelivery(query, { lead_from: undefined }) });
  if (link_by_text) chips.push({ text: 'Linked by change numbers in text', without: withDelivery(query, { link_by_text: undefined }) });
  if (link_by_time_seconds !== undefined) {
    chips.push({ text: `Guess: linked by time, within ${duration(link_by_time_seconds)}`, without: withDelivery(query, { link_by_time_seconds: undefined }) });
  }
  return chips;
}

/** What it asks, for the name of a figure or a file: "All tickets", or the chips that select. */
export function selectionWords(query: Query, report: Report): string {
  const chips = selectionChips(query, report);
  return chips.length === 0 ? 'All tickets' : chips.map(({ text }) => text).join(', ');
}
