/** What the same work would have taken had it been swarmed: the replay in words, intervals and tables. */

import type { Report, Swarm, SwarmPolicy } from '../engine/types.js';
import type { Cell, Missing, Table } from './chart.js';
import { cell } from './chart.js';
import { csv } from './csv.js';
import type { Facts } from './facts.js';
import { count, date, percent, plural, timeOn } from './format.js';
import type { Help } from './help.js';
import type { Bounded } from './swarm-words.js';
import { changeWords, envelopeWords, gradeWords, modelName, parameterName, rangeWords, signed, verdictWords } from './swarm-words.js';

export const SWARM_HELP: Help = {
  what: 'The desk replayed: the same tickets come at the same times, need the same work and meet the same people, once with the queues as they were, once with one queue for all, once with several people on a ticket. What differs is what queueing cost.',
  read: 'Left of the line is faster, right of it slower. The mark is the middle, the bar all that the data leave open at the assumptions set: chance, every model of the desk that is not refused, and waits that nobody wrote down. A bar that crosses the line is no evidence. Below it stands how far other assumptions would move it: change one at a time to see what the answer hangs on.',
  misleads: 'It is a simulation, held against a simulation of the desk as it is. Work is estimated, not measured, unless states say so. It knows nothing of what people learn from each other, or of what they dislike. Close to full load small errors grow large: then it refuses. Calibration is out of sample, since a replay that was fitted to every ticket repeats it exactly and still proves nothing.',
  formula: 'Change = sum of lead times replayed / sum of lead times of the desk as it is, replayed - 1; paired weeks drawn anew (Künsch 1989). A swarm of s takes effort / s^alpha and s^(1 - alpha) times the person-hours (Berg, Vesilo, Harchol-Balter 2020); effort x kappa for people of another group. Calibration = Wasserstein distance of lead times over their mean: up to .10 good, .20 fair, .30 direction only.',
};

/** Said before anything is computed. */
export const CLAIM = 'The claim: swarming an incident removes the waste of queueing it. The work has to be done in any case, so people who are free should do it at once and together rather than let it wait in one queue after the other.';

export type Measure = 'change_lead_mean' | 'change_lead_p85' | 'change_wait' | 'person_hours' | 'wip';

export const MEASURES: readonly { measure: Measure; label: string }[] = [
  { measure: 'change_lead_mean', label: 'Mean lead time' },
  { measure: 'change_lead_p85', label: 'Lead time, 85 %' },
  { measure: 'change_wait', label: 'Time in queues' },
  { measure: 'person_hours', label: 'Person-hours' },
  { measure: 'wip', label: 'Work in progress' },
];

/** A change on the axis; all from 0 to 1. */
export interface Interval {
  from: number;
  to: number;
  point: number;
  /** It goes on beyond the axis. */
  beyond: boolean;
}

export interface PolicyRow {
  name: string;
  label: string;
  description: string;
  /** The change in words, or why there is none. */
  text: string;
  verdict: string;
  refused: boolean;
  interval: Interval | null;
  /** What else is to be said of it, a line each. */
  lines: string[];
}

export interface Details {
  verdict: string;
  grade: string;
  calibration: string;
  models: Table;
  breakEven: string;
  wouldChange: readonly string[];
  limits: readonly string[];
  sensitivity: Table | null;
}

export interface SwarmView extends Facts {
  headline: string;
  /** Absent until the desk was replayed. */
  details: Details | null;
}

export function swarm(report: Report): SwarmView | Missing {
  const part = report.swarm;
  const nothing: Table = { caption: '', columns: [], rows: [] };
  const why = Object.hasOwn(report.unavailable, 'swarm') ? report.unavailable['swarm'] : undefined;
  if (!part) {
    return {
      kind: 'facts',
      headline: why?.reason ?? 'Would these tickets have been done sooner had they been swarmed?',
      summary: why?.remedy ?? CLAIM,
      table: nothing,
      details: null,
    };
  }
  const { first, rest } = sentences(part.finding);
  return {
    kind: 'facts',
    headline: first,
    summary: `${rest}${part.claim} ${basis(part)}`,
    table: policyTable(part),
    further: [modelTable(part)],
    details: {
      verdict: part.verdict,
      grade: gradeWords(part.calibration.grade),
      calibration: part.calibration.sentence,
      models: modelTable(part),
      breakEven: part.break_even.sentence,
      wouldChange: part.would_change,
      limits: part.limits,
      sensitivity: part.sensitivity.length > 0 ? sensitivityTable(part) : null,
    },
  };
}

