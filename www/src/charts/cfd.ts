/** Cumulative flow: nested areas that never fall, with the times shaded in which tickets had gone back. */

import type { Cfd, Correction, Report } from '../engine/types.js';
import type { Cell, ChartTheme, Table, View } from './chart.js';
import { axisStyle, cell, empty, frame, missing } from './chart.js';
import { count, date, plural } from './format.js';

/** How far back: all days, or the last ones alone. */
export type CfdRange = 'all' | '90 days' | '30 days';

export interface CfdOptions {
  range?: CfdRange;
}

const DAYS: Record<CfdRange, number> = { all: Infinity, '90 days': 90, '30 days': 30 };
/** Names nearer than this share of the picture would cover each other. */
const NAME_GAP = 0.09;
const NAME_GAP_NARROW = 0.25;
/** A time longer than this share of the picture is marked above it only: shading it all would tell nothing. */
const LONG = 0.35;
/** Height of the marks above the areas. */
const STRIP = 16;
/** Height of a row of the legend, and the most of them: with more it turns pages. */
const ROW = 24;
const MOST_ROWS = 4;

/** Patterns that neighbours never share: told apart without colour too. */
const DECALS: (Record<string, unknown> | null)[] = [
  null,
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 6], rotation: -Math.PI / 4 },
  { symbol: 'circle', symbolSize: 0.6, dashArrayX: [[7, 7], [0, 7, 7, 0]], dashArrayY: [7, 0] },
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 6], rotation: Math.PI / 4 },
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [1, 5], rotation: 0 },
];

/** A name for the first and last stage, which are no state of the file. */
const stageName = (key: string): string => key.replace(/^./, (c) => c.toUpperCase());

export function cfd(report: Report, theme: ChartTheme, options: CfdOptions = {}): View {
  const part = report.cfd;
  if (!part) return missing(report, 'cfd');
  if (part.dates.length === 0 || part.stages.length === 0) {
    return empty('No day lies in this selection.', 'Widen the filter, or export a longer period.');
  }
  const from = Math.max(0, part.dates.length - DAYS[options.range ?? 'all']);
  const dates = part.dates.slice(from);
  const reached = part.stages.map((stage) => stage.reached.slice(from));
  // What was finished before the first day drawn says nothing: the picture begins there.
  const floor = from > 0 ? floorOf(reached.at(-1)?.[0] ?? 0) : 0;
  const style = axisStyle(theme);
  const inStage = (stage: number, day: number): number => (reached[stage]?.[day] ?? 0) - (reached[stage + 1]?.[day] ?? 0);
  const corrections = shown(part.corrections, dates);
  const rows = legendRows(part.stages.map(({ key }) => key), theme.narrow);
  const strip = 12 + ROW * (rows > MOST_ROWS ? 1 : rows);
  // Drawn from the bottom up, each on top of the later one: the areas stack to the edges.
  const order = part.stages.map((_, stage) => stage).reverse();
  return {
    kind: 'drawing',
    marks: dates.length * part.stages.length,
    summary: summary(part, from > 0 ? floor : null),
    table: dayTable(part),
    further: part.corrections.length > 0 ? [correctionTable(part.corrections)] : [],
    option: {
      ...frame(theme),
      aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
      legend: {
        type: rows > MOST_ROWS ? 'scroll' : 'plain',
        top: 0,
        left: 0,
        right: 8,
        icon: 'rect',
        itemWidth: 22,
        itemHeight: 14,
        itemGap: 14,
        pageIconColor: theme.text,
        pageIconInactiveColor: theme.line,
        pageTextStyle: { color: theme.text },
        textStyle: { color: theme.text, fontSize: 12, width: theme.narrow ? 110 : 180, overflow: 'truncate' },
        data: part.stages.map(({ key }) => stageName(key)),
      },
      grid: { ...(frame(theme)['grid'] as object), top: strip + (corrections.length > 0 ? STRIP : 0) + 4, right: 44 },
      tooltip: {
        ...(frame(theme)['tooltip'] as object),
        trigger: 'axis',
        formatter: (marks: { dataIndex: number }[]) => {
          const day = marks[0]?.dataIndex ?? 0;
          const back = part.moved_back[from + day] ?? 0;
          return [
            date(dates[day] ?? ''),
            ...part.stages.map(({ key }, stage) => `${stageName(key)}: ${count(inStage(stage, day))}`),
            ...(back > 0 ? [`${plural(back, 'ticket')} had gone back`] : []),
          ].join('\n');
        },
      },
      xAxis: { type: 'category', boundaryGap: false, data: dates.map(date), ...style, splitLine: { show: false } },
      yAxis: {
        type: 'value',
        min: floor,
        minInterval: 1,
        ...style,
        axisLabel: { ...(style['axisLabel'] as object), formatter: (value: number) => count(value) },
      },
      series: order.map((stage, n) => ({
        name: stageName(part.stages[stage]?.key ?? ''),
        type: 'line',
        stack: 'stages',
        step: 'end',
        showSymbol: false,
        data: dates.map((_, day) => inStage(stage, day)),
        lineStyle: { width: 1, color: theme.text, opacity: 0.55 },
        ...lookOf(stage, part.stages.length, theme),
        emphasis: { disabled: true },
        ...(n === order.length - 1 ? { markArea: windows(corrections, dates.length, strip, theme) } : {}),
      })),
    },
  };
}

/** A round figure below: the axis begins there. */
function floorOf(finished: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, finished))) - 1);
  return Math.floor(finished / step) * step;
}

