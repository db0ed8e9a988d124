/** DORA's five, each as a figure with how sure it is, or with why it cannot be computed; and what surveys found. */

import type { Benchmark, Delivery, Report } from '../engine/types.js';
import type { Cell, Missing, Table } from './chart.js';
import { cell, missing } from './chart.js';
import { boundsWords, leftOut, rangeWords, sayOn, survivalWords } from './delivery-words.js';
import type { Facts } from './facts.js';
import { count, date, decimal, duration, percent, plural } from './format.js';
import type { Help } from './help.js';
import type { RateView } from './rates.js';
import { rateView } from './rates.js';

export const FIVE_HELP: Help = {
  what: 'The five figures of DORA for what goes to production: how often, how fast, how much of it fails, how long that stays unmended, and how much is unplanned repair.',
  read: 'Read the five together: speed without stability is no speed. The line below a figure says how sure it is and on how many deployments it rests. Compare with yourself in another period first.',
  misleads: 'What ended without a result is in no rate. Failures that nobody linked to a deployment are missing. The surveys asked people for a range and did not measure: clusters of 2024 do not order every figure, and the means of 2025 are on a scale of 10.',
  formula: 'Frequency = deployments that count / days; change lead time = end of the deployment - start of the clock; change fail rate = failed / known result, Wilson (1927); recovery = Kaplan & Meier (1958) with open failures censored; rework rate = unplanned repairs / all (dora.dev, guide of 2026).',
};

export type FigureId = 'frequency' | 'change_lead_time' | 'change_fail_rate' | 'recovery_time' | 'rework_rate';

export interface Tile {
  id: FigureId;
  label: string;
  /** `null` where it cannot be computed: `gap` says why. */
  figure: string | null;
  /** Behind the figure, smaller: "a week". */
  unit: string;
  /** How sure, on what, since when. */
  lines: string[];
  /** A rate has a bar with its interval. */
  rate: RateView | null;
  gap: { reason: string; remedy: string } | null;
  /** What surveys found, a line a year. */
  benchmarks: string[];
}

export interface FiveView extends Facts {
  headline: string;
  tiles: Tile[];
  cautions: string[];
}

const LABELS: Record<FigureId, string> = {
  frequency: 'Deployment frequency',
  change_lead_time: 'Change lead time',
  change_fail_rate: 'Change fail rate',
  recovery_time: 'Failed deployment recovery time',
  rework_rate: 'Deployment rework rate',
};

/** Where the clock of change lead time starts. */
const STARTS: Record<string, string> = {
  committed: 'From the oldest commit',
  change_opened: 'From the opening of the change',
  change_approved: 'From the approval of the change',
};

const FAILURES: Record<string, string> = {
  result: 'Failed by their own result',
  incidents: 'Failed by the incidents that they caused',
  both: 'Failed by their own result, or by an incident that they caused',
};

const BUCKETS: Record<string, string> = { daily: 'Daily', weekly: 'Weekly', monthly: 'Monthly', rarer: 'Less than monthly' };

const wordOf = (words: Record<string, string>, key: string): string => (Object.hasOwn(words, key) ? (words[key] ?? key) : key.replaceAll('_', ' '));

type Answer = Pick<Tile, 'figure' | 'unit' | 'lines'> & { rate?: RateView };

export function five(report: Report): FiveView | Missing {
  const part = report.delivery;
  if (!part) return missing(report, 'delivery');
  const tiles = (Object.keys(LABELS) as FigureId[]).map((id) => tileOf(id, part));
  return {
    kind: 'facts',
    headline: `${plural(part.deployments.total, 'deployment')} to production in ${plural(part.days, 'day')}.`,
    summary: summary(part),
    tiles,
    cautions: part.cautions,
    table: table(tiles, part),
    further: [environments(part), ...(part.benchmarks.length > 0 ? [surveys(part.benchmarks)] : [])],
  };
}

