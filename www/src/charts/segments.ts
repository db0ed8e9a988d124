/** A whole in parts, as a bar: each with its own pattern, so that colour alone tells nothing. */

import type { Cell } from './chart.js';
import { cell } from './chart.js';
import { hours, percent } from './format.js';

export type SegmentKind =
  | 'active'
  | 'waiting'
  | 'hold'
  | 'unknown'
  | 'succeeded'
  | 'with_issues'
  | 'failed'
  | 'backed_out'
  | 'cancelled'
  | 'open'
  | 'queue_group'
  | 'queue_person'
  | 'touch'
  | 'hold_customer'
  | 'hold_vendor'
  | 'hold_other'
  | 'off';

/** A part of the bar. */
export interface Segment {
  kind: SegmentKind;
  label: string;
  /** Of the whole, from 0 to 1. */
  share: number;
  text: string;
}

/** A part of a whole of that many seconds. `say` may round a share that is a bound. */
export function segmentOf(
  kind: SegmentKind,
  label: string,
  seconds: number,
  whole: number,
  say: (share: number) => string = percent,
): Segment {
  const share = whole > 0 ? Math.min(1, Math.max(0, seconds / whole)) : 0;
  return { kind, label, share, text: `${say(share)}, ${hours(Math.max(0, seconds))}` };
}

/** A row of the table for each part. */
export function segmentRows(segments: Segment[], whole: number): Cell[][] {
  return segments.map(({ label, share }) => [
    cell(label),
    cell(hours(share * whole), share * whole),
    cell(percent(share), share),
  ]);
}
