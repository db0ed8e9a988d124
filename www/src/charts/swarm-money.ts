/** What a swarm costs in staff and what it spares in waiting: two lines that are never added. */

import type { Report } from '../engine/types.js';
import { HOUR, count, decimal } from './format.js';
import { pricedPolicy } from './swarm.js';
import type { Bounded } from './swarm-words.js';
import { signed } from './swarm-words.js';

export interface MoneyLine {
  label: string;
  /** In money, or in hours where no rate is known. */
  figure: string;
  /** What the data leave open. */
  range: string;
  detail: string;
}

export interface Money {
  /** Of which way of working. */
  policy: string;
  lines: MoneyLine[];
}

export interface Prices {
  wage: number | null;
  delay: number | null;
  currency: string;
}

/** Hours of the page's own tickets times the change that the replay found; absent where either is not known. */
export function swarmMoney({ swarm, queue }: Report, { wage, delay, currency }: Prices): Money | null {
  const policy = swarm ? pricedPolicy(swarm) : null;
  const parts = queue?.waste?.parts;
  if (!policy || !parts) return null;
  const lines = [
    line('Staff', 'hours of work', parts.touch / HOUR, policy.person_hours, wage, currency),
    line('Waiting', 'hours in queues', (parts.queue_group + parts.queue_person) / HOUR, policy.change_wait, delay, currency),
  ].filter((one) => one !== null);
  return lines.length > 0 ? { policy: policy.label, lines } : null;
}

function line(label: string, unit: string, hours: number, change: Bounded | undefined, rate: number | null, currency: string): MoneyLine | null {
  if (!change) return null;
  const said = (share: number): string => amount(hours * share * (rate ?? 1), rate === null ? 'h' : currency);
  const priced = rate === null ? 'Say what an hour of it costs to see it in money.' : `At ${[decimal(rate), currency].filter(Boolean).join(' ')} an hour.`;
  return {
    label,
    figure: said(change.point),
    range: `${said(change.lower)} to ${change.unbounded ? 'no bound' : said(change.upper)}`,
    detail: `${signed(change.point)} of ${count(Math.round(hours))} ${unit}. ${priced}`,
  };
}

function amount(value: number, unit: string): string {
  const size = Math.abs(value);
  const number = size < 100 ? decimal(size) : count(Math.round(size));
  return `${value > 0 ? '+' : value < 0 ? '−' : ''}${number}${unit === '' ? '' : ` ${unit}`}`;
}