/** The verdict makes the headline; what was found of other ways of working follows it. */
function sentences(finding: string): { first: string; rest: string } {
  const end = finding.indexOf('. ');
  return end < 0 ? { first: finding, rest: '' } : { first: finding.slice(0, end + 1), rest: `${finding.slice(end + 2)} ` };
}

function basis({ tickets, scored, scored_from, scored_to, people, groups, hours, evidence, utilisation }: Swarm): string {
  const load = utilisation === undefined ? '' : ` Work takes ${percent(utilisation)} of their time.`;
  return `Replayed with ${plural(tickets, 'ticket')}, ${plural(people, 'person', 'people')} and ${plural(groups, 'group')}; counted are the ${plural(scored, 'ticket')} from ${date(scored_from)} to ${date(scored_to)}; evidence ${evidence}. ${hours}${load}`;
}

/** The ends of the axis: never wider than people can read, and always with the line of no change. */
const MOST = 2;

export interface Axis {
  low: number;
  high: number;
  /** Where no change lies, from 0 to 1. */
  zero: number;
}

const changed = ({ policies }: Swarm): SwarmPolicy[] => policies.filter(({ name }) => name !== 'as_is');

export const axisOf = (part: Swarm, measure: Measure): Axis =>
  axisAround(changed(part).flatMap((policy) => (policy.refused === undefined ? (policy[measure] ?? []) : [])));

/** The axis that these changes fit on. */
export function axisAround(found: readonly Bounded[]): Axis {
  const low = Math.max(-1, Math.min(-0.1, ...found.map(({ lower }) => lower)));
  const high = Math.min(MOST, Math.max(0.1, ...found.map(({ upper }) => upper)));
  const room = 0.04 * (high - low);
  return { low: low - room, high: high + room, zero: (room - low) / (high - low + 2 * room) };
}

/** A change on an axis. */
export function intervalOf({ point, lower, upper, unbounded }: Bounded, { low, high }: Axis): Interval {
  const at = (value: number): number => Math.min(1, Math.max(0, (value - low) / (high - low)));
  const beyond = unbounded === true || upper > high;
  return { from: at(lower), to: beyond ? 1 : at(upper), point: at(point), beyond };
}

/** Each way of working, but the desk as it is. */
export function policyRows(part: Swarm, measure: Measure): PolicyRow[] {
  const axis = axisOf(part, measure);
  return changed(part).map((policy) => {
    const { name, label, description, refused, identified, unfinished } = policy;
    const change = refused === undefined ? policy[measure] : undefined;
    const lines: string[] = [];
    if (change?.envelope_lower !== undefined) lines.push(`Over all assumptions tried: ${envelopeWords(change)}.`);
    if (identified && refused === undefined) lines.push(`Depending on what was waiting that nobody recorded: ${rangeWords(identified)}.`);
    if (unfinished > 0) lines.push(`${plural(unfinished, 'ticket')} ${unfinished === 1 ? 'was' : 'were'} not finished when the people ran out: a backlog, in no lead time.`);
    return {
      name,
      label,
      description,
      text: refused ?? (change ? changeWords(change) : 'not computed'),
      verdict: verdictWords(policy),
      refused: refused !== undefined,
      interval: change ? intervalOf(change, axis) : null,
      lines,
    };
  });
}

/** Most telling first: what the claim is about. */
const SWARMS = ['swarm_adaptive', 'swarm_fixed', 'pooled'];

