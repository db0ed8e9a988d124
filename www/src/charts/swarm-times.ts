/** Lead times of the desk as it is and of each other way of working, on one axis: which share is done within how long. */

import type { Report, Swarm, SwarmPolicy } from '../engine/types.js';
import type { ChartTheme, Table, View } from './chart.js';
import { axisStyle, cell, empty, frame, missing } from './chart.js';
import { count, percent, plural, timeOn } from './format.js';

/** As many as there are colours; each has its own dash. */
const SHOWN = ['as_is', 'pooled', 'swarm_fixed', 'swarm_adaptive'];
const DASHES = ['solid', 'dashed', 'dotted', [10, 3, 2, 3]] as const;
/** What happened to the scored tickets: what the replay of the desk as it is should look like. */
const HAPPENED = 'What happened';

const shown = ({ policies }: Swarm): SwarmPolicy[] =>
  SHOWN.flatMap((name) => policies.filter((policy) => policy.name === name && policy.refused === undefined && policy.counts.some((one) => one > 0)));

interface Line {
  label: string;
  /** Where it stands among those that are shown; -1: what happened. */
  place: number;
  counts: readonly number[];
  unfinished: number;
}

function linesOf(part: Swarm): Line[] {
  const replayed = shown(part).map(({ name, label, counts, unfinished }) => ({ label, place: SHOWN.indexOf(name), counts, unfinished }));
  const happened = part.bins.map((bin) => bin.count);
  if (replayed.length === 0 || happened.every((one) => one === 0)) return replayed;
  return [...replayed, { label: HAPPENED, place: -1, counts: happened, unfinished: 0 }];
}

/** Share of the scored tickets that are done by the end of each bin; what is never finished is never done. */
export function doneWithin({ counts, unfinished }: Pick<Line, 'counts' | 'unfinished'>): number[] {
  const all = counts.reduce((sum, one) => sum + one, unfinished);
  let sum = 0;
  return counts.map((one) => {
    sum += one;
    return all > 0 ? sum / all : 0;
  });
}

export function swarmTimes(report: Report, theme: ChartTheme): View {
  const part = report.swarm;
  if (!part) return missing(report, 'swarm');
  const lines = linesOf(part);
  const last = part.bins.at(-1);
  if (!last || lines.length === 0) return empty('No lead time was replayed.', 'The card above says why.');
  const { bins } = part;
  const say = timeOn(part.clock);
  const shares = lines.map((policy) => doneWithin(policy));
  const style = axisStyle(theme);
  return {
    kind: 'drawing',
    marks: lines.length * bins.length,
    summary: summary(lines, shares, part),
    table: table(lines, shares, part),
    option: {
      ...frame(theme),
      legend: { top: 0, left: 8, itemStyle: { opacity: 0 }, itemWidth: 34, textStyle: { color: theme.text, fontSize: 13 }, data: lines.map(({ label }) => label) },
      tooltip: {
        ...(frame(theme)['tooltip'] as object),
        trigger: 'axis',
        formatter: (marks: { dataIndex: number }[]) => {
          const at = (marks[0]?.dataIndex ?? 0) - 1;
          const bin = bins[at];
          if (!bin) return '';
          return [`Within ${say(bin.to_seconds)}`, ...lines.map(({ label }, n) => `${label}: ${percent(shares[n]?.[at] ?? 0)}`)].join('\n');
        },
      },
      grid: { left: 8, right: 24, top: theme.narrow ? 96 : 48, bottom: 28, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      xAxis: {
        type: 'value',
        min: 0,
        max: bins.length,
        interval: 1,
        ...style,
        splitLine: { show: false },
        axisLabel: { ...(style['axisLabel'] as object), formatter: (at: number) => say(bins[at]?.from_seconds ?? last.to_seconds) },
        name: 'lead time',
        nameLocation: 'middle',
        nameGap: 30,
      },
      yAxis: {
        type: 'value',
        min: 0,
        max: 1,
        ...style,
        axisLine: { show: false },
        axisLabel: { ...(style['axisLabel'] as object), formatter: (share: number) => percent(share) },
      },
      series: lines.map(({ label, place }, n) => {
        const colour = theme.series[place] ?? theme.muted;
        return {
          type: 'line',
          name: label,
          symbol: 'none',
          data: [[0, 0], ...(shares[n] ?? []).map((share, at) => [at + 1, share])],
          lineStyle: { color: colour, width: place === 0 ? 3 : 2, type: DASHES[place] ?? [1, 4] },
          itemStyle: { color: colour },
        };
      }),
    },
  };
}

/** Said of the bin in which the desk as it is comes past half. */
function summary(lines: readonly Line[], shares: readonly number[][], { bins, clock, scored }: Swarm): string {
  const [first] = shares;
  const at = first?.findIndex((share) => share >= 0.5) ?? -1;
  const bin = bins[at];
  if (!bin) return `${plural(scored, 'ticket')} replayed in ${plural(lines.length, 'way')}.`;
  const said = lines.map(({ label }, n) => `${label.replace(/^./, (c) => c.toLowerCase())} ${percent(shares[n]?.[at] ?? 0)}`).join(', ');
  return `Of ${plural(scored, 'ticket')} so many are done within ${timeOn(clock)(bin.to_seconds)}: ${said}. A line that lies higher is faster.`;
}

function table(lines: readonly Line[], shares: readonly number[][], { bins, clock }: Swarm): Table {
  const say = timeOn(clock);
  return {
    caption: 'Tickets by replayed lead time (mean of the draws), and the share done by the end of each line',
    columns: [{ label: 'Lead time' }, ...lines.flatMap(({ label }) => [{ label, numeric: true }, { label: 'Done', numeric: true }])],
    rows: bins.map((bin, at) => [
      cell(`${say(bin.from_seconds)} to ${say(bin.to_seconds)}`, bin.from_seconds),
      ...lines.flatMap(({ counts }, n) => [cell(count(counts[at] ?? 0), counts[at] ?? 0), cell(percent(shares[n]?.[at] ?? 0), shares[n]?.[at] ?? 0)]),
    ]),
  };
}
