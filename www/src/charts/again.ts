/** How many tickets came back: reopened, reassigned; each with what would fit the figures too. */

import type { Report } from '../engine/types.js';
import type { Missing } from './chart.js';
import { missing } from './chart.js';
import type { Facts, Gap } from './facts.js';
import { count, plural } from './format.js';
import type { Help } from './help.js';
import type { RateView } from './rates.js';
import { rateCells, rateColumns, rateView } from './rates.js';

export const AGAIN_HELP: Help = {
  what: 'The share of tickets that were opened again after they had been resolved, and of those that changed hands.',
  read: 'A reopened ticket was not solved the first time; a reassigned one did not reach the right hands the first time. The interval says how far the figure can be trusted: few tickets make it wide.',
  misleads: 'Customers who open a new ticket instead of the old one are not counted. Where a first desk sorts everything, being passed on once is the plan, not a failure.',
  formula: 'Rate = tickets to which it happened / tickets that were asked; interval: Wilson (1927), 95 %.',
};

export interface Again extends Facts {
  rates: RateView[];
  /** Rates that this report does not hold. */
  gaps: Gap[];
}

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
    rates: known.map(({ label, rate }) => rateView(label, rate)),
    gaps: RATES.filter(({ part }) => !report[part]).map(({ part, label }) => {
      const { reason, remedy } = missing(report, part);
      return { label, reason, remedy };
    }),
    table: {
      caption: 'Tickets that came back, with 95 % intervals (Wilson)',
      columns: rateColumns('What'),
      rows: known.map(({ label, rate }) => rateCells(label, rate)),
    },
  };
}