/** The way of working that money is told of. */
export function pricedPolicy({ policies }: Swarm): SwarmPolicy | null {
  const found = SWARMS.map((name) => policies.find((policy) => policy.name === name && policy.refused === undefined && (policy.person_hours ?? policy.change_wait)));
  return found.find((policy) => policy !== undefined) ?? null;
}

function policyTable(part: Swarm): Table {
  const say = timeOn(part.clock);
  const time = (seconds: number | undefined): Cell => (seconds === undefined ? cell('none', null) : cell(say(seconds), seconds));
  return {
    caption: 'Each way of working against the desk as it is, both replayed: the middle, and what the data leave open at the assumptions set',
    columns: [{ label: 'Way of working' }, { label: 'Verdict' }, { label: 'Mean', numeric: true }, { label: '85 %', numeric: true }, ...MEASURES.map(({ label }) => ({ label, numeric: true })), { label: 'Not finished', numeric: true }],
    rows: part.policies.map((policy) => [
      cell(policy.label),
      cell(policy.refused === undefined ? verdictWords(policy) : `Refused: ${policy.refused}`),
      time(policy.lead_mean_seconds),
      time(policy.lead_p85_seconds),
      ...MEASURES.map(({ measure }) => {
        const change = policy[measure];
        return change === undefined || policy.refused !== undefined ? cell('none', null) : cell(changeWords(change), change.point);
      }),
      cell(count(policy.unfinished), policy.unfinished),
    ]),
  };
}

function modelTable({ calibration }: Swarm): Table {
  return {
    caption: 'Models of the desk as it is, each held against time that it was not fitted to; the best first',
    columns: [{ label: 'Model' }, ...['Error of lead times', 'Mean', '85 %', 'Work in progress'].map((label) => ({ label, numeric: true }))],
    rows: calibration.models.map(({ model, w1, mean_error, p85_error, wip_error }) => [
      cell(model === calibration.chosen_model ? `${modelName(model)} (chosen)` : modelName(model)),
      cell(percent(w1), w1),
      cell(signed(mean_error), mean_error),
      cell(signed(p85_error), p85_error),
      cell(percent(wip_error), wip_error),
    ]),
  };
}

function sensitivityTable({ sensitivity, policies }: Swarm): Table {
  const label = (name: string): string => policies.find((policy) => policy.name === name)?.label ?? name.replaceAll('_', ' ');
  return {
    caption: 'One assumption changed, all others as they are: the change of the mean lead time',
    columns: [{ label: 'Assumption' }, { label: 'Value' }, { label: 'Way of working' }, { label: 'Change', numeric: true }, { label: 'What it means' }],
    rows: sensitivity.map((one) => [
      cell(parameterName(one)),
      cell(one.parameter === 'estimator' ? modelName(one.value) : one.value),
      cell(label(one.policy)),
      one.change_lead_mean ? cell(changeWords(one.change_lead_mean), one.change_lead_mean.point) : cell('refused', null),
      cell(one.note),
    ]),
  };
}

/** Ways of working, their changes, and how many tickets took how long in each. */
export function swarmCsv({ policies, bins }: Swarm): string {
  const ends = ['point', 'lower', 'upper', 'envelope_lower', 'envelope_upper'] as const;
  return csv([
    ['policy', 'verdict', 'refused', ...MEASURES.flatMap(({ measure }) => ends.map((end) => `${measure}_${end}`)), 'lead_mean_seconds', 'lead_p85_seconds', 'unfinished', ...bins.map(({ from_seconds }) => `from_${from_seconds}_seconds`)],
    ...policies.map((policy) => [
      policy.name,
      policy.verdict ?? '',
      policy.refused ?? '',
      ...MEASURES.flatMap(({ measure }) => ends.map((end) => policy[measure]?.[end] ?? '')),
      policy.lead_mean_seconds ?? '',
      policy.lead_p85_seconds ?? '',
      policy.unfinished,
      ...bins.map((_, n) => policy.counts[n] ?? ''),
    ]),
  ]);
}
