/** Lead time of each finished ticket on the day it finished, with percentile lines. */

import type { Report, TimeMetric } from '../engine/types.js';
import type { Cell, ChartTheme, Table, View } from './chart.js';
import { axisStyle, cell, empty, frame, missing } from './chart.js';
import { count, dateTime, plural, timeOn, wallClock } from './format.js';
import type { Scale } from './time-axis.js';
import { LOG_FLOOR, durationAxis, labelRoom, percentileLines, toAxis } from './time-axis.js';

/** The table lists the longest tickets: those are the ones worth opening. */
const TABLE_ROWS = 50;
/** More dots than this are drawn in one stroke. */
const LARGE = 2000;

export interface ScatterOptions {
  scale?: Scale;
}

export function leadTimeScatter(report: Report, theme: ChartTheme, options: ScatterOptions = {}): View {
  const metric = report.lead_time;
  if (!metric) return missing(report, 'lead_time');
  if (metric.n === 0) {
    return empty('No ticket in this selection is finished.', 'Widen the filter, or export a longer period.');
  }
  const scale = options.scale ?? 'log';
  const say = timeOn(metric.clock);
  const { points } = metric;
  const data = points
    ? points.at.map((at, n) => [wallClock(at, report.zone), toAxis(points.seconds[n] ?? 0, scale)])
    : [];
  const style = axisStyle(theme);
  return {
    kind: 'drawing',
    marks: data.length,
    summary: summary(metric, scale),
    table: table(metric, report.zone),
    option: {
      ...frame(theme),
      grid: { ...(frame(theme)['grid'] as object), right: labelRoom(theme) },
      tooltip: {
        ...(frame(theme)['tooltip'] as object),
        trigger: 'item',
        formatter: (mark: { dataIndex: number }) => {
          const n = mark.dataIndex;
          const id = points?.id?.[n] ?? `Ticket ${(points?.ticket[n] ?? 0) + 1}`;
          return `${id}\n${say(points?.seconds[n] ?? 0)}, finished ${dateTime(points?.at[n] ?? 0, report.zone)}`;
        },
      },
      xAxis: points
        ? {
            type: 'time',
            ...style,
            splitLine: { show: false },
            axisLabel: { ...(style['axisLabel'] as object), formatter: { year: '{yyyy}', month: '{MMM}', day: '{d} {MMM}' } },
          }
        : { type: 'value', min: 0, max: 1, show: false },
      yAxis: durationAxis(theme, scale, metric.min_seconds, metric.max_seconds, say),
      series: [
        {
          type: 'scatter',
          data,
          symbol: 'circle',
          symbolSize: data.length > 1500 ? 5 : 7,
          cursor: 'pointer',
          large: data.length > LARGE,
          largeThreshold: LARGE,
          progressive: 0,
          itemStyle: { color: theme.series[0], opacity: data.length > 1500 ? 0.5 : 0.65 },
          emphasis: { itemStyle: { opacity: 1, borderColor: theme.text, borderWidth: 1 } },
          markLine: percentileLines(theme, scale, metric.percentiles, metric.max_seconds, say),
        },
      ],
    },
    ticketAt: ({ dataIndex }) => points?.ticket[dataIndex] ?? null,
  };
}

function summary(metric: TimeMetric, scale: Scale): string {
  const say = timeOn(metric.clock);
  const lines = metric.percentiles.map(({ p, seconds }) => `${p} % within ${say(seconds)}`).join(', ');
  const sentences = [`Of ${plural(metric.n, 'finished ticket')}, ${lines}. The longest took ${say(metric.max_seconds)}.`];
  const { points } = metric;
  if (!points) sentences.push('Single tickets are not in this report; the lines are.');
  else if (points.total > points.at.length) {
    sentences.push(`${count(points.at.length)} of ${count(points.total)} are drawn (${points.rule}).`);
  }
  if (scale === 'log' && metric.min_seconds < LOG_FLOOR) {
    sentences.push('Times under a minute are drawn at one minute.');
  }
  return sentences.join(' ');
}

function table(metric: TimeMetric, zone: string): Table {
  const { points } = metric;
  if (!points) return percentileTable(metric);
  const say = timeOn(metric.clock);
  const longest = points.seconds
    .map((seconds, n) => ({ seconds, n }))
    .sort((a, b) => b.seconds - a.seconds || a.n - b.n)
    .slice(0, TABLE_ROWS);
  const rows = longest.map(({ seconds, n }): Cell[] => {
    const ticket = points.ticket[n] ?? 0;
    return [
      { text: points.id?.[n] ?? `Ticket ${ticket + 1}`, ticket },
      cell(dateTime(points.at[n] ?? 0, zone), points.at[n] ?? null),
      cell(say(seconds), seconds),
    ];
  });
  return {
    caption: `The ${count(rows.length)} longest of the tickets drawn`,
    columns: [{ label: 'Ticket' }, { label: 'Finished', numeric: true }, { label: 'Lead time', numeric: true }],
    rows,
  };
}

export function percentileTable(metric: TimeMetric): Table {
  const say = timeOn(metric.clock);
  return {
    caption: 'Percentiles of lead time, with the range that holds the true value in 95 of 100 cases',
    columns: [
      { label: 'Percentile', numeric: true },
      { label: 'Value', numeric: true },
      { label: 'From', numeric: true },
      { label: 'To', numeric: true },
    ],
    rows: metric.percentiles.map((p) => [
      cell(`${p.p} %`, p.p),
      cell(say(p.seconds), p.seconds),
      p.lower_seconds === undefined ? cell('too few tickets', null) : cell(say(p.lower_seconds), p.lower_seconds),
      p.upper_seconds === undefined ? cell('too few tickets', null) : cell(say(p.upper_seconds), p.upper_seconds),
    ]),
  };
}