function summary({ basis_note, from, to, deployments }: Delivery): string {
  const { succeeded, with_issues: issues, failed, backed_out: back, unknown } = deployments;
  const parts = [
    `${count(succeeded)} succeeded${issues > 0 ? ` (${count(issues)} with issues)` : ''}`,
    `${count(failed)} failed${back > 0 ? ` (${count(back)} backed out)` : ''}`,
    ...(unknown > 0 ? [`${count(unknown)} ended and nobody says how`] : []),
  ];
  return [`${date(from)} to ${date(to)}: ${parts.join(', ')}.`, leftOut(deployments.excluded), basis_note].filter(Boolean).join(' ');
}

function tileOf(id: FigureId, part: Delivery): Tile {
  const answer = ANSWERS[id](part);
  const why = Object.hasOwn(part.not_computable, id) ? part.not_computable[id] : undefined;
  return {
    id,
    label: LABELS[id],
    figure: answer?.figure ?? null,
    unit: answer?.unit ?? '',
    lines: answer?.lines ?? [],
    rate: answer?.rate ?? null,
    gap: answer ? null : (why ?? { reason: 'The report does not hold this figure.', remedy: 'Compute the report again.' }),
    benchmarks: benchmarkLines(part.benchmarks.filter(({ figure }) => figure === id)),
  };
}

const ANSWERS: Record<FigureId, (part: Delivery) => Answer | null> = {
  frequency: ({ frequency, days }) => {
    if (!frequency) return null;
    const { n, per_day, per_week, median_gap_seconds: gap, median_days_per_week: daysAWeek, median_per_month: month, bucket } = frequency;
    const [figure, unit] = per_day >= 1 ? [per_day, 'a day'] : per_week >= 1 ? [per_week, 'a week'] : [per_day * DAYS_A_MONTH, 'a month'];
    return {
      figure: figure > 0 && figure < 0.05 ? 'under 0.1' : decimal(figure),
      unit,
      lines: [
        `${plural(n, 'deployment')} in ${plural(days, 'day')}`,
        ...(gap === undefined ? [] : [`Median gap ${duration(gap)}`]),
        ...(daysAWeek === undefined ? [] : [`On ${plural(daysAWeek, 'day')} of the median week`]),
        ...(month === undefined ? [] : [`${decimal(month)} in the median month`]),
        ...(bucket === undefined ? ['No whole week in the window'] : [`Bucket: ${wordOf(BUCKETS, bucket).toLowerCase()}`]),
      ],
    };
  },
  change_lead_time: ({ change_lead_time: lead }) => {
    if (!lead) return null;
    const say = sayOn(lead.clock);
    const [median] = lead.per_deployment.percentiles;
    const later = lead.per_deployment.percentiles.find(({ p }) => p === 85);
    const [change] = lead.per_change?.percentiles ?? [];
    return {
      figure: say(median?.seconds ?? lead.per_deployment.mean_seconds),
      unit: median ? percentWord(median.p) : 'on average',
      lines: [
        `${wordOf(STARTS, lead.start)} to production`,
        `${plural(lead.per_deployment.n, 'deployment')}${later ? `, 85 % within ${say(later.seconds)}` : ''}`,
        ...(change && lead.per_change ? [`By change: ${say(change.seconds)} (n ${count(lead.per_change.n)})`] : []),
        ...(leftOut(lead.excluded) ? [leftOut(lead.excluded)] : []),
      ],
    };
  },
  change_fail_rate: ({ change_fail_rate: fail }) => {
    if (!fail) return null;
    return {
      figure: percent(fail.rate.rate),
      unit: '',
      rate: rateView('Change fail rate', fail.rate, false, 'deployment'),
      lines: [
        `${count(fail.rate.count)} of ${count(fail.rate.n)} with a known result`,
        `95 %: ${rangeWords(fail.rate)}`,
        `${wordOf(FAILURES, fail.basis)}${fail.failed_by_incident > 0 ? ` (${count(fail.failed_by_incident)} by an incident alone)` : ''}`,
      ],
    };
  },
  recovery_time: ({ recovery_time: recovery }) => {
    if (!recovery) return null;
    const say = sayOn(recovery.clock);
    const [median] = recovery.percentiles;
    const bounds = median ? boundsWords(median, say) : '';
    return {
      figure: median ? survivalWords(median, say) : 'not known',
      unit: median ? percentWord(median.p) : '',
      lines: [
        ...(bounds ? [`95 %: ${bounds}`] : []),
        `${plural(recovery.n, 'failed deployment')}, ${count(recovery.recovered)} recovered`,
        ...(recovery.open > 0 ? [`${count(recovery.open)} still open: counted for as long as they were seen`] : []),
        ...(leftOut(recovery.excluded) ? [leftOut(recovery.excluded)] : []),
      ],
    };
  },
  rework_rate: ({ rework_rate: rework }) => {
    if (!rework) return null;
    return {
      figure: percent(rework.rate.rate),
      unit: '',
      rate: rateView('Deployment rework rate', rework.rate, false, 'deployment'),
      lines: [`${count(rework.rate.count)} of ${plural(rework.rate.n, 'deployment')} repair what broke`, `95 %: ${rangeWords(rework.rate)}`],
    };
  },
};

