/** The later parts of a report, made by hand: small enough to check each figure by eye. */

import type {
  Ageing,
  BehaviourChart,
  Cfd,
  Clocks,
  Cost,
  Fits,
  FlowEfficiency,
  Forecast,
  ProcessBehaviour,
  Rate,
  Report,
  Rework,
  Sla,
  Stability,
  Survival,
  Touches,
} from '../../src/engine/types.js';
import { fixture } from './report.js';

const HOUR = 3600;
const DAY = 86_400;

export const rateOf = (count: number, n: number): Rate => ({
  definition: 'So many of so many.',
  n,
  count,
  rate: count / n,
  lower: Math.max(0, count / n - 0.05),
  upper: Math.min(1, count / n + 0.05),
});

const percentiles = (seconds: [number, number, number, number]) =>
  [50, 70, 85, 95].map((p, n) => ({ p, seconds: seconds[n] ?? 0, n_too_small: false }));

export const CLOCKS: Clocks = {
  definition: 'Lead time under each clock.',
  rows: [
    { clock: 'elapsed', words: 'every second', n: 400, mean_seconds: 2 * DAY, percentiles: percentiles([8 * HOUR, DAY, 4 * DAY, 10 * DAY]) },
    { clock: 'business', words: 'working hours Mon-Fri 09:00-17:00 in UTC', n: 400, mean_seconds: 16 * HOUR, percentiles: percentiles([0, 8 * HOUR, 30 * HOUR, 60 * HOUR]) },
    { clock: 'days', words: 'whole calendar days, both ends included', n: 400, mean_seconds: 3 * DAY, percentiles: percentiles([DAY, 2 * DAY, 5 * DAY, 11 * DAY]) },
  ],
  sentence: 'The 85 % figure is 4 days elapsed, 30 working hours or 5 calendar days.',
};

export const SURVIVAL: Survival = {
  definition: 'Kaplan-Meier.',
  clock: 'elapsed',
  n: 450,
  finished: 400,
  censored: 50,
  entered_late: 0,
  excluded: {},
  headline: true,
  why: 'More than 5 % are open.',
  percentiles: [
    { p: 50, seconds: 9 * HOUR, lower_seconds: 8 * HOUR, upper_seconds: 10 * HOUR },
    { p: 70, seconds: 30 * HOUR, lower_seconds: 28 * HOUR, upper_seconds: 40 * HOUR },
    { p: 85, seconds: 5 * DAY, lower_seconds: 4 * DAY },
    { p: 95, at_least_seconds: 30 * DAY },
  ],
  curve: [
    { seconds: HOUR, survival: 0.9, lower: 0.87, upper: 0.93, at_risk: 450 },
    { seconds: 9 * HOUR, survival: 0.5, lower: 0.45, upper: 0.55, at_risk: 400 },
    { seconds: 5 * DAY, survival: 0.15, lower: 0.11, upper: 0.19, at_risk: 90 },
    { seconds: 30 * DAY, survival: 0.08, lower: 0.05, upper: 0.12, at_risk: 20 },
  ],
};

export function fitsOf(report: Report): Fits {
  const bins = report.lead_time?.histogram ?? [];
  return {
    definition: 'Two curves.',
    n: 400,
    censored: 50,
    excluded: {},
    bins,
    fits: [
      { distribution: 'lognormal', parameters: { mu: 9.8123, sigma: 1.9 }, expected: bins.map((bin) => bin.count * 0.9), anderson_darling: 12.34, p_value: 0, draws: 500, sample: 400, verdict: 'lead times do not follow it' },
      { distribution: 'weibull', parameters: { shape: 0.61, scale_seconds: 2 * DAY }, expected: bins.map((bin) => bin.count * 1.1), anderson_darling: 0.51, p_value: 0.234, draws: 500, sample: 400, verdict: 'the data do not speak against it' },
    ],
  };
}

