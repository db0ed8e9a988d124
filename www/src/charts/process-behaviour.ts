/** Process behaviour (XmR) charts: a figure period by period with its natural limits, and the steps between periods. */

import type { BehaviourChart, ClockKind, Report } from '../engine/types.js';
import type { Cell, ChartTheme, Drawing, Table, View } from './chart.js';
import { axisStyle, cell, empty, frame, missing } from './chart.js';
import type { Say } from './format.js';
import { DAY, HOUR, MINUTE, count, date, decimal, percent, plural, timeOn } from './format.js';

export interface BehaviourOptions {
  /** Which of the series; the first one where there is none of this name. */
  series?: string | null;
}

/** Names of lines nearer than this share of each picture would cover each other. */
const UPPER_GAP = 0.075;
const LOWER_GAP = 0.2;
/** With more points marks are smaller. */
const MANY = 150;

/** Rules from the surest to the weakest: a point that breaks several carries the mark of the first. */
const RULES = [
  { rule: 'beyond_limit', label: 'Beyond a limit', symbol: 'triangle', size: 13 },
  { rule: 'three_of_four', label: '3 of 4 near a limit', symbol: 'rect', size: 9 },
  { rule: 'eight_on_one_side', label: '8 on one side', symbol: 'diamond', size: 12 },
] as const;

export const behaviourSeries = (report: Report): { id: string; label: string }[] =>
  (report.process_behaviour?.charts ?? []).map(({ id, label }) => ({ id, label }));

export function processBehaviour(report: Report, theme: ChartTheme, options: BehaviourOptions = {}): View {
  const part = report.process_behaviour;
  if (!part) return missing(report, 'process_behaviour');
  const chart = part.charts.find(({ id }) => id === options.series) ?? part.charts[0];
  if (!chart) return empty('No series in this selection has two periods.', 'Widen the filter, or export a longer period.');
  return behaviourDrawing(chart, part.limits, report.query.clock, theme);
}

