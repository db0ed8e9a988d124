/** Age of each open ticket, by state, against the percentiles of finished ones. */

import type { Ageing, Points, Report } from '../engine/types.js';
import type { Cell, ChartTheme, Table, View } from './chart.js';
import { axisStyle, cell, empty, frame, missing } from './chart.js';
import type { Say } from './format.js';
import { count, plural, timeOn } from './format.js';
import type { Scale } from './time-axis.js';
import { durationAxis, labelRoom, percentileLines, toAxis } from './time-axis.js';

const TABLE_ROWS = 50;
/** More marks than this are drawn in one stroke. */
const LARGE = 2000;
const NO_STATE = 'Open';

export interface AgeingOptions {
  scale?: Scale;
  /** States to begin with, in this order; the rest follows. */
  states?: string[];
}

export function ageing(report: Report, theme: ChartTheme, options: AgeingOptions = {}): View {
  const part = report.ageing;
  if (!part) return missing(report, 'ageing');
  if (part.n === 0) {
    return empty('No ticket in this selection is open.', 'That may be right; or the export holds finished tickets only.');
  }
  const scale = options.scale ?? 'log';
  const say = timeOn(report.query.clock);
  const items = part.items ?? null;
  const states = columnsOf(part, items, options.states ?? []);
  const ages = items?.seconds ?? [];
  const lines = part.older_than.map((line) => line.seconds);
  const least = [...lines, ...ages].reduce((low, value) => Math.min(low, value), part.max_seconds);
  const highest = Math.max(part.max_seconds, ...lines);
  const style = axisStyle(theme);
  const data = ages.map((age, n) => [
    Math.max(0, states.indexOf(items?.state?.[n] ?? NO_STATE)) + jitter(items?.ticket[n] ?? n),
    toAxis(age, scale),
  ]);
  return {
    kind: 'drawing',
    marks: data.length,
    summary: summary(part, items, say),
    table: items ? itemTable(items, say) : stateTable(part, say),
    option: {
      ...frame(theme),
      grid: { ...(frame(theme)['grid'] as object), right: labelRoom(theme) },
      tooltip: {
        ...(frame(theme)['tooltip'] as object),
        trigger: 'item',
        formatter: (mark: { dataIndex: number }) => {
          const n = mark.dataIndex;
          return `${nameOf(items, n)}\n${items?.state?.[n] ?? NO_STATE}, ${say(items?.seconds[n] ?? 0)} old`;
        },
      },
      xAxis: {
        type: 'value',
        min: -0.5,
        max: states.length - 0.5,
        ...style,
        splitLine: { show: false },
        axisLine: { ...(style['axisLine'] as object), onZero: false },
        axisTick: { show: false, customValues: states.map((_, n) => n) },
        axisLabel: {
          ...(style['axisLabel'] as object),
          customValues: states.map((_, n) => n),
          rotate: states.length > 3 ? 30 : 0,
          // Each state keeps its name, however many there are.
          hideOverlap: false,
          width: 110,
          overflow: 'truncate',
          formatter: (value: number) => states[Math.round(value)] ?? '',
        },
      },
      yAxis: durationAxis(theme, scale, least, highest, say),
      series: [
        {
          type: 'scatter',
          data,
          symbol: 'triangle',
          symbolSize: 9,
          cursor: 'pointer',
          large: data.length > LARGE,
          largeThreshold: LARGE,
          progressive: 0,
          itemStyle: { color: theme.series[0], opacity: 0.65 },
          emphasis: { itemStyle: { opacity: 1, borderColor: theme.text, borderWidth: 1 } },
          markLine: percentileLines(theme, scale, part.older_than, highest, say),
        },
      ],
    },
    ticketAt: ({ dataIndex }) => items?.ticket[dataIndex] ?? null,
  };
}

/** States in the order of the report, most tickets first, then those that only single tickets name. */
export function columnsOf(part: Ageing, items: Points | null, first: string[]): string[] {
  const states = new Set([...first, ...part.by_state.map((row) => row.state)]);
  for (const state of items?.state ?? []) states.add(state);
  return states.size > 0 ? [...states] : [NO_STATE];
}

/** Spreads dots sideways so that they do not hide each other; the same ticket always lands on the same spot. */
function jitter(ticket: number): number {
  return (((ticket * 2_654_435_761) % 4096) / 4096 - 0.5) * 0.6;
}

function nameOf(items: Points | null, n: number): string {
  return items?.id?.[n] ?? `Ticket ${(items?.ticket[n] ?? 0) + 1}`;
}

function summary(part: Ageing, items: Points | null, say: Say): string {
  const top = part.older_than.findLast(({ p }) => p <= 85) ?? part.older_than[0];
  const older = top ? `${count(top.count)} of them older than ${top.p} % of the finished ones ever took` : '';
  const drawn =
    items && items.total > items.seconds.length
      ? ` ${count(items.seconds.length)} of ${count(items.total)} are drawn (${items.rule}).`
      : '';
  return `${plural(part.n, 'ticket')} open, the oldest for ${say(part.max_seconds)}${older ? `; ${older}` : ''}.${drawn}`;
}

function itemTable(items: Points, say: Say): Table {
  const rows = items.seconds
    .map((seconds, n) => ({ seconds, n }))
    .sort((a, b) => b.seconds - a.seconds || a.n - b.n)
    .slice(0, TABLE_ROWS)
    .map(({ seconds, n }): Cell[] => [
      { text: nameOf(items, n), ticket: items.ticket[n] ?? 0 },
      cell(items.state?.[n] ?? NO_STATE),
      cell(say(seconds), seconds),
    ]);
  return {
    caption: `The ${count(rows.length)} oldest open tickets`,
    columns: [{ label: 'Ticket' }, { label: 'State' }, { label: 'Age', numeric: true }],
    rows,
  };
}

function stateTable(part: Ageing, say: Say): Table {
  return {
    caption: 'Open tickets by state',
    columns: [{ label: 'State' }, { label: 'Tickets', numeric: true }, { label: 'Median age', numeric: true }],
    rows: part.by_state.map((row) => [
      cell(row.state),
      cell(count(row.n), row.n),
      cell(say(row.median_seconds), row.median_seconds),
    ]),
  };
}
