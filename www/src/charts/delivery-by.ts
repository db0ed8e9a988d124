/** The five by service, team or type, and the times of changes and repairs by percentile. */

import type { Delivery, DeliveryGroup, DeliveryTime, RecoveryTime, Report, SurvivalPercentile } from '../engine/types.js';
import type { Cell, Column, Missing, Table } from './chart.js';
import { cell, empty, missing } from './chart.js';
import { boundsWords, clockWords, known, leftOut, rangeWords, rateCell, sayOn, survivalWords } from './delivery-words.js';
import type { Facts } from './facts.js';
import type { Say } from './format.js';
import { count, decimal, dimensionName, percent, plural, timeOn } from './format.js';
import type { Help } from './help.js';
import type { RateView } from './rates.js';
import { rateView } from './rates.js';

export const DELIVERY_BY_HELP: Help = {
  what: 'The five figures for each service, team or type of deployment.',
  read: 'Each bar is the share of deployments that failed, with the range that the numbers allow. Where ranges overlap, the difference may be chance. The table sorts by any figure.',
  misleads: 'A service with few deployments has a wide range and looks good or bad by luck. A team that deploys what is hard fails more often than one that does not try.',
  formula: 'Fail rate = failed / known result, interval: Wilson (1927), 95 %. Recovery = median of Kaplan & Meier (1958).',
};

export const DELIVERY_TIMES_HELP: Help = {
  what: 'How long a change takes until it is in production, and how long a failed deployment stays unmended, by percentile.',
  read: 'Half of all lie at or below the 50 % column, 85 of 100 at or below the 85 % one. A wide gap between the two means that some changes wait where others do not.',
  misleads: 'A deployment with many changes counts once by deployment, from its oldest change, and often by change. Failures that are still open have no time yet: they count as "longer than this".',
  formula: 'Percentiles of the end of the deployment - start of the clock (Hyndman & Fan 1996, type 7). Recovery: Kaplan & Meier (1958), interval: Brookmeyer & Crowley (1982).',
};

export interface DeliveryByView extends Facts {
  rates: RateView[];
  /** Said below bars that are not all. */
  more: string;
}

/** More bars than this are a table. */
const MAX_BARS = 8;

export const deliveryDimensions = (report: Report): string[] =>
  Object.entries(report.delivery?.by ?? {}).filter(([, groups]) => groups.length > 0).map(([name]) => name);

export function deliveryBy(report: Report, by: string | undefined): DeliveryByView | Missing {
  const part = report.delivery;
  if (!part) return missing(report, 'delivery');
  const groups = by !== undefined && Object.hasOwn(part.by, by) ? (part.by[by] ?? []) : [];
  if (by === undefined || groups.length === 0) {
    return empty('No deployment names a service, a team or a type.', 'Add such a column to the log of deployments, or map it.');
  }
  const rated = groups.flatMap((group) => (group.change_fail_rate ? [{ group, rate: group.change_fail_rate }] : []));
  const name = dimensionName(report, by);
  const rest = rated.length - MAX_BARS;
  return {
    kind: 'facts',
    summary: summary(name, groups),
    rates: rated.slice(0, MAX_BARS).map(({ group, rate }) => ({ ...rateView(group.key, rate, false, 'deployment'), figure: `${percent(rate.rate)} of ${count(rate.n)} failed` })),
    more: rest > 0 ? `${plural(rest, 'more value')}: see the table.` : '',
    table: byTable(name, groups, timeOn(report.query.clock)),
  };
}

function summary(name: string, groups: readonly DeliveryGroup[]): string {
  const [most] = groups;
  const spread = most ? ` Most deployments: ${most.key}, ${count(most.deployments)}.` : '';
  return `${plural(groups.length, 'value')} of ${name.toLowerCase()}.${spread} The line across a bar is the range that fits the numbers (95 %).`;
}

