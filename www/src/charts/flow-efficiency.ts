/** Work against waiting between the first start and the end, and what was blocked. */

import type { Blocked, FlowEfficiency, Report } from '../engine/types.js';
import type { ListBar } from './bars.js';
import { bars } from './bars.js';
import type { Missing, Table } from './chart.js';
import { cell, empty, missing } from './chart.js';
import type { Facts } from './facts.js';
import type { Say } from './format.js';
import { count, hours, percent, plural, timeOn } from './format.js';
import type { Help } from './help.js';
import type { Segment } from './segments.js';
import { segmentOf, segmentRows } from './segments.js';

export const FLOW_EFFICIENCY_HELP: Help = {
  what: 'The time of finished tickets from the first start of work to the end, split by what their states say: in work, waiting for us, on hold for others.',
  read: 'Usually most of it is waiting. What is in a queue shortens by starting less at once and handing over less; what is on hold, by settling things with the others sooner.',
  misleads: 'It believes the states. A ticket that stands "in progress" over night counts as work, so the figure flatters; where states are rarely changed it says little. The proven bound on waiting needs no such trust.',
  formula: 'Flow efficiency = active / (active + queue + hold), sums over all tickets. Interval: weeks drawn anew, 95 % (Künsch 1989).',
};

export interface EfficiencyView extends Facts {
  headline: string;
  segments: Segment[];
  /** What was said of blocked time, and its states. */
  blocked: string;
  blockedBars: ListBar[];
}

/** More states than this are a table. */
const MOST = 6;

export function flowEfficiency(report: Report): EfficiencyView | Missing {
  const part = report.flow_efficiency;
  if (!part) return missing(report, 'flow_efficiency');
  const whole = part.active_seconds + part.queue_seconds + part.hold_seconds + part.unknown_seconds;
  if (part.n === 0 || whole <= 0) {
    return empty('No finished ticket in this selection has a time between its first start and its end.', 'Widen the filter, or export a longer period.');
  }
  const segments = [
    segmentOf('active', 'In work', part.active_seconds, whole),
    segmentOf('waiting', 'Waiting for us', part.queue_seconds, whole),
    segmentOf('hold', 'On hold, waiting for others', part.hold_seconds, whole),
    ...(part.unknown_seconds > 0 ? [segmentOf('unknown', 'State of unknown class', part.unknown_seconds, whole)] : []),
  ];
  return {
    kind: 'facts',
    headline: headline(part),
    summary: summary(part, whole),
    segments,
    blocked: blockedWords(part.blocked, timeOn(part.clock)),
    blockedBars: bars(
      part.blocked.by_state.slice(0, MOST),
      ({ seconds }) => seconds,
      ({ state, times, seconds }) => ({ label: state, detail: plural(times, 'time'), text: hours(seconds) }),
    ),
    table: {
      caption: `The time of ${plural(part.n, 'finished ticket')} from start to end, in all ${hours(whole)}`,
      columns: [{ label: 'Part' }, { label: 'Hours', numeric: true }, { label: 'Share', numeric: true }],
      rows: segmentRows(segments, whole),
    },
    further: part.blocked.by_state.length > 0 ? [blockedTable(part.blocked)] : [],
  };
}

function headline({ efficiency, lower, upper }: FlowEfficiency): string {
  const range = lower === undefined || upper === undefined ? '' : ` (${percent(lower)} to ${percent(upper)})`;
  return `${percent(efficiency)}${range} of the time from start to end was work, by what the states say.`;
}

function summary(part: FlowEfficiency, whole: number): string {
  const left = Object.values(part.excluded).reduce((sum, n) => sum + n, 0);
  const out = left > 0 ? ` ${plural(left, 'finished ticket')} left out.` : '';
  const unknown = part.unknown_seconds > 0 ? ` States of unknown class, ${percent(part.unknown_seconds / whole)} of the time, count as neither.` : '';
  const few = part.lower === undefined ? ' Too few weeks for an interval.' : '';
  return `Measured on ${plural(part.n, 'finished ticket')}.${out}${unknown}${few}`;
}

function blockedWords(blocked: Blocked, say: Say): string {
  const open = blocked.open > 0 ? ` ${plural(blocked.open, 'open ticket')} ${blocked.open === 1 ? 'is' : 'are'} on hold now.` : '';
  if (blocked.tickets === 0) return `No finished ticket was ever on hold.${open}`;
  const median = blocked.median_seconds === undefined ? '' : `, half of the times under ${say(blocked.median_seconds)}`;
  const of = blocked.n === undefined || blocked.n === 0 ? '' : `${count(blocked.tickets)} of `;
  return `Blocked: ${of}${plural(blocked.n || blocked.tickets, 'finished ticket')} stood on hold ${plural(blocked.times, 'time')}${median}; in all ${hours(blocked.seconds)}, ${percent(blocked.share)} of the lead time.${open}`;
}

function blockedTable(blocked: Blocked): Table {
  return {
    caption: 'Time on hold by state',
    columns: [{ label: 'State' }, { label: 'Times', numeric: true }, { label: 'Hours', numeric: true }],
    rows: blocked.by_state.map(({ state, times, seconds }) => [
      cell(state),
      cell(count(times), times),
      cell(hours(seconds), seconds),
    ]),
  };
}
