/** How much of the lead time is proven to have been waiting. */

import type { Queue, Report } from '../engine/types.js';
import type { Missing } from './chart.js';
import { cell, missing } from './chart.js';
import type { Facts } from './facts.js';
import { decimal, hours, percent, plural } from './format.js';
import type { Help } from './help.js';
import type { Segment } from './segments.js';
import { segmentOf, segmentRows } from './segments.js';

export const WAITING_HELP: Help = {
  what: 'The lead time of finished tickets in three parts: the time in which a person can have worked on them at most, the time that must have been waiting, and the time on hold.',
  read: 'However busy people were, waiting cannot be less than this. The larger it is, the less is gained by working faster and the more by handing over less.',
  misleads: 'It is a lower bound: the real share is higher, since a person who holds a ticket does not work on it all the time. Holds are taken out first, so waiting for others that nobody recorded as hold counts as waiting.',
  formula: 'Waiting share >= 1 - attended / (lead - hold), where attended = sum over people of the time in which each held at least one of these tickets.',
};

export interface Waiting extends Facts {
  headline: string;
  segments: Segment[];
  /** Ties the bar to the headline where they speak of different wholes. */
  note: string;
}

export function waiting(report: Report): Waiting | Missing {
  const part = report.queue;
  if (!part) return missing(report, 'queue');
  const segments = segmentsOf(part);
  return {
    kind: 'facts',
    headline: headline(part),
    segments,
    note:
      part.hold_seconds > 0 && part.share_lower_bound > 0
        ? `The bar is the whole lead time. With the holds left out, at least ${atLeast(part.share_lower_bound)} was waiting.`
        : '',
    summary: summary(part),
    table: {
      caption: `The lead time of ${plural(part.n, 'finished ticket')}, in all ${hours(part.lead_seconds)}`,
      columns: [{ label: 'Part' }, { label: 'Hours', numeric: true }, { label: 'Share of lead time', numeric: true }],
      rows: [
        ...segmentRows(segments, part.lead_seconds),
        [
          cell('Held by nobody (part of waiting)'),
          cell(hours(part.unassigned_seconds), part.unassigned_seconds),
          cell(percent(part.unassigned_seconds / part.lead_seconds), part.unassigned_seconds / part.lead_seconds),
        ],
      ],
    },
  };
}

function headline(part: Queue): string {
  if (part.share_lower_bound <= 0) return 'No waiting is proven: people may have worked on these tickets all the time.';
  const time = part.hold_seconds > 0 ? 'lead time, holds taken out,' : 'lead time';
  return `At least ${atLeast(part.share_lower_bound)} of the ${time} was waiting: proven, not estimated.`;
}

function summary(part: Queue): string {
  const clock = part.clock === 'elapsed' ? 'every second counts, nights and weekends too' : `${part.clock} time`;
  const nobody =
    part.unassigned_seconds > 0 ? ` For ${hours(part.unassigned_seconds)} of the waiting nobody held the ticket at all.` : '';
  return `Measured on ${plural(part.n, 'finished ticket')} that had an assignee; ${clock}.${nobody}`;
}

function segmentsOf(part: Queue): Segment[] {
  const whole = part.lead_seconds;
  return [
    segmentOf('active', 'Attended at most', part.attended_seconds, whole, atMost),
    segmentOf('waiting', 'Waiting at least', whole - part.hold_seconds - part.attended_seconds, whole, atLeast),
    segmentOf('hold', 'On hold', part.hold_seconds, whole),
  ];
}

/** Rounded down: a bound must not promise more than was proven. */
function atLeast(share: number): string {
  if (share > 0 && share < 0.001) return 'under 0.1 %';
  return `${decimal(share < 0.1 ? Math.floor(share * 1000) / 10 : Math.floor(share * 100))} %`;
}

/** Rounded up, for the same reason. */
function atMost(share: number): string {
  return `${decimal(share < 0.1 ? Math.ceil(share * 1000) / 10 : Math.ceil(share * 100))} %`;
}
