/** What waiting and handing over cost: two lines that are never added. */

import type { CostLine, Report } from '../engine/types.js';
import type { Cell, Missing } from './chart.js';
import { cell, missing } from './chart.js';
import type { Facts } from './facts.js';
import { count, decimal } from './format.js';
import type { Help } from './help.js';

export const COST_HELP: Help = {
  what: 'Two different costs. Waiting: the hours that tickets stood in queues, at what such an hour costs those who wait. Staff: the hours that went into handing over and into rework, at what an hour of staff costs.',
  read: 'The first is what customers and the business lose, the second what the organisation pays. Weigh each against what it would cost to change it.',
  misleads: 'They are never added: a waiting ticket costs no salary, and an hour of staff is not an hour of waiting. Both are as good as the rates that you put in, which no export holds.',
  formula: 'Delay cost = queued ticket-hours x cost of an hour of waiting. Cash cost = (handoffs x minutes each / 60 + rework hours) x wage per hour.',
};

export interface CostLineView {
  label: string;
  figure: string;
  detail: string;
}

export interface CostView extends Facts {
  lines: CostLineView[];
}

const LINES = [
  { key: 'delay', label: 'Waiting', unit: 'ticket-hours', rate: 'an hour of waiting' },
  { key: 'cash', label: 'Staff', unit: 'staff hours', rate: 'an hour of staff' },
] as const;

export function cost(report: Report): CostView | Missing {
  const part = report.cost;
  if (!part) return missing(report, 'cost');
  const currency = part.currency ?? '';
  return {
    kind: 'facts',
    summary: LINES.map(({ key, label, unit, rate }) => `${label}: ${said(part[key], unit, rate, currency)}.`).join(' ') + ' The two are never added.',
    lines: LINES.map(({ key, label, unit, rate }) => ({
      label,
      figure: figure(part[key], currency),
      detail: detail(part[key], unit, rate, currency),
    })),
    table: {
      caption: 'Two costs, not to be added',
      columns: [{ label: 'What' }, { label: 'Hours', numeric: true }, { label: 'Rate per hour', numeric: true }, { label: 'Amount', numeric: true }, { label: 'Definition' }],
      rows: LINES.map(({ key, label, unit }): Cell[] => {
        const line = part[key];
        return [
          cell(label),
          line.hours === undefined ? cell('not known', null) : cell(`${amount(line.hours)} ${unit}`, line.hours),
          line.rate === undefined ? cell('no rate', null) : cell(money(line.rate, currency), line.rate),
          line.amount === undefined ? cell('no rate', null) : cell(money(line.amount, currency), line.amount),
          cell(line.definition),
        ];
      }),
    },
  };
}

const amount = (value: number): string => (Math.abs(value) < 100 ? decimal(value) : count(Math.round(value)));
const money = (value: number, currency: string): string => `${amount(value)}${currency === '' ? '' : ` ${currency}`}`;

function figure(line: CostLine, currency: string): string {
  if (line.amount !== undefined) return money(line.amount, currency);
  return line.hours === undefined ? 'Not known' : `${amount(line.hours)} h`;
}

function detail(line: CostLine, unit: string, rate: string, currency: string): string {
  if (line.hours === undefined) return `Neither the data nor the rates say how many ${unit}.`;
  if (line.rate === undefined) return `${unit.replace(/^./, (c) => c.toUpperCase())}. Say what ${rate} costs to see them in money.`;
  return `${amount(line.hours)} ${unit} at ${money(line.rate, currency)} each.`;
}

function said(line: CostLine, unit: string, rate: string, currency: string): string {
  if (line.hours === undefined) return 'not known';
  const base = `${amount(line.hours)} ${unit}`;
  return line.amount === undefined ? `${base}, no price for ${rate}` : `${base}, ${money(line.amount, currency)}`;
}
