/** Steps back in the flow: how many tickets, from where to where, and how much work came after them. */

import type { Report, Rework } from '../engine/types.js';
import type { ListBar } from './bars.js';
import { bars } from './bars.js';
import type { Missing } from './chart.js';
import { cell, missing } from './chart.js';
import type { Facts } from './facts.js';
import { count, hours, percent, plural } from './format.js';
import type { Help } from './help.js';
import type { RateView } from './rates.js';
import { rateCells, rateColumns, rateView } from './rates.js';

export const REWORK_HELP: Help = {
  what: 'Tickets that went back: out of a done state, or into an earlier state in which they had been before; and the time in work that came after the first step back.',
  read: 'The longest bars name the step that does not hold: back from a test to work is a finding, back from resolved to work is a customer who was told too soon.',
  misleads: 'A step back can be a slip of the hand that was put right a minute later. Where states mean different things to different teams, going back may be the plan.',
  formula: 'Step back = change out of a state of class done, or to an earlier state in which the ticket had been. Rework = time in active states after the first one / all time in active states. Interval of the rate: Wilson (1927), 95 %.',
};

export interface ReworkView extends Facts {
  rates: RateView[];
  bars: ListBar[];
  /** Said below bars that are not all. */
  rest: string;
}

/** More bars than this are a table. */
const MOST = 8;

export function rework(report: Report): ReworkView | Missing {
  const part = report.rework;
  if (!part) return missing(report, 'rework');
  const more = part.edges.length - MOST;
  return {
    kind: 'facts',
    summary: summary(part),
    rates: [rateView('went back at least once', part.tickets)],
    bars: bars(
      part.edges.slice(0, MOST),
      (edge) => edge.count,
      (edge) => ({ label: `${edge.from} to ${edge.to}`, detail: '', text: plural(edge.count, 'time') }),
    ),
    rest: more > 0 ? `${count(more)} more: see the table.` : '',
    table: {
      caption: 'Steps back, most frequent first',
      columns: [{ label: 'From' }, { label: 'To' }, { label: 'Times', numeric: true }],
      rows: part.edges.map((edge) => [cell(edge.from), cell(edge.to), cell(count(edge.count), edge.count)]),
    },
    further: [
      {
        caption: 'Tickets that went back, with a 95 % interval (Wilson)',
        columns: rateColumns('What'),
        rows: [rateCells('Went back', part.tickets)],
      },
    ],
  };
}

function summary(part: Rework): string {
  const { tickets } = part;
  if (part.steps === 0) return `None of ${plural(tickets.n, 'ticket')} with a history of states ever went back.`;
  const work = part.share === undefined ? '' : ` ${hours(part.seconds)} of work came after the first step back, ${percent(part.share)} of all time in work.`;
  return `${count(tickets.count)} of ${plural(tickets.n, 'ticket')} went back, ${plural(part.steps, 'time')} in all.${work}`;
}