export function withChances(ageing: Ageing): Ageing {
  const states = ageing.by_state.map(({ state }) => state);
  const chance = (seconds: number, probability?: number) => (probability === undefined ? { seconds } : { seconds, probability });
  return {
    ...ageing,
    bands: [
      { state: states[1] ?? 'Work', class: 'active', n: 380, percentiles: percentiles([HOUR, 5 * HOUR, DAY, 3 * DAY]) },
      { state: states[0] ?? 'New', class: 'queue', n: 400, percentiles: percentiles([2 * HOUR, 6 * HOUR, 2 * DAY, 4 * DAY]) },
      { state: 'Testing', class: 'active', n: 40, percentiles: percentiles([3 * HOUR, 9 * HOUR, 3 * DAY, 5 * DAY]) },
    ],
    chances: [
      { age_seconds: 0, at_risk: 450, open: 10, within: [chance(DAY, 0.62), chance(7 * DAY, 0.86), chance(30 * DAY, 0.92)] },
      { age_seconds: DAY, at_risk: 171, open: 12, within: [chance(DAY, 0.2), chance(7 * DAY, 0.6), chance(30 * DAY, 0.8)] },
      { age_seconds: 30 * DAY, at_risk: 20, open: 28, within: [chance(DAY, 0), chance(7 * DAY, 0.12), chance(30 * DAY)] },
      { age_seconds: 90 * DAY, at_risk: 4, open: 3, within: [chance(DAY), chance(7 * DAY), chance(30 * DAY)] },
    ],
  };
}

export const CFD: Cfd = {
  definition: 'Furthest stage by the end of each day.',
  dates: ['2025-07-01', '2025-07-02', '2025-07-03', '2025-07-04'],
  stages: [
    { key: 'opened', reached: [10, 14, 18, 20] },
    { key: 'New', class: 'queue', reached: [9, 14, 17, 20] },
    { key: 'In Progress', class: 'active', reached: [5, 9, 12, 15] },
    { key: 'finished', reached: [1, 4, 8, 11] },
  ],
  moved_back: [0, 2, 3, 0],
  corrections: [{ from: '2025-07-02', to: '2025-07-03', tickets: 3 }],
  excluded: 2,
};

const DEPARTURES: BehaviourChart = {
  id: 'departures_weekly',
  label: 'Finished per week',
  unit: 'tickets',
  dates: ['2025-07-07', '2025-07-14', '2025-07-21', '2025-07-28', '2025-08-04'],
  values: [30, 34, 28, 70, 31],
  n: 5,
  centre: 38.6,
  moving_range: 22.75,
  upper: 62,
  lower: 0,
  range_limit: 40,
  provisional: true,
  signals: [
    { rule: 'beyond_limit', points: [3], high: true },
    { rule: 'three_of_four', points: [2, 3], high: true },
  ],
  sentence: 'One week stands out',
};

export const BEHAVIOUR: ProcessBehaviour = {
  definition: 'XmR.',
  limits: 'mean',
  charts: [
    DEPARTURES,
    { ...DEPARTURES, id: 'lead_weekly', label: 'Median lead time per week', unit: 'seconds', values: [DAY, undefined, 2 * DAY, 3 * DAY, DAY], n: 4, centre: 1.75 * DAY, moving_range: DAY, upper: 4.4 * DAY, lower: 0.2 * DAY, range_limit: 3.3 * DAY, provisional: false, signals: [], sentence: 'Nothing stands out.' },
  ],
};

export const STABILITY: Stability = {
  definition: 'Arrivals x mean lead / WIP.',
  ratio: 0.6,
  verdict: 'growing',
  sentence: 'Work in progress grows: averages of finished tickets flatter.',
  arrivals_per_day: 12,
  mean_lead_seconds: 2 * DAY,
  average_wip: 40,
  n: 400,
};

export const EFFICIENCY: FlowEfficiency = {
  definition: 'Active over all.',
  clock: 'elapsed',
  n: 300,
  excluded: { never_started: 100 },
  efficiency: 0.25,
  lower: 0.2,
  upper: 0.31,
  active_seconds: 200 * HOUR,
  queue_seconds: 400 * HOUR,
  hold_seconds: 200 * HOUR,
  unknown_seconds: 200 * HOUR,
  blocked: {
    definition: 'On hold.',
    n: 380,
    tickets: 60,
    times: 90,
    seconds: 200 * HOUR,
    share: 0.16,
    median_seconds: 2 * HOUR,
    by_state: [
      { state: 'Awaiting Vendor', times: 50, seconds: 150 * HOUR },
      { state: 'Awaiting User', times: 40, seconds: 50 * HOUR },
    ],
    open: 1,
  },
};

export const TOUCHES: Touches = {
  definition: 'Distinct holders.',
  n: 400,
  mean_people: 1.8,
  mean_groups: 1.3,
  people: [
    { touches: 1, tickets: 200, median_seconds: 2 * HOUR },
    { touches: 2, tickets: 150, median_seconds: 8 * HOUR },
    { touches: 10, tickets: 50, median_seconds: 40 * HOUR },
  ],
  groups: [{ touches: 1, tickets: 400, median_seconds: 5 * HOUR }],
  first_owner: rateOf(200, 400),
  first_group: rateOf(300, 400),
};

