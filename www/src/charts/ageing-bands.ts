/** Age of each open ticket by state, in front of bands that say how old finished tickets were when they left that state. */

import type { AgeBand, Ageing, Report } from '../engine/types.js';
import type { AgeingOptions } from './ageing.js';
import { ageing, columnsOf } from './ageing.js';
import type { ChartTheme, Drawing, Table, View } from './chart.js';
import { cell } from './chart.js';
import type { Say } from './format.js';
import { count, plural, timeOn } from './format.js';
import type { Scale } from './time-axis.js';
import { DASHES, toAxis } from './time-axis.js';

export interface BandOptions extends AgeingOptions {
  /** Whether the bands are drawn. */
  bands?: boolean;
}

/** With more states than this only those with open tickets are drawn. */
const MOST_STATES = 9;

interface Api {
  value: (dimension: number) => number;
  coord: (value: [number, number]) => [number, number];
}

export function ageingBands(report: Report, theme: ChartTheme, options: BandOptions = {}): View {
  const part = report.ageing;
  const bands = part?.bands ?? [];
  const scale = options.scale ?? 'log';
  const say = timeOn(report.query.clock);
  if (!part || bands.length === 0 || options.bands === false) return ageing(report, theme, options);
  const states = statesOf(part, bands);
  const base = ageing(report, theme, { scale, states });
  if (base.kind !== 'drawing') return base;
  const columns = columnsOf(part, part.items ?? null, states);
  const placed = bands.filter(({ state }) => columns.includes(state));
  const option = base.option as { yAxis: { min: number; max?: number }; series: unknown[] };
  const highest = Math.max(...placed.flatMap(({ percentiles }) => percentiles.map(({ seconds }) => toAxis(seconds, scale))));
  return {
    ...base,
    summary: `${base.summary} ${summary(part, bands)}`,
    further: [bandTable(bands, say)],
    // A band is no ticket.
    ticketAt: (mark) => (mark.seriesIndex === 0 ? (base.ticketAt?.(mark) ?? null) : null),
    option: {
      ...base.option,
      ...(option.yAxis.max === undefined ? {} : { yAxis: { ...option.yAxis, max: Math.max(option.yAxis.max, highest) } }),
      series: [...option.series, bandSeries(placed, columns, theme, scale, option.yAxis.min, say)],
    } as Drawing['option'],
  };
}

/** In the order of flow; of many states those alone that hold open tickets. */
function statesOf(part: Ageing, bands: AgeBand[]): string[] {
  const states = bands.map(({ state }) => state);
  if (states.length <= MOST_STATES) return states;
  const open = new Set(part.by_state.map(({ state }) => state));
  return states.filter((state) => open.has(state));
}

/** For each state the room up to each percentile, the stronger the later, with its edge in the dash of that percentile. */
function bandSeries(
  bands: AgeBand[],
  columns: string[],
  theme: ChartTheme,
  scale: Scale,
  floor: number,
  say: Say,
): Record<string, unknown> {
  return {
    type: 'custom',
    z: 1,
    clip: true,
    data: bands.map(({ state }) => [columns.indexOf(state), floor]),
    renderItem: (params: { dataIndex: number }, api: Api) => {
      const edges = bands[params.dataIndex]?.percentiles ?? [];
      const x = api.value(0);
      let below = api.coord([x - 0.44, floor])[1];
      return {
        type: 'group',
        children: edges.flatMap(({ seconds }, n) => {
          const [left, top] = api.coord([x - 0.44, toAxis(seconds, scale)]);
          const [right] = api.coord([x + 0.44, floor]);
          const from = below;
          below = top;
          return [
            {
              type: 'rect',
              shape: { x: left, y: top, width: right - left, height: Math.max(0, from - top) },
              style: { fill: theme.series[2], opacity: 0.06 + (0.2 * n) / Math.max(1, edges.length - 1) },
            },
            {
              type: 'line',
              shape: { x1: left, x2: right, y1: top, y2: top },
              style: { stroke: theme.series[2], lineWidth: 1.5, lineDash: DASHES[n % DASHES.length], fill: null },
            },
          ];
        }),
      };
    },
    tooltip: {
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const band = bands[dataIndex];
        if (!band) return '';
        const lines = band.percentiles.map(({ p, seconds }) => `${p} % left it before ${say(seconds)}`);
        return [`${band.state}: ${plural(band.n, 'finished ticket')}`, ...lines].join('\n');
      },
    },
  };
}

function summary(part: Ageing, bands: AgeBand[]): string {
  const { items } = part;
  const words = 'The bands show how old finished tickets were when they left each state for good.';
  if (!items?.state) return words;
  const limits = new Map(
    bands.flatMap(({ state, percentiles }) => {
      const edge = percentiles.findLast(({ p }) => p <= 85) ?? percentiles[0];
      return edge ? [[state, edge] as const] : [];
    }),
  );
  const [edge] = limits.values();
  if (!edge) return words;
  const late = items.seconds.filter((seconds, n) => seconds > (limits.get(items.state?.[n] ?? '')?.seconds ?? Infinity)).length;
  return `${words} ${count(late)} of the ${count(items.seconds.length)} drawn ${late === 1 ? 'is' : 'are'} above the ${edge.p} % edge of their state.`;
}

function bandTable(bands: AgeBand[], say: Say): Table {
  const [first] = bands;
  return {
    caption: 'Age of finished tickets when they left each state for the last time',
    columns: [
      { label: 'State' },
      { label: 'Finished tickets', numeric: true },
      ...(first?.percentiles ?? []).map(({ p }) => ({ label: `${p} % before`, numeric: true })),
    ],
    rows: bands.map((band) => [
      cell(band.state),
      cell(count(band.n), band.n),
      ...(first?.percentiles ?? []).map((_, n) => {
        const seconds = band.percentiles[n]?.seconds;
        return seconds === undefined ? cell('not known', null) : cell(say(seconds), seconds);
      }),
    ]),
  };
}