/** The picture of one figure; `limits` says what they are taken from: "mean" or "median". */
export function behaviourDrawing(chart: BehaviourChart, limits: string, clock: ClockKind | undefined, theme: ChartTheme): Drawing {
  const unit = unitOf(chart, clock);
  const figure = figureOf(chart, clock);
  const scaled = (value: number | null): number | null => (value === null ? null : value / unit.seconds);
  const values = chart.dates.map((_, n) => chart.values[n] ?? null);
  const ranges = movingRanges(values);
  const style = axisStyle(theme);
  const dates = chart.dates.map(date);
  const broken = signalsAt(chart);
  const room = theme.narrow ? 64 : 118;
  const points = (rule: string): (number | null)[] => values.map((value, n) => (broken.get(n)?.[0] === rule ? scaled(value) : null));
  const line = (at: number, dash: string, label: string, strong = false, show = true): Record<string, unknown> => ({
    yAxis: at / unit.seconds,
    lineStyle: { color: strong ? theme.series[2] : theme.series[1], type: dash, width: 1.5 },
    label: {
      show,
      formatter: theme.narrow ? label : `${label} ${figure(at)}`,
      position: 'end',
      color: theme.text,
      fontSize: 12,
    },
  });
  const axis = { type: 'category', data: dates, ...style, splitLine: { show: false } };
  const value = { type: 'value', ...style };
  // Both pictures begin and end below each other.
  const bounds = { left: 56, right: room, outerBoundsMode: 'none' };
  const bottom = Math.min(0, chart.lower, ...values.map((one) => one ?? 0)) / unit.seconds;
  const top = Math.max(chart.upper, ...values.map((one) => one ?? 0)) / unit.seconds;
  const topRange = Math.max(chart.range_limit, ...ranges.map((one) => one ?? 0)) / unit.seconds;
  const [upperAxis, lowerAxis] = [rounded(bottom, top, 4), rounded(0, topRange, 2)];
  const apart = (above: number, below: number, { min, max }: Axis, gap: number): boolean => (above - below) / unit.seconds >= gap * (max - min);
  return {
    kind: 'drawing',
    marks: 2 * dates.length,
    summary: summary(chart, limits),
    table: table(chart, values, ranges, broken, figure),
    further: [limitTable(chart, limits, figure)],
    option: {
      ...frame(theme),
      legend: {
        top: 0,
        left: 0,
        itemGap: 14,
        itemWidth: 12,
        itemHeight: 12,
        textStyle: { color: theme.text, fontSize: 12 },
        data: RULES.filter(({ rule }) => [...broken.values()].some(([first]) => first === rule)).map(({ label }) => label),
      },
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      grid: [
        { ...bounds, top: theme.narrow ? 62 : 48, height: '48%' },
        { ...bounds, top: theme.narrow ? '74%' : '71%', bottom: 28 },
      ],
      tooltip: {
        ...(frame(theme)['tooltip'] as object),
        trigger: 'axis',
        formatter: (marks: { dataIndex: number }[]) => {
          const n = marks[0]?.dataIndex ?? 0;
          const [one, step] = [values[n] ?? null, ranges[n] ?? null];
          return [
            dates[n] ?? '',
            one === null ? 'no value' : `${figure(one)}${chart.unit === 'seconds' || chart.unit === 'share' ? '' : ` ${unit.name}`}`,
            ...(step === null ? [] : [`step ${figure(step)}`]),
            ...(broken.get(n) ?? []).map(ruleLabel),
          ].join('\n');
        },
      },
      xAxis: [
        { ...axis, gridIndex: 0, axisLabel: { show: false } },
        { ...axis, gridIndex: 1 },
      ],
      yAxis: [
        { ...value, ...upperAxis, gridIndex: 0, name: unit.name, nameTextStyle: { ...(style['nameTextStyle'] as object), align: 'left' } },
        { ...value, ...lowerAxis, gridIndex: 1, name: 'step from the one before', nameTextStyle: { ...(style['nameTextStyle'] as object), align: 'left' } },
      ],
      series: [
        {
          type: 'line',
          data: values.map(scaled),
          symbol: 'circle',
          symbolSize: dates.length > 120 ? 3 : 6,
          showAllSymbol: true,
          connectNulls: false,
          lineStyle: { width: 1.5, color: theme.series[0] },
          itemStyle: { color: theme.series[0] },
          markLine: {
            silent: true,
            symbol: 'none',
            data: [
              line(chart.upper, 'dashed', 'upper'),
              line(chart.centre, 'solid', limits, true, apart(chart.upper, chart.centre, upperAxis, UPPER_GAP)),
              ...(chart.lower === 0 ? [] : [line(chart.lower, 'dashed', 'lower', false, apart(chart.centre, chart.lower, upperAxis, UPPER_GAP))]),
            ],
          },
        },
        ...RULES.map(({ rule, label, symbol, size }) => ({
          name: label,
          type: 'scatter',
          data: points(rule),
          symbol,
          symbolSize: dates.length > MANY ? 0.6 * size : size,
          z: 4,
          itemStyle: { color: theme.series[1], borderColor: theme.surface, borderWidth: 1 },
        })),
        {
          type: 'line',
          xAxisIndex: 1,
          yAxisIndex: 1,
          data: ranges.map((step) => {
            const beyond = step !== null && step > chart.range_limit;
            return {
              value: scaled(step),
              ...(beyond ? { symbol: 'triangle', symbolSize: 11, itemStyle: { color: theme.series[1] } } : {}),
            };
          }),
          symbol: 'circle',
          symbolSize: dates.length > 120 ? 2 : 4,
          showAllSymbol: true,
          lineStyle: { width: 1.2, color: theme.series[0] },
          itemStyle: { color: theme.series[0] },
          markLine: {
            silent: true,
            symbol: 'none',
            data: [line(chart.range_limit, 'dashed', 'limit'), line(chart.moving_range, 'solid', limits, true, apart(chart.range_limit, chart.moving_range, lowerAxis, LOWER_GAP))],
          },
        },
      ],
    },
  };
}

