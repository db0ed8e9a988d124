/** Two selections on the same axes: how many tickets took how long on each side, and every figure with its difference. */

import type { Bin, ClockKind, ComparedSide, Comparison, Difference, FigureInfo, Report } from '../engine/types.js';
import { figureWords } from './breakdown.js';
import type { ChartTheme, Table, View } from './chart.js';
import { axisStyle, cell, empty, frame, missing } from './chart.js';
import { count, decimal, percent, plural, timeOn } from './format.js';

/** Percentiles that are marked on the axis: the middle, and what a promise rests on. */
const MARKED = [50, 85];

export function comparison(report: Report, theme: ChartTheme): View {
  const part = report.comparison;
  if (!part) return missing(report, 'comparison');
  const { bins } = part;
  const last = bins.at(-1);
  if (!last || part.this.finished + part.other.finished === 0) {
    return empty('Neither side has a finished ticket.', 'Widen one of them, or export a longer period.');
  }
  const style = axisStyle(theme);
  const say = timeOn(report.query.clock);
  const shares = [part.this, part.other].map((side) => sharesOf(side));
  return {
    kind: 'drawing',
    marks: 2 * bins.length,
    summary: part.sentence,
    table: histogramTable(part, shares, say),
    option: {
      ...frame(theme),
      legend: { top: 0, left: 8, itemStyle: { opacity: 0 }, itemWidth: 34, textStyle: { color: theme.text, fontSize: 13 }, data: [nameOf(part.this, 0), nameOf(part.other, 1)] },
      tooltip: {
        ...(frame(theme)['tooltip'] as object),
        trigger: 'axis',
        formatter: (marks: { dataIndex: number }[]) => {
          const at = marks[0]?.dataIndex ?? 0;
          const bin = bins[at];
          if (!bin) return '';
          const line = (side: ComparedSide, n: number): string =>
            `${nameOf(side, n)}: ${plural(side.counts[at] ?? 0, 'ticket')}, ${percent(shares[n]?.[at] ?? 0)}`;
          return [`${say(bin.from_seconds)} to ${say(bin.to_seconds)}`, line(part.this, 0), line(part.other, 1)].join('\n');
        },
      },
      grid: { left: 8, right: 24, top: 64, bottom: 28, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      xAxis: {
        type: 'value',
        min: 0,
        max: bins.length,
        interval: 1,
        ...style,
        splitLine: { show: false },
        axisLabel: {
          ...(style['axisLabel'] as object),
          formatter: (at: number) => say(bins[at]?.from_seconds ?? last.to_seconds),
        },
        name: 'lead time',
        nameLocation: 'middle',
        nameGap: 30,
      },
      yAxis: {
        type: 'value',
        min: 0,
        ...style,
        axisLine: { show: false },
        axisLabel: { ...(style['axisLabel'] as object), formatter: (share: number) => percent(share) },
      },
      series: [part.this, part.other].map((side, n) => ({
        type: 'line',
        name: nameOf(side, n),
        // A step a bin: the line stays where the bin begins, and falls to nothing after the last.
        step: 'end',
        symbol: 'none',
        data: [...bins.map((_, at) => [at, shares[n]?.[at] ?? 0]), [bins.length, 0]],
        lineStyle: { color: theme.series[n], width: 2, type: n === 0 ? 'solid' : 'dashed' },
        itemStyle: { color: theme.series[n] },
        markLine: marked(theme, bins, side, n),
      })),
    },
  };
}

/** The first is always the selection of the page. */
function nameOf(side: ComparedSide, n: number): string {
  return n === 0 ? `This: ${side.label}` : `Other: ${side.label}`;
}

function sharesOf({ counts, finished }: ComparedSide): number[] {
  return counts.map((one) => (finished > 0 ? one / finished : 0));
}

/** Where a time stands among the bins, which are drawn equally wide though each covers twice the time of the one before. */
export function position(bins: readonly Bin[], seconds: number): number {
  const at = bins.findIndex(({ to_seconds }) => seconds < to_seconds);
  const bin = bins[at];
  if (!bin) return bins.length;
  const { from_seconds: from, to_seconds: to } = bin;
  return at + Math.max(0, from > 0 ? Math.log(seconds / from) / Math.log(to / from) : seconds / to);
}

function marked(theme: ChartTheme, bins: readonly Bin[], { percentiles }: ComparedSide, n: number): Record<string, unknown> {
  return {
    silent: true,
    symbol: 'none',
    animation: false,
    data: percentiles
      .filter(({ p }) => MARKED.includes(p))
      .map(({ p, seconds }) => ({
        xAxis: position(bins, seconds),
        lineStyle: { color: theme.series[n], width: 1.25, type: n === 0 ? 'solid' : 'dashed' },
        // Those of the two sides stand at two heights, so that they can be read where both are close.
        label: { show: !theme.narrow, formatter: `${n === 0 ? 'this' : 'other'} ${p} %`, color: theme.text, fontSize: 11, position: 'end', distance: n === 0 ? 4 : 18 },
      })),
  };
}

function histogramTable({ bins, ...sides }: Comparison, shares: readonly number[][], say: (seconds: number) => string): Table {
  const both = [sides.this, sides.other];
  return {
    caption: 'Finished tickets by lead time, of both',
    columns: [{ label: 'Lead time' }, ...both.flatMap((side) => [{ label: side.label, numeric: true }, { label: 'Share', numeric: true }])],
    rows: bins.map((bin, at) => [
      cell(`${say(bin.from_seconds)} to ${say(bin.to_seconds)}`, bin.from_seconds),
      ...both.flatMap((side, n) => [
        cell(count(side.counts[at] ?? 0), side.counts[at] ?? 0),
        cell(percent(shares[n]?.[at] ?? 0), shares[n]?.[at] ?? 0),
      ]),
    ]),
  };
}

/** What a verdict means, and whether that is good. */
export function verdict({ verdict: found, figure, note, difference }: Difference): string {
  const good = figure.less_is_better;
  if (found === 'no_evidence') return 'No evidence of a difference: 0 lies in the interval.';
  if (found !== 'more' && found !== 'less') return note ?? (difference === undefined ? 'No data on one side.' : 'No interval.');
  const judged = good === undefined ? '' : (found === 'less') === good ? ', which is better' : ', which is worse';
  return `${found === 'more' ? 'More' : 'Less'} than the other${judged}.`;
}

/** A difference; shares differ by points, not by per cent. */
function signed(value: number, figure: FigureInfo, clock: ClockKind | undefined): string {
  const size = Math.abs(value);
  const text = figure.unit === 'share' ? `${decimal(100 * size)} points` : figureWords(size, figure, clock);
  return value === 0 ? text : `${value > 0 ? '+' : '−'}${text}`;
}

/** Every figure of both sides, the difference with its interval, and what that says. */
export function differences({ differences: all, ...sides }: Comparison, clock?: ClockKind): Table {
  return {
    caption: `Figures of both; the interval is of the difference, with 95 % confidence, from ${plural(sides.weeks, 'week')}`,
    columns: [
      { label: 'Figure' },
      { label: 'This', numeric: true },
      { label: 'Other', numeric: true },
      { label: 'Difference', numeric: true },
      { label: '95 % interval', numeric: true },
      { label: 'What it says' },
    ],
    rows: all.map((one) => {
      const { figure, lower, upper } = one;
      const value = (number: number | undefined): ReturnType<typeof cell> => (number === undefined ? cell('no data', null) : cell(figureWords(number, figure, clock), number));
      return [
        cell(figure.label),
        value(one.this),
        value(one.other),
        one.difference === undefined ? cell('', null) : cell(signed(one.difference, figure, clock), one.difference),
        lower === undefined || upper === undefined ? cell('none', null) : cell(`${signed(lower, figure, clock)} to ${signed(upper, figure, clock)}`, lower),
        cell(verdict(one)),
      ];
    }),
    ...(sides.shared > 0 ? { note: `${plural(sides.shared, 'ticket')} ${sides.shared === 1 ? 'is' : 'are'} in both, and ${sides.shared === 1 ? 'counts' : 'count'} on each side.` } : {}),
  };
}
