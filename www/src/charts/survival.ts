/** How long tickets take when those that are still open count too, against finished ones alone. */

import type { Report, Survival, SurvivalPercentile, SurvivalStep } from '../engine/types.js';
import type { Cell, ChartTheme, Table, View } from './chart.js';
import { axisStyle, cell, empty, frame, missing } from './chart.js';
import type { Say } from './format.js';
import { count, percent, plural, timeOn } from './format.js';
import type { Scale } from './time-axis.js';
import { durationAxis, labelRoom, toAxis } from './time-axis.js';

export interface SurvivalOptions {
  scale?: Scale;
}

/** What a custom series is given to draw with. */
interface Api {
  coord: (value: [number, number]) => [number, number];
}

export function survival(report: Report, theme: ChartTheme, options: SurvivalOptions = {}): View {
  const part = report.survival;
  if (!part) return missing(report, 'survival');
  const { curve } = part;
  const [first, last] = [curve[0], curve.at(-1)];
  if (!first || !last) {
    return empty('No ticket in this selection was finished.', 'Widen the filter, or export a longer period.');
  }
  const scale = options.scale ?? 'log';
  const say = timeOn(part.clock);
  const finished = new Map((report.lead_time?.percentiles ?? []).map(({ p, seconds }) => [p, seconds]));
  const reached = part.percentiles.flatMap(({ p, seconds }) => (seconds === undefined ? [] : [{ p, seconds }]));
  const alone = part.percentiles.flatMap(({ p }) => {
    const seconds = finished.get(p);
    return seconds === undefined ? [] : [{ p, seconds }];
  });
  const axis = durationAxis(theme, scale, first.seconds, last.seconds, say);
  const start = scale === 'log' ? (axis['min'] as number) : 0;
  const style = axisStyle(theme);
  const at = ({ p, seconds }: { p: number; seconds: number }): [number, number] => [toAxis(seconds, scale), 1 - p / 100];
  return {
    kind: 'drawing',
    marks: curve.length + reached.length + alone.length,
    summary: summary(part, finished),
    table: percentileTable(part, finished),
    further: [curveTable(curve, say)],
    option: {
      ...frame(theme),
      grid: { ...(frame(theme)['grid'] as object), top: 58, left: 8, bottom: 28, right: labelRoom(theme) },
      legend: {
        top: 0,
        left: 0,
        itemWidth: 18,
        itemGap: 16,
        textStyle: { color: theme.text, fontSize: 12 },
        data: ['Open ones counted', ...(alone.length > 0 ? ['Finished ones alone'] : [])],
      },
      tooltip: {
        ...(frame(theme)['tooltip'] as object),
        trigger: 'axis',
        formatter: (list: { seriesIndex: number; dataIndex: number }[]) => {
          // The curve begins with a point of its own, at which nothing is done yet.
          const step = curve[(list.find(({ seriesIndex }) => seriesIndex === 0)?.dataIndex ?? 0) - 1];
          if (!step) return '';
          const range = `${percent(step.lower)} to ${percent(step.upper)}`;
          return `after ${say(step.seconds)}\n${percent(step.survival)} not done yet (${range})\n${plural(step.at_risk, 'ticket')} still there`;
        },
      },
      xAxis: {
        ...axis,
        ...(scale === 'linear' ? { max: last.seconds / 86_400 } : {}),
        axisLine: style['axisLine'],
        splitLine: { show: false },
        name: 'since opened',
        nameLocation: 'middle',
        nameGap: 28,
      },
      yAxis: {
        type: 'value',
        min: 0,
        max: 1,
        name: 'not done yet',
        ...style,
        nameTextStyle: { ...(style['nameTextStyle'] as object), align: 'left' },
        axisLabel: { ...(style['axisLabel'] as object), formatter: (share: number) => `${Math.round(share * 100)} %` },
      },
      series: [
        {
          type: 'line',
          step: 'end',
          showSymbol: false,
          data: [[start, 1], ...curve.map(({ seconds, survival: share }) => [toAxis(seconds, scale), share])],
          lineStyle: { width: 2, color: theme.series[0] },
          itemStyle: { color: theme.series[0] },
        },
        {
          type: 'custom',
          silent: true,
          z: 1,
          data: [[start, 1]],
          clip: true,
          renderItem: (_: unknown, api: Api) => ({
            type: 'polygon',
            silent: true,
            shape: { points: bandOf(curve, start, scale).map((point) => api.coord(point)) },
            style: { fill: theme.series[0], opacity: 0.16 },
          }),
        },
        {
          name: 'Open ones counted',
          type: 'scatter',
          symbol: 'diamond',
          symbolSize: 13,
          z: 4,
          data: reached.map(at),
          itemStyle: { color: theme.series[0], borderColor: theme.surface, borderWidth: 1 },
          label: {
            show: true,
            position: 'right',
            // Above the curve, which only falls.
            offset: [0, -9],
            color: theme.text,
            fontSize: 12,
            formatter: ({ dataIndex }: { dataIndex: number }) => {
              const one = reached[dataIndex];
              return one ? (theme.narrow ? `${one.p} %` : `${one.p} %: ${say(one.seconds)}`) : '';
            },
          },
        },
        {
          name: 'Finished ones alone',
          type: 'scatter',
          symbol: 'circle',
          symbolSize: 15,
          z: 3,
          data: alone.map(at),
          itemStyle: { color: theme.surface, borderColor: theme.series[1], borderWidth: 2 },
        },
      ],
    },
  };
}