/** Steps from the value before; periods without one are passed over, as in the core. */
function movingRanges(values: (number | null)[]): (number | null)[] {
  let before: number | null = null;
  return values.map((value) => {
    const step = value === null || before === null ? null : Math.abs(value - before);
    before = value ?? before;
    return step;
  });
}

/** Rules that each point breaks, the surest first. */
function signalsAt(chart: BehaviourChart): Map<number, string[]> {
  const at = new Map<number, string[]>();
  for (const { rule } of RULES) {
    for (const signal of chart.signals) {
      if (signal.rule !== rule) continue;
      for (const point of signal.points) {
        const known = at.get(point) ?? [];
        if (!known.includes(rule)) at.set(point, [...known, rule]);
      }
    }
  }
  return at;
}

const ruleLabel = (rule: string): string => RULES.find((one) => one.rule === rule)?.label ?? rule;

/** The unit of the axis: of times the largest of which the upper limit has two. Counted hours make no days. */
function unitOf(chart: BehaviourChart, clock: ClockKind | undefined): { name: string; seconds: number } {
  if (chart.unit === 'share') return { name: '%', seconds: 0.01 };
  if (chart.unit !== 'seconds') return { name: chart.unit, seconds: 1 };
  if (chart.upper >= 2 * DAY && clock !== 'business') return { name: 'days', seconds: DAY };
  return chart.upper >= 2 * HOUR ? { name: 'hours', seconds: HOUR } : { name: 'minutes', seconds: MINUTE };
}

interface Axis {
  min: number;
  max: number;
  interval: number;
}

/** An axis in round steps, with room beyond the outermost line: else the axis would lie on it. */
export function rounded(bottom: number, top: number, steps: number): Axis {
  const rough = Math.max(top - bottom, 1e-9) / steps;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const interval = ([1, 2, 2.5, 5].find((step) => step * unit >= rough) ?? 10) * unit;
  return { min: Math.floor((bottom * 1.04) / interval) * interval, max: Math.ceil((top * 1.04) / interval) * interval, interval };
}

export function figureOf(chart: BehaviourChart, clock: ClockKind | undefined): Say {
  if (chart.unit === 'share') return percent;
  const number: Say = (value) => (Math.abs(value) < 100 ? decimal(value) : count(Math.round(value)));
  return chart.unit === 'seconds' ? timeOn(clock) : number;
}

const sentenceOf = (text: string): string => (text === '' || /[.!?]$/.test(text) ? text : `${text}.`);

const summary = (chart: BehaviourChart, limits: string): string =>
  `${sentenceOf(chart.sentence)} Limits are taken from the ${limits}.`;

function table(
  chart: BehaviourChart,
  values: (number | null)[],
  ranges: (number | null)[],
  broken: Map<number, string[]>,
  figure: Say,
): Table {
  const known = (value: number | null, otherwise: string): Cell =>
    value === null ? cell(otherwise, null) : cell(figure(value), value);
  return {
    caption: `${chart.label}, by period`,
    columns: [
      { label: 'From' },
      { label: 'Value', numeric: true },
      { label: 'Step from the one before', numeric: true },
      { label: 'Stands out' },
    ],
    rows: chart.dates.map((day, n): Cell[] => [
      cell(date(day), Date.parse(day)),
      known(values[n] ?? null, 'none'),
      known(ranges[n] ?? null, ''),
      cell((broken.get(n) ?? []).map(ruleLabel).join('; ')),
    ]),
  };
}

function limitTable(chart: BehaviourChart, limits: string, figure: Say): Table {
  return {
    caption: `Limits, from the ${limits} of ${plural(chart.n, 'point')}`,
    columns: [{ label: 'What' }, { label: 'Value', numeric: true }],
    rows: [
      ['Upper limit', chart.upper] as const,
      ['Centre', chart.centre] as const,
      ['Lower limit', chart.lower] as const,
      ['Moving range', chart.moving_range] as const,
      ['Limit of steps', chart.range_limit] as const,
    ].map(([label, value]) => [cell(label), cell(figure(value), value)]),
  };
}