/** How many rows the names will take, by about how wide each is. */
function legendRows(names: string[], narrow: boolean): number {
  const room = narrow ? 310 : 1000;
  let [rows, used] = [1, 0];
  for (const { length } of names) {
    const width = 46 + Math.min(narrow ? 110 : 180, 7 * length);
    if (used > 0 && used + width > room) [rows, used] = [rows + 1, 0];
    used += width;
  }
  return rows;
}

/** What is finished stays in the background. */
function lookOf(stage: number, stages: number, theme: ChartTheme): Record<string, unknown> {
  const last = stage === stages - 1;
  const color = last ? theme.muted : theme.series[stage % theme.series.length];
  const decal = last ? null : (DECALS[stage % DECALS.length] ?? null);
  return {
    itemStyle: { color, decal: decal ? { ...decal, color: theme.surface, symbolKeepAspect: true } : { symbol: 'none' } },
    areaStyle: { color, opacity: last ? 0.25 : 0.7 },
  };
}

interface Window {
  from: number;
  to: number;
  tickets: number;
}

/** Corrections by their position among the dates drawn, those of most tickets first. */
function shown(corrections: Correction[], dates: string[]): Window[] {
  const [first, last] = [dates[0] ?? '', dates.at(-1) ?? ''];
  return corrections
    .filter(({ from, to }) => to >= first && from <= last)
    .map(({ from, to, tickets }) => {
      const start = dates.findIndex((day) => day >= from);
      const end = dates.findLastIndex((day) => day <= to);
      return { from: Math.max(0, start), to: Math.max(start, end), tickets };
    })
    .sort((a, b) => b.tickets - a.tickets || a.from - b.from);
}

/** Each a strip above the areas, with its number where there is room, and a shade through them where it is short. */
function windows(list: Window[], days: number, top: number, theme: ChartTheme): Record<string, unknown> {
  const gap = days * (theme.narrow ? NAME_GAP_NARROW : NAME_GAP);
  const named: number[] = [];
  // A day's step reaches to the next one.
  const endOf = (to: number): number => Math.min(to + 1, days - 1);
  const strips = list.map(({ from, to, tickets }) => {
    const middle = (from + to) / 2;
    const show = named.every((other) => Math.abs(other - middle) >= gap);
    if (show) named.push(middle);
    return [
      {
        xAxis: from,
        y: top,
        name: `${count(tickets)} back`,
        itemStyle: { color: theme.text, opacity: 0.22 },
        label: { show, position: 'inside', color: theme.text, fontSize: 11, backgroundColor: theme.surface, padding: [1, 5], borderRadius: 4 },
      },
      { xAxis: endOf(to), y: top + STRIP },
    ];
  });
  const shades = list
    .filter(({ from, to }) => to - from + 1 <= days * LONG)
    .map(({ from, to }) => [{ xAxis: from, itemStyle: { color: theme.text, opacity: 0.12 }, label: { show: false } }, { xAxis: endOf(to) }]);
  return { silent: true, data: [...shades, ...strips] };
}

function summary(part: Cfd, floor: number | null): string {
  const last = part.dates.length - 1;
  const now = part.stages
    .map(({ key, reached }, stage) => ({ key, now: (reached[last] ?? 0) - (part.stages[stage + 1]?.reached[last] ?? 0) }))
    .slice(0, -1);
  const largest = now.reduce<(typeof now)[number] | null>((most, one) => (one.now > (most?.now ?? 0) ? one : most), null);
  const first = part.stages[0]?.reached[last] ?? 0;
  const finished = part.stages.at(-1)?.reached[last] ?? 0;
  const widest = largest ? `, most of the others in ${stageName(largest.key)} (${count(largest.now)})` : '';
  const cut = floor === null || floor === 0 ? '' : ` The scale begins at ${count(floor)}: so many were finished before.`;
  const most = part.corrections.reduce((high, { tickets }) => Math.max(high, tickets), 0);
  const back =
    part.corrections.length > 0
      ? ` Marked: ${plural(part.corrections.length, 'time')} in which tickets had gone back, at most ${count(most)} at once.`
      : '';
  const out = part.excluded > 0 ? ` ${plural(part.excluded, 'cancelled ticket')} left out.` : '';
  return `${count(first)} opened, ${count(finished)} finished${widest}.${back}${out}${cut}`;
}

function dayTable(part: Cfd): Table {
  return {
    caption: 'Tickets that had come at least as far as each stage, by the end of the day',
    columns: [
      { label: 'Date' },
      ...part.stages.map(({ key }) => ({ label: stageName(key), numeric: true })),
      { label: 'Gone back', numeric: true },
    ],
    rows: part.dates.map((day, n): Cell[] => [
      cell(date(day), Date.parse(day)),
      ...part.stages.map(({ reached }) => cell(count(reached[n] ?? 0), reached[n] ?? 0)),
      cell(count(part.moved_back[n] ?? 0), part.moved_back[n] ?? 0),
    ]),
  };
}

function correctionTable(corrections: Correction[]): Table {
  return {
    caption: 'Times in which tickets stood in an earlier stage than they had reached',
    columns: [{ label: 'From' }, { label: 'To' }, { label: 'Tickets at most', numeric: true }],
    rows: corrections.map(({ from, to, tickets }) => [
      cell(date(from), Date.parse(from)),
      cell(date(to), Date.parse(to)),
      cell(count(tickets), tickets),
    ]),
  };
}