export const REWORK: Rework = {
  definition: 'Back to an earlier class.',
  tickets: rateOf(20, 400),
  steps: 25,
  edges: Array.from({ length: 10 }, (_, n) => ({ from: `From ${n}`, to: `To ${n}`, count: 10 - n })),
  seconds: 30 * HOUR,
  share: 0.08,
};

export const SLA: Sla = {
  definition: 'Met or not.',
  recorded: {
    column: 'made_sla',
    rate: rateOf(360, 400),
    by_priority: [
      { key: '1 - Critical', rate: rateOf(30, 60) },
      { key: '2 - High', rate: rateOf(330, 340) },
    ],
    unclear: { maybe: 2, '': 1 },
  },
  targets: [
    { priority: '1 - Critical', seconds: 4 * HOUR, clock: 'elapsed', met: rateOf(20, 60), open_missed: 3, open_within: 2, expected_misses: 1.4 },
    { priority: '(other)', seconds: 2 * DAY, clock: 'elapsed', open_missed: 0, open_within: 1 },
  ],
  at_risk: [
    { ticket: 7, id: 'INC0000008', priority: '1 - Critical', age_seconds: 3 * HOUR, left_seconds: HOUR, probability: 0.9 },
    { ticket: 11, priority: '2 - High', age_seconds: HOUR, left_seconds: 3 * HOUR, probability: 0.2 },
  ],
};

export const COST: Cost = {
  definition: 'Two lines.',
  currency: 'EUR',
  delay: { definition: 'Queued hours.', hours: 12_345.6, rate: 2, amount: 24_691.2 },
  cash: { definition: 'Staff hours.', hours: 40.5, rate: 60, amount: 2430 },
};

export const FORECAST: Forecast = {
  definition: 'Drawn from daily throughput.',
  history: { from: '2025-07-01', to: '2025-09-30', days: 92, items: 400, mean_per_day: 4.35, kind: 'calendar', block_days: 1 },
  how_many: {
    by: '2025-10-30',
    days: 30,
    answers: [
      { confidence: 50, exact: 130, drawn: 131, probability: 0.51 },
      { confidence: 85, exact: 115, drawn: 115, probability: 0.86 },
      { confidence: 95, exact: 106, drawn: 105, probability: 0.952 },
    ],
    curve: [
      { items: 95, probability: 0.99 },
      { items: 106, probability: 0.952 },
      { items: 115, probability: 0.86 },
      { items: 130, probability: 0.51 },
      { items: 150, probability: 0.08 },
    ],
  },
  when: {
    items: 50,
    limit_days: 120,
    answers: [
      { confidence: 50, exact_days: 11, drawn_days: 11, date: '2025-10-11', probability: 0.55 },
      { confidence: 85, exact_days: 14, drawn_days: 14, date: '2025-10-14', probability: 0.88 },
      { confidence: 95 },
    ],
    curve: [
      { days: 8, date: '2025-10-08', probability: 0.05 },
      { days: 11, date: '2025-10-11', probability: 0.55 },
      { days: 14, date: '2025-10-14', probability: 0.88 },
    ],
  },
  backtest: { definition: 'Made again.', confidence: 85, horizon_days: 30, n: 20, met: 16, coverage: 0.8, lower: 0.58, upper: 0.92, sentence: 'Of 20 such forecasts 16 came true.' },
  cautions: ['Throughput rose in August'],
};

/** The fixture with every later part. */
export function everything(): Report {
  const report = fixture();
  report.clocks = structuredClone(CLOCKS);
  report.survival = structuredClone(SURVIVAL);
  report.fits = fitsOf(report);
  if (report.ageing) report.ageing = withChances(report.ageing);
  report.cfd = structuredClone(CFD);
  report.process_behaviour = structuredClone(BEHAVIOUR);
  report.stability = structuredClone(STABILITY);
  report.flow_efficiency = structuredClone(EFFICIENCY);
  report.touches = structuredClone(TOUCHES);
  report.rework = structuredClone(REWORK);
  report.sla = structuredClone(SLA);
  report.cost = structuredClone(COST);
  report.forecast = structuredClone(FORECAST);
  if (report.throughput) {
    report.throughput.dispersion = { definition: 'Variance over mean.', days: 92, arrivals: 2.3, departures: 4.1, departures_per_business_day: 6.06, business_days: 66 };
  }
  for (const [n, day] of (report.wip?.daily ?? []).entries()) day.age_seconds = day.value * (n + 1) * HOUR;
  return report;
}
