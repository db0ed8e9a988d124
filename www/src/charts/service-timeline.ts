/** Deployments and incidents on one axis of time: a strip for each service, deployments upwards, incidents downwards. */

import type { Report, ServiceRow } from '../engine/types.js';
import type { Cell, Missing, Table } from './chart.js';
import { cell, empty, missing } from './chart.js';
import { known } from './delivery-words.js';
import type { Facts } from './facts.js';
import { count, date, month, percent, plural } from './format.js';
import type { Help } from './help.js';

export const SERVICES_HELP: Help = {
  what: 'For each service the deployments to production of each week, upwards, and the incidents opened in it, downwards. All strips have one axis of time and one scale.',
  read: 'Bars below a triangle, in the same week or the next, are worth a look: did that deployment bring them? Beside each service stand the share of its deployments that fail and the share of the lead time of its incidents in which nobody held them: changes that break things and queues that keep them broken.',
  misleads: 'That an incident follows a deployment does not mean that it was caused by it: only hatched ones are linked. Deployments and incidents have scales of their own, so that the two heights cannot be compared.',
  formula: 'Fail rate = failed / known result. Queue share = sum of the time in which nobody held finished incidents / sum of their lead times.',
};

/** A week of a strip; heights are shares of the tallest week of all services. */
export interface Week {
  deployments: number;
  failed: number;
  incidents: number;
  caused: number;
  up: number;
  down: number;
  /** Of the incidents' bar, the part that is linked. */
  hatched: number;
  text: string;
}

export interface Strip {
  service: string;
  weeks: Week[];
  failRate: { text: string; share: number } | null;
  /** `n`: of how many incidents. */
  queueShare: { text: string; share: number; n: string } | null;
  sentence: string;
}

export interface ServicesView extends Facts {
  strips: Strip[];
  /** The tallest week, upwards and downwards. */
  most: { up: number; down: number };
  /** Names below the axis: at which share of its length. */
  ticks: { at: number; text: string }[];
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

export function serviceTimeline(report: Report): ServicesView | Missing {
  const part = report.delivery;
  if (!part) return missing(report, 'delivery');
  const { services } = part;
  if (!services) {
    const why = part.not_computable['services'];
    return empty(why?.reason ?? 'Neither deployments nor incidents name a service.', why?.remedy ?? 'Map the column of the service in both exports.');
  }
  const { rows, weeks } = services;
  if (rows.length === 0) return empty('No service has a deployment in this selection.', 'Widen the filter, or map the column of the service.');
  const most = {
    up: Math.max(0, ...rows.flatMap(({ deployments }) => deployments)),
    down: Math.max(0, ...rows.flatMap(({ incidents }) => incidents)),
  };
  return {
    kind: 'facts',
    summary: summary(rows, most),
    strips: rows.map((row) => strip(row, weeks, most)),
    most,
    ticks: ticksOf(weeks),
    table: totals(rows),
    further: [byWeek(rows, weeks)],
  };
}

function summary(rows: readonly ServiceRow[], most: { up: number; down: number }): string {
  const of = (key: 'deployments' | 'failed' | 'incidents' | 'caused'): number => sum(rows.map((row) => sum(row[key])));
  return `${plural(of('deployments'), 'deployment')} (${count(of('failed'))} failed) and ${plural(of('incidents'), 'incident')} (${count(of('caused'))} linked to what caused them) of ${plural(rows.length, 'service')}. The tallest week has ${plural(most.up, 'deployment')} upwards, ${plural(most.down, 'incident')} downwards.`;
}

function strip(row: ServiceRow, weeks: readonly string[], most: { up: number; down: number }): Strip {
  const { service, fail_rate: fail, queue_share: queue, queue_n: n } = row;
  return {
    service,
    weeks: weeks.map((monday, at) => {
      const [deployments, failed, incidents, caused] = [row.deployments[at] ?? 0, row.failed[at] ?? 0, row.incidents[at] ?? 0, row.caused[at] ?? 0];
      return {
        deployments,
        failed,
        incidents,
        caused,
        up: most.up > 0 ? deployments / most.up : 0,
        down: most.down > 0 ? incidents / most.down : 0,
        hatched: incidents > 0 ? Math.min(1, caused / incidents) : 0,
        text: `Week of ${date(monday)}: ${plural(deployments, 'deployment')}, ${count(failed)} failed; ${plural(incidents, 'incident')}, ${count(caused)} linked`,
      };
    }),
    failRate: fail === undefined ? null : { text: percent(fail), share: fail },
    queueShare: queue === undefined ? null : { text: percent(queue), share: queue, n: `n ${count(n)}` },
    sentence: `${service}: ${plural(sum(row.deployments), 'deployment')}, ${count(sum(row.failed))} failed; ${plural(sum(row.incidents), 'incident')}, ${count(sum(row.caused))} linked to what caused them.`,
  };
}

/** Where a month begins, at most eight of them. */
function ticksOf(weeks: readonly string[]): { at: number; text: string }[] {
  const starts = weeks.flatMap((monday, n) => (n === 0 || month(monday) !== month(weeks[n - 1] ?? '') ? [{ at: n / weeks.length, text: month(monday) }] : []));
  const step = Math.ceil(starts.length / MOST_TICKS);
  return starts.filter((_, n) => n % step === 0);
}

const MOST_TICKS = 8;

function totals(rows: readonly ServiceRow[]): Table {
  return {
    caption: 'Deployments and incidents by service',
    columns: [
      { label: 'Service' },
      { label: 'Deployments', numeric: true },
      { label: 'Failed', numeric: true },
      { label: 'Fail rate', numeric: true },
      { label: 'Incidents', numeric: true },
      { label: 'Linked to a cause', numeric: true },
      { label: 'Queue share', numeric: true },
      { label: 'n', numeric: true },
    ],
    rows: rows.map((row): Cell[] => {
      const number = (values: readonly number[]): Cell => cell(count(sum(values)), sum(values));
      return [
        cell(row.service),
        number(row.deployments),
        number(row.failed),
        known(row.fail_rate, percent),
        number(row.incidents),
        number(row.caused),
        known(row.queue_share, percent),
        cell(count(row.queue_n), row.queue_n),
      ];
    }),
  };
}

/** Weeks in which anything happened. */
function byWeek(rows: readonly ServiceRow[], weeks: readonly string[]): Table {
  const entries = rows.flatMap((row) =>
    weeks.flatMap((monday, n): Cell[][] => {
      const values = [row.deployments[n] ?? 0, row.failed[n] ?? 0, row.incidents[n] ?? 0, row.caused[n] ?? 0];
      return sum(values) === 0 ? [] : [[cell(row.service), cell(date(monday), Date.parse(monday)), ...values.map((value) => cell(count(value), value))]];
    }),
  );
  return {
    caption: 'The same week by week',
    columns: [{ label: 'Service' }, { label: 'Week of', numeric: true }, { label: 'Deployments', numeric: true }, { label: 'Failed', numeric: true }, { label: 'Incidents', numeric: true }, { label: 'Linked', numeric: true }],
    rows: entries,
  };
}
