/** How many tickets came back: reopened, reassigned; each with what would fit the figures too. */

import type { Rate, Report } from '../engine/types.js';
import type { Cell, Missing } from './chart.js';
import { cell, missing } from './chart.js';
import type { Facts, Gap } from './facts.js';
import { count, percent, plural } from './format.js';
import type { Help } from './help.js';

export const AGAIN_HELP: Help = {
  what: 'The share of tickets that were opened again after they had been resolved, and of those that changed hands.',
  read: 'A reopened ticket was not solved the first time; a reassigned one did not reach the right hands the first time. The interval says how far the figure can be trusted: few tickets make it wide.',
  misleads: 'Customers who open a new ticket instead of the old one are not counted. Where a first desk sorts everything, being passed on once is the plan, not a failure.',
};

export interface RateView {
  label: string;
  figure: string;
  /** In words, how sure the figure is. */
  interval: string;
  rate: number;
  lower: number;
  upper: number;
}

export interface Again extends Facts {
  rates: RateView[];
  /** Rates that this report does not hold. */
  gaps: Gap[];
}

/** Below this many tickets the width of the interval is pointed out. */
const FEW = 30;

const RATES = [
  { part: 'reopens', label: 'Reopened', said: 'reopened after they had been resolved' },
  { part: 'reassignments', label: 'Reassigned', said: 'handed to somebody else' },
] as const;

export function again(report: Report): Again | Missing {
  const known = RATES.flatMap(({ part, label, said }) => {
    const rate = report[part];
    return rate ? [{ label, said, rate }] : [];
  });
  if (known.length === 0) return missing(report, 'reopens');
  return {
    kind: 'facts',
    summary: `${known.map(({ said, rate }) => `${count(rate.count)} of ${plural(rate.n, 'ticket')} were ${said}`).join('; ')}.`,
    rates: known.map(({ label, rate }) => ({
      label,
      figure: percent(rate.rate),
      interval: interval(rate),
      rate: rate.rate,
      lower: rate.lower,
      upper: rate.upper,
    })),
    gaps: RATES.filter(({ part }) => !report[part]).map(({ part, label }) => {
      const { reason, remedy } = missing(report, part);
      return { label, reason, remedy };
    }),
    table: {
      caption: 'Tickets that came back, with 95 % intervals (Wilson)',
      columns: [
        { label: 'What' },
        { label: 'Tickets asked', numeric: true },
        { label: 'Of them', numeric: true },
        { label: 'Rate', numeric: true },
        { label: 'From', numeric: true },
        { label: 'To', numeric: true },
      ],
      rows: known.map(({ label, rate }): Cell[] => [
        cell(label),
        cell(count(rate.n), rate.n),
        cell(count(rate.count), rate.count),
        cell(percent(rate.rate), rate.rate),
        cell(percent(rate.lower), rate.lower),
        cell(percent(rate.upper), rate.upper),
      ]),
    },
  };
}

function oneIn({ rate }: Rate): string {
  return rate > 0 && rate <= 0.5 ? `About 1 ticket in ${count(Math.round(1 / rate))}. ` : '';
}

function interval(rate: Rate): string {
  const few = rate.n < FEW ? ' So few tickets say little.' : '';
  return `${oneIn(rate)}Anything from ${percent(rate.lower)} to ${percent(rate.upper)} fits these figures (95 % interval).${few}`;
}
