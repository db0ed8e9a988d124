/** Change practice: how changes end, of which kinds they are, and how plan and reality differ. */

import type { ChangeGroup, ChangeOutcomes, ChangeWindow, Changes, Collisions, DeliveryTime, Report } from '../engine/types.js';
import type { ListBar } from './bars.js';
import { bars } from './bars.js';
import type { Cell, Missing, Table } from './chart.js';
import { cell, missing } from './chart.js';
import { clockWords, known, rangeWords, rateCell, sayOn } from './delivery-words.js';
import type { Facts, Gap } from './facts.js';
import type { Say } from './format.js';
import { count, decimal, dimensionName, duration, percent, plural } from './format.js';
import type { Help } from './help.js';
import type { RateView } from './rates.js';
import { rateView } from './rates.js';
import type { Segment, SegmentKind } from './segments.js';

export const CHANGES_HELP: Help = {
  what: 'How change requests end, of which kinds they are, how long they take from request to approval, start and end, and whether they keep to the window that was planned.',
  read: 'Success is of those whose outcome is known; cancelled ones are in neither. Many emergency changes mean that the normal way is too slow or comes too late. Windows that are missed on one side only are planned too short or too long.',
  misleads: 'A change that was closed without a word is not a success: it is in no rate. Success of emergency changes is of those that were tried under pressure: compare kinds with care. A collision is a chance of trouble, not trouble.',
  formula: 'Success = succeeded, with issues or not / known outcome; interval: Wilson (1927), 95 %. Inside = actual start >= planned start and actual end <= planned end. Collision = two planned windows of one service or team that overlap.',
};

export interface PracticeView extends Facts {
  headline: string;
  outcomes: Segment[];
  kinds: ListBar[];
  rates: RateView[];
  window: { lines: string[] } | null;
  collisions: { lines: string[]; bars: ListBar[] } | null;
  gaps: Gap[];
  cautions: string[];
}

const OUTCOMES: readonly [keyof ChangeOutcomes & SegmentKind, string][] = [
  ['succeeded', 'Succeeded'],
  ['with_issues', 'With issues'],
  ['failed', 'Failed'],
  ['backed_out', 'Backed out'],
  ['cancelled', 'Cancelled'],
  ['unknown', 'Outcome not known'],
  ['open', 'Not ended'],
];

/** What `not_computable` names, for people. */
const GAPS: Record<string, string> = {
  success: 'Success',
  emergency_share: 'Share of emergencies',
  kinds: 'Kinds',
  to_approval: 'From request to approval',
  to_start: 'From approval to start',
  to_end: 'From start to end',
  window: 'Planned against actual',
  collisions: 'Collisions',
};

export function changePractice(report: Report): PracticeView | Missing {
  const part = report.changes;
  if (!part) return missing(report, 'changes');
  const { n, success, emergency_share: emergency, window, collisions } = part;
  const say = sayOn(part.clock);
  return {
    kind: 'facts',
    headline: success ? `${percent(success.rate)} of ${plural(success.n, 'change')} with a known outcome succeeded.` : `${plural(n, 'change')}, and no outcome is known.`,
    summary: `${plural(n, 'change')} in all.${success ? ` 95 %: ${rangeWords(success)}.` : ''}${emergency ? ` ${percent(emergency.rate)} were emergencies (${count(emergency.count)}).` : ''}`,
    outcomes: OUTCOMES.map(([kind, label]) => ({ kind, label, share: n > 0 ? part.outcomes[kind] / n : 0, text: `${count(part.outcomes[kind])}, ${percent(n > 0 ? part.outcomes[kind] / n : 0)}` })).filter(({ share }) => share > 0),
    kinds: bars(part.kinds, ({ n: size }) => size, (kind) => ({
      label: kind.key,
      detail: kind.success ? `${percent(kind.success.rate)} of ${count(kind.success.n)} succeeded` : 'no outcome known',
      text: `${count(kind.n)}, ${percent(kind.share)}`,
    })),
    rates: window ? [rateView('began and ended within their window', window.inside, false, 'change')] : [],
    window: window ? { lines: windowLines(window) } : null,
    collisions: collisions ? collisionView(collisions) : null,
    gaps: Object.entries(part.not_computable).map(([key, why]) => ({ label: (Object.hasOwn(GAPS, key) ? GAPS[key] : undefined) ?? key.replaceAll('_', ' ').replaceAll('.', ' ').replace(/^./, (c) => c.toUpperCase()), ...why })),
    cautions: part.cautions,
    table: outcomeTable(part),
    further: [part.kinds.length > 0 ? kindTable(part) : null, window ? windowTable(window) : null, collisions ? collisionTable(collisions) : null, timesTable(part, say)].filter((table) => table !== null),
  };
}