const DAYS_A_MONTH = 365.25 / 12;

const percentWord = (p: number): string => (p === 50 ? 'half within' : `${decimal(p)} % within`);

/** "2024 clusters: elite 5 %, high 20 %" and "2025 mean: 1.9 of 10", a line each. */
function benchmarkLines(benchmarks: readonly Benchmark[]): string[] {
  const years = [...new Set(benchmarks.map(({ year }) => year))].sort((a, b) => a - b);
  return years.flatMap((year) => {
    const of = benchmarks.filter((one) => one.year === year);
    const clusters = of.filter(({ level }) => level !== 'mean');
    return [
      ...(clusters.length > 0 ? [`${year} clusters: ${clusters.map(({ level, text }) => `${level} ${text}`).join('; ')}`] : []),
      ...of.filter(({ level }) => level === 'mean').map(({ text }) => `${year} mean: ${text}`),
    ];
  });
}

function table(tiles: Tile[], part: Delivery): Table {
  const n: Record<FigureId, number | undefined> = {
    frequency: part.frequency?.n,
    change_lead_time: part.change_lead_time?.per_deployment.n,
    change_fail_rate: part.change_fail_rate?.rate.n,
    recovery_time: part.recovery_time?.n,
    rework_rate: part.rework_rate?.rate.n,
  };
  return {
    caption: 'The five, with how sure they are',
    columns: [{ label: 'Figure' }, { label: 'Value', numeric: true }, { label: 'n', numeric: true }, { label: 'More' }],
    rows: tiles.map(({ id, label, figure, unit, lines, gap }): Cell[] => {
      const deployments = n[id];
      return [
        cell(label),
        cell(figure === null ? 'not computable' : [figure, unit].filter(Boolean).join(' ')),
        deployments === undefined ? cell('', null) : cell(count(deployments), deployments),
        cell(gap ? `${gap.reason} ${gap.remedy}` : lines.join('; ')),
      ];
    }),
  };
}

function environments({ environments }: Delivery): Table {
  return {
    caption: 'Where it was deployed to, and what counts as production',
    columns: [{ label: 'Environment' }, { label: 'Production' }, { label: 'Deployments', numeric: true }],
    rows: environments.map(({ environment, production, deployments }) => [cell(environment), cell(production ? 'yes' : 'no'), cell(count(deployments), deployments)]),
  };
}

function surveys(benchmarks: readonly Benchmark[]): Table {
  return {
    caption: 'What surveys found: no verdict on this team',
    columns: [{ label: 'Figure' }, { label: 'Year', numeric: true }, { label: 'Group' }, { label: 'Says' }, { label: 'Source' }],
    rows: benchmarks.map(({ figure, year, level, text, source }) => [
      cell(Object.hasOwn(LABELS, figure) ? LABELS[figure as FigureId] : figure),
      cell(String(year), year),
      cell(level),
      cell(text),
      cell(source),
    ]),
  };
}