/** The outline of the band: along the upper bounds and back along the lower ones, in the curve's own steps. */
function bandOf(curve: SurvivalStep[], start: number, scale: Scale): [number, number][] {
  const edge = (bound: 'upper' | 'lower'): [number, number][] => {
    let level = 1;
    const points: [number, number][] = [[start, 1]];
    for (const step of curve) {
      const x = toAxis(step.seconds, scale);
      points.push([x, level], [x, step[bound]]);
      level = step[bound];
    }
    return points;
  };
  return [...edge('upper'), ...edge('lower').reverse()];
}

const within = ({ seconds, at_least_seconds: least }: SurvivalPercentile, say: Say): string =>
  seconds !== undefined ? say(seconds) : least !== undefined ? `at least ${say(least)}` : 'not known';

function summary(part: Survival, finished: Map<number, number>): string {
  const say = timeOn(part.clock);
  const high = part.percentiles.findLast(({ p }) => p <= 85) ?? part.percentiles[0];
  const alone = high ? finished.get(high.p) : undefined;
  const against = alone === undefined ? '' : `; finished ones alone say ${say(alone)}`;
  const answer = high
    ? high.seconds === undefined
      ? `With open tickets counted, it is not known when ${high.p} % are done${high.at_least_seconds === undefined ? '' : `, but not before ${say(high.at_least_seconds)}`}${against}.`
      : `With open tickets counted, ${high.p} % are done within ${within(high, say)}${against}.`
    : '';
  return `${answer} ${plural(part.finished, 'ticket')} finished, ${part.censored > 0 ? `${count(part.censored)} not done as far as they were seen` : 'none was left open'}. ${part.why}`.trim();
}

function percentileTable(part: Survival, finished: Map<number, number>): Table {
  const say = timeOn(part.clock);
  return {
    caption: 'Time within which so many of 100 tickets are done, open ones counted, with 95 % intervals',
    columns: [
      { label: 'Percentile', numeric: true },
      { label: 'Open ones counted', numeric: true },
      { label: 'From', numeric: true },
      { label: 'To', numeric: true },
      { label: 'Finished ones alone', numeric: true },
    ],
    rows: part.percentiles.map((one): Cell[] => {
      const alone = finished.get(one.p);
      return [
        cell(`${one.p} %`, one.p),
        cell(within(one, say), one.seconds ?? one.at_least_seconds ?? null),
        one.lower_seconds === undefined ? cell('not known', null) : cell(say(one.lower_seconds), one.lower_seconds),
        one.upper_seconds === undefined ? cell('no limit', null) : cell(say(one.upper_seconds), one.upper_seconds),
        alone === undefined ? cell('not known', null) : cell(say(alone), alone),
      ];
    }),
  };
}

function curveTable(curve: SurvivalStep[], say: Say): Table {
  return {
    caption: 'The curve, step by step',
    columns: [
      { label: 'Since opened', numeric: true },
      { label: 'Not done yet', numeric: true },
      { label: 'From', numeric: true },
      { label: 'To', numeric: true },
      { label: 'Tickets still there', numeric: true },
    ],
    rows: curve.map((step) => [
      cell(say(step.seconds), step.seconds),
      cell(percent(step.survival), step.survival),
      cell(percent(step.lower), step.lower),
      cell(percent(step.upper), step.upper),
      cell(count(step.at_risk), step.at_risk),
    ]),
  };
}