/** From request to approval, to start, to end, by percentile: below the picture as well. */
export function timesTable(part: Changes, say: Say = sayOn(part.clock)): Table | null {
  const times: [string, DeliveryTime | undefined][] = [
    ['Request to approval', part.to_approval],
    [part.to_start_from === 'approved' ? 'Approval to start' : 'Request to start', part.to_start],
    ['Start to end', part.to_end],
  ];
  const percents = times.find(([, time]) => time)?.[1]?.percentiles.map(({ p }) => p);
  if (!percents) return null;
  return {
    caption: `How long each step takes, in ${clockWords(part.clock)}`,
    columns: [{ label: 'Step' }, { label: 'n', numeric: true }, { label: 'Mean', numeric: true }, ...percents.map((p) => ({ label: `${decimal(p)} %`, numeric: true }))],
    rows: times.flatMap(([label, time]): Cell[][] =>
      time
        ? [[cell(label), cell(count(time.n), time.n), cell(say(time.mean_seconds), time.mean_seconds), ...percents.map((p) => known(time.percentiles.find((one) => one.p === p)?.seconds, say))]]
        : [],
    ),
  };
}

export const changeDimensions = (report: Report): string[] =>
  Object.entries(report.changes?.by ?? {}).filter(([, groups]) => groups.length > 0).map(([name]) => name);

/** Changes by the values of a dimension. */
export function changesBy(report: Report, by: string): Table {
  const groups: ChangeGroup[] = (report.changes && Object.hasOwn(report.changes.by, by) ? report.changes.by[by] : undefined) ?? [];
  const say = sayOn(report.changes?.clock ?? '');
  const name = dimensionName(report, by);
  return {
    caption: `Changes by ${name.toLowerCase()}`,
    columns: [
      { label: name },
      { label: 'Changes', numeric: true },
      { label: 'Succeeded', numeric: true },
      { label: '95 %', numeric: true },
      { label: 'Emergencies', numeric: true },
      { label: 'Request to end, half within', numeric: true },
      { label: 'Incidents caused', numeric: true },
    ],
    rows: groups.map((group) => [
      cell(group.key),
      cell(count(group.n), group.n),
      rateCell(group.success),
      group.success ? cell(rangeWords(group.success), group.success.lower) : cell('', null),
      known(group.emergency, count),
      known(group.lead_median_seconds, say),
      known(group.incidents, count),
    ]),
  };
}

function windowLines({ began_early: early, began_late: late, ended_late: over, overrun_median_seconds: overrun, planned_median_seconds: planned, actual_median_seconds: actual, without_plan: without }: ChangeWindow): string[] {
  return [
    `${count(early)} began before their window, ${count(late)} after it had ended.`,
    `${count(over)} ended after it${overrun === undefined ? '' : `, half of them by more than ${duration(overrun)}`}.`,
    `The middle window is ${duration(planned)} long, the middle change takes ${duration(actual)}.`,
    ...(without > 0 ? [`${plural(without, 'change')} had no window.`] : []),
  ];
}

function collisionView({ dimension, n, changes, pairs, ahead, busiest }: Collisions): { lines: string[]; bars: ListBar[] } {
  return {
    lines: [
      `${count(changes)} of ${plural(n, 'planned change')} overlap another one of the same ${dimension}: ${plural(pairs, 'pair')}${ahead > 0 ? `, ${count(ahead)} of them still ahead` : ''}.`,
    ],
    bars: bars(busiest, ({ pairs: many }) => many, ({ key, pairs: many, most_at_once: most }) => ({ label: key, detail: `at most ${count(most)} at once`, text: plural(many, 'pair') })),
  };
}

function outcomeTable({ outcomes, n }: Changes): Table {
  return {
    caption: 'How changes ended',
    columns: [{ label: 'Outcome' }, { label: 'Changes', numeric: true }, { label: 'Of all', numeric: true }],
    rows: OUTCOMES.map(([kind, label]) => [cell(label), cell(count(outcomes[kind]), outcomes[kind]), cell(percent(n > 0 ? outcomes[kind] / n : 0), n > 0 ? outcomes[kind] / n : 0)]),
  };
}

function kindTable({ kinds }: Changes): Table {
  return {
    caption: 'By kind',
    columns: [{ label: 'In the file' }, { label: 'Means' }, { label: 'Changes', numeric: true }, { label: 'Of all', numeric: true }, { label: 'Succeeded', numeric: true }, { label: '95 %', numeric: true }],
    rows: kinds.map((kind) => [
      cell(kind.key),
      cell(kind.kind),
      cell(count(kind.n), kind.n),
      cell(percent(kind.share), kind.share),
      rateCell(kind.success),
      kind.success ? cell(rangeWords(kind.success), kind.success.lower) : cell('', null),
    ]),
  };
}

function windowTable(window: ChangeWindow): Table {
  return {
    caption: `Planned against actual, of ${plural(window.n, 'change')}`,
    columns: [{ label: 'What' }, { label: 'Changes', numeric: true }],
    rows: [
      ['Within their window', window.inside.count] as const,
      ['Began before it', window.began_early] as const,
      ['Began after it had ended', window.began_late] as const,
      ['Ended after it', window.ended_late] as const,
      ['Carried out without a window', window.without_plan] as const,
    ].map(([label, value]) => [cell(label), cell(count(value), value)]),
  };
}

function collisionTable({ dimension, busiest }: Collisions): Table {
  return {
    caption: `Overlapping windows, by ${dimension}`,
    columns: [{ label: dimension.replace(/^./, (c) => c.toUpperCase()) }, { label: 'Pairs', numeric: true }, { label: 'Most at once', numeric: true }],
    rows: busiest.map(({ key, pairs, most_at_once: most }) => [cell(key), cell(count(pairs), pairs), cell(count(most), most)]),
  };
}
