/** What would follow from numbers that somebody typed: ways of working and tiers, replayed and by formula, in words and tables. */

import type { WhatIfAnswer } from '../engine/types.js';
import type { Cell, Table } from './chart.js';
import { cell } from './chart.js';
import { csv } from './csv.js';
import { HOUR, MINUTE, count, decimal, percent, plural } from './format.js';
import type { Help } from './help.js';
import type { PolicyRow } from './swarm.js';
import { axisAround, intervalOf } from './swarm.js';
import { changeWords, signed } from './swarm-words.js';

export const WHAT_IF_HELP: Help = {
  what: 'A desk made up of the numbers above: tickets come at random, each is worked on by one person of the first tier, and some are handed on. Twenty such desks are replayed, once with a queue for each tier, once with one queue for all, once with several people on a ticket.',
  read: 'Left of the line is faster than the desk as it is, right of it slower. The mark is the mean of the runs, the bar its 95 % interval. Beside the replay stands what a formula says: where the two agree, the replay can be trusted to do what it says.',
  misleads: 'It says what follows from the numbers, not what is so: nobody looked at a ticket. Tickets that come in peaks, absences, holds and priorities are not in it, and all make waiting longer. Close to full load small changes of a number change the answer much.',
  formula: 'Offered load = arrivals x minutes of work / minutes of an hour of work (erlang). Change = mean lead time replayed / that of the desk as it is - 1, with the same tickets in both (common random numbers); Student t over the runs. Formulas: Erlang 1917, Jackson 1957, Whitt 1983, Allen 1990, Berg, Vesilo & Harchol-Balter 2020.',
};

/** What is always said beside the figures. */
export const CALCULATED = 'A calculation from the numbers you type, not from tickets';

type Policy = WhatIfAnswer['policies'][number];
type Figure = NonNullable<Policy['lead_mean_seconds']>;

export interface WhatIfView {
  /** The first sentence of the finding, and what follows it. */
  headline: string;
  finding: string;
  /** What it rests on. */
  basis: string;
  rows: PolicyRow[];
  /** Where no change lies on the axis of the rows, from 0 to 1. */
  zero: number;
  policies: Table;
  further: Table;
  tiers: Table;
  /** Tiers whose work is more than their people can do. */
  unstable: readonly string[];
  breakEven: string;
  limits: readonly string[];
}

/** How a figure and the ends of its interval are written: all in one unit. */
interface Words {
  unit: string;
  number: (value: number) => string;
}

/** Working time in the unit that suits the middle; hours from two on, so that the ends of an interval can be told apart. */
function timeOf(seconds: number): Words {
  if (seconds < MINUTE) return { unit: ' s', number: (value) => count(Math.round(value)) };
  const [length, unit] = seconds < 2 * HOUR ? [MINUTE, ' min'] : [HOUR, ' h'];
  return { unit, number: (value) => decimal(value / length) };
}

function say(seconds: number): string {
  const { unit, number } = timeOf(seconds);
  return `${number(seconds)}${unit}`;
}

/** With two digits where one would hide what differs. */
const twoDigits = (value: number): string => (value < 10 ? String(Math.round(value * 100) / 100) : decimal(value));

/** A tenth of a per cent where whole ones would hide the interval. */
function changed(change: Figure): string {
  const { point, lower, upper } = change;
  const ends = [lower, upper].map(signed);
  if (ends[0] !== ends[1]) return changeWords(change);
  const fine = (value: number): string => `${value > 0 ? '+' : '−'}${decimal(Math.abs(value) * 100)} %`;
  return Math.abs(point) < 0.0005 ? signed(point) : `${fine(point)} (${fine(lower)} to ${fine(upper)})`;
}

/** "4.2 h (4.1 to 4.4 h)"; sorted by the middle. None of these can be less than nothing, where chance alone would have it so. */
function figure(value: Figure | null | undefined, words: (point: number) => Words = timeOf): Cell {
  if (!value) return cell('none', null);
  const { unit, number } = words(value.point);
  return cell(`${number(value.point)}${unit} (${number(Math.max(0, value.lower))} to ${number(value.upper)}${unit})`, value.point);
}

export function whatIf(answer: WhatIfAnswer): WhatIfView {
  const others = shown(answer).filter(({ name }) => name !== 'as_is');
  const [headline = '', ...rest] = answer.finding.split(/(?<=\.) (?=[A-Z])/);
  const axis = axisAround(others.flatMap(({ refused, change_lead_mean: change }) => (refused || !change ? [] : [change])));
  return {
    headline,
    finding: rest.join(' '),
    basis: basis(answer),
    rows: others.map((policy) => {
      const { name, label, description, refused, change_lead_mean: change, lead_mean_seconds: lead, verdict_words } = policy;
      return {
        name,
        label,
        description,
        text: refused ?? (change ? changed(change) : lead ? `${say(lead.point)}, with nothing to compare it with` : 'not computed'),
        verdict: refused ? 'Refused' : (verdict_words ?? '').replace(/^./, (first) => first.toUpperCase()),
        refused: Boolean(refused),
        interval: !refused && change ? intervalOf(change, axis) : null,
        lines: [],
      };
    }),
    zero: axis.zero,
    policies: policyTable(answer),
    further: furtherTable(answer),
    tiers: tierTable(answer),
    unstable: answer.tiers.filter(({ stable }) => !stable).map(({ name }) => name),
    breakEven: answer.break_even.sentence,
    limits: answer.limits,
  };
}