function byTable(name: string, groups: readonly DeliveryGroup[], say: Say): Table {
  const perWeek: Say = (value) => (value > 0 && value < 0.05 ? 'under 0.1' : decimal(value));
  const columns: [Column, (group: DeliveryGroup) => Cell][] = [
    [{ label: name }, ({ key }) => cell(key)],
    [{ label: 'Deployments', numeric: true }, ({ deployments }) => cell(count(deployments), deployments)],
    [{ label: 'A week', numeric: true }, ({ per_week: week }) => known(week, perWeek)],
    [{ label: 'Failed', numeric: true }, ({ failed }) => cell(count(failed), failed)],
    [{ label: 'Fail rate', numeric: true }, ({ change_fail_rate: rate }) => rateCell(rate)],
    [{ label: '95 %', numeric: true }, ({ change_fail_rate: rate }) => (rate ? cell(rangeWords(rate), rate.lower) : cell('', null))],
    [{ label: 'Lead time, half within', numeric: true }, ({ lead_median_seconds: lead }) => known(lead, say)],
    [{ label: 'Recovery, half within', numeric: true }, ({ recovery_median_seconds: recovery }) => known(recovery, say)],
    [{ label: 'Rework', numeric: true }, ({ rework }) => rateCell(rework)],
  ];
  const filled = columns.filter(([, of], n) => n < 4 || groups.some((group) => of(group).sort !== null));
  return {
    caption: `The five by ${name.toLowerCase()}`,
    columns: filled.map(([column]) => column),
    rows: groups.map((group) => filled.map(([, of]) => of(group))),
  };
}

export function deliveryTimes(report: Report): Facts | Missing {
  const part = report.delivery;
  if (!part) return missing(report, 'delivery');
  const { change_lead_time: lead, recovery_time: recovery } = part;
  if (!lead && !recovery) {
    const why = part.not_computable['change_lead_time'] ?? part.not_computable['recovery_time'];
    return empty(why?.reason ?? 'Neither lead time nor recovery time is known.', why?.remedy ?? 'Add the time of the commit to the log of deployments.');
  }
  return {
    kind: 'facts',
    summary: [
      lead ? `Times in ${clockWords(lead.clock)}. ${leftOut(lead.excluded)}` : '',
      recovery ? `${count(recovery.recovered)} of ${plural(recovery.n, 'failed deployment')} recovered; ${count(recovery.open)} still open.` : '',
    ].filter(Boolean).join(' '),
    table: timesTable(part),
    ...(recovery ? { further: [recoveryTable(recovery.percentiles, sayOn(recovery.clock))] } : {}),
  };
}

function timesTable({ change_lead_time: lead, recovery_time: recovery }: Delivery): Table {
  const percents = (lead?.per_deployment.percentiles ?? recovery?.percentiles ?? []).map(({ p }) => p);
  const row = (label: string, time: DeliveryTime, say: Say): Cell[] => [
    cell(label),
    cell(count(time.n), time.n),
    cell(say(time.mean_seconds), time.mean_seconds),
    ...percents.map((p) => known(time.percentiles.find((one) => one.p === p)?.seconds, say)),
  ];
  const mended = (p: number, { percentiles, clock }: RecoveryTime): Cell => {
    const one = percentiles.find((other) => other.p === p);
    return one ? cell(survivalWords(one, sayOn(clock)), one.seconds ?? one.at_least_seconds ?? null) : cell('no data', null);
  };
  return {
    caption: 'Times by percentile',
    columns: [{ label: 'Time' }, { label: 'n', numeric: true }, { label: 'Mean', numeric: true }, ...percents.map((p) => ({ label: `${decimal(p)} %`, numeric: true }))],
    rows: [
      ...(lead ? [row('Change lead time, by deployment', lead.per_deployment, sayOn(lead.clock))] : []),
      ...(lead?.per_change ? [row('Change lead time, by change', lead.per_change, sayOn(lead.clock))] : []),
      // A mean needs every end: open failures have none.
      ...(recovery ? [[cell('Failed deployment recovery'), cell(count(recovery.n), recovery.n), cell('', null), ...percents.map((p) => mended(p, recovery))]] : []),
    ],
  };
}

function recoveryTable(percentiles: readonly SurvivalPercentile[], say: Say): Table {
  return {
    caption: 'How sure recovery is: open failures count for as long as they were seen',
    columns: [{ label: 'Recovered' }, { label: 'Within', numeric: true }, { label: '95 %', numeric: true }],
    rows: percentiles.map((one) => [
      cell(`${decimal(one.p)} %`, one.p),
      cell(survivalWords(one, say), one.seconds ?? one.at_least_seconds ?? null),
      cell(boundsWords(one, say), one.lower_seconds ?? null),
    ]),
  };
}