/** Less rework comes of assumptions that the page does not ask for: without them it is one queue once more. */
const shown = ({ policies }: WhatIfAnswer): Policy[] => policies.filter(({ name }) => name !== 'pooled_less_rework');

function basis({ runs, tickets, people, arrivals_per_day: arrivals, hours_per_day: hours, utilisation, offered_load: load }: WhatIfAnswer): string {
  return `${decimal(arrivals)} tickets a day of ${decimal(hours)} h bring ${decimal(load)} hours of work an hour for ${plural(people, 'person', 'people')}: ${percent(utilisation)} of their time. Replayed ${count(runs)} times with ${count(tickets)} tickets each. All times are working hours.`;
}

function policyTable(answer: WhatIfAnswer): Table {
  return {
    caption: 'Each way of working: the mean of the runs with its 95 % interval, and beside it what a formula says',
    columns: [{ label: 'Way of working' }, ...['Mean lead time', 'By formula', 'Change', 'Person-hours a ticket'].map((label) => ({ label, numeric: true }))],
    rows: shown(answer).map(({ name, label, refused, lead_mean_seconds: lead, analytic, change_lead_mean: change, person_hours: hours }) => [
      cell(label),
      refused ? cell('refused', null) : figure(lead),
      analytic && !refused ? cell(say(analytic.lead_mean_seconds), analytic.lead_mean_seconds) : cell('none', null),
      refused ? cell('refused', null) : change ? cell(changed(change), change.point) : cell(name === 'as_is' ? 'the basis' : 'none', name === 'as_is' ? 0 : null),
      refused ? cell('refused', null) : figure(hours, () => ({ unit: '', number: twoDigits })),
    ]),
  };
}

function furtherTable(answer: WhatIfAnswer): Table {
  return {
    caption: 'More of each way of working, and which formula stands beside it',
    columns: [{ label: 'Way of working' }, ...['85 % done within', 'Mean wait', 'Wait by formula', 'Change by formula', 'Open at once', 'Busy'].map((label) => ({ label, numeric: true })), { label: 'Formula' }],
    rows: shown(answer).map((policy) => {
      const { label, analytic, refused } = policy;
      const change = analytic?.change_lead_mean ?? null;
      return [
        cell(label),
        figure(policy.lead_p85_seconds),
        figure(policy.wait_mean_seconds),
        analytic ? cell(say(analytic.wait_mean_seconds), analytic.wait_mean_seconds) : cell('none', null),
        change === null ? cell('none', null) : cell(signed(change), change),
        figure(policy.wip, () => ({ unit: '', number: decimal })),
        typeof policy.utilisation === 'number' ? cell(percent(policy.utilisation), policy.utilisation) : cell('none', null),
        cell(analytic ? `${analytic.formula}${analytic.exact ? ', exact' : ', an approximation'}` : (refused ?? policy.analytic_missing ?? 'None is known.')),
      ];
    }),
  };
}

function tierTable({ tiers }: WhatIfAnswer): Table {
  return {
    caption: 'Each tier as it is: load in hours of work an hour (erlang), and how long a ticket waits for it',
    columns: [{ label: 'Tier' }, ...['People', 'Tickets a day', 'Load', 'Busy', 'Wait, replayed', 'Wait by formula'].map((label) => ({ label, numeric: true }))],
    rows: tiers.map(({ name, people, arrivals_per_day: arrivals, offered_load: load, utilisation, stable, wait_mean_seconds: wait, analytic_wait_seconds: analytic }) => [
      cell(name),
      cell(count(people), people),
      cell(decimal(arrivals), arrivals),
      cell(twoDigits(load), load),
      cell(stable ? percent(utilisation) : `${percent(utilisation)}: unstable`, utilisation),
      stable ? figure(wait) : cell('grows without end', null),
      !stable ? cell('grows without end', null) : typeof analytic === 'number' ? cell(say(analytic), analytic) : cell('none', null),
    ]),
  };
}

/** Ways of working, with all their figures. */
export function whatIfCsv({ policies }: WhatIfAnswer): string {
  const measures = ['lead_mean_seconds', 'lead_p85_seconds', 'wait_mean_seconds', 'change_lead_mean', 'person_hours', 'wip'] as const;
  const ends = ['point', 'lower', 'upper'] as const;
  return csv([
    ['policy', 'refused', 'verdict', ...measures.flatMap((measure) => ends.map((end) => `${measure}_${end}`)), 'formula', 'lead_mean_seconds_formula', 'change_lead_mean_formula'],
    ...policies.map((policy) => [
      policy.name,
      policy.refused ?? '',
      policy.verdict ?? '',
      ...measures.flatMap((measure) => ends.map((end) => policy[measure]?.[end] ?? '')),
      policy.analytic?.formula ?? '',
      policy.analytic?.lead_mean_seconds ?? '',
      policy.analytic?.change_lead_mean ?? '',
    ]),
  ]);
}
