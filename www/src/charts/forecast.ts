/** Forecasts from the daily throughput of the past: how many by a date, and when so many are done. */

import type { Forecast, HowMany, HowManyAnswer, Report, When } from '../engine/types.js';
import type { Cell, ChartTheme, Table, View } from './chart.js';
import { axisStyle, cell, empty, frame, missing } from './chart.js';
import { count, date, decimal, percent, plural } from './format.js';

/** Two pictures: the chance of at least so many by a date, and the chance that so many are done by each date. */
export function forecast(report: Report, theme: ChartTheme): View {
  const part = report.forecast;
  if (!part) return missing(report, 'forecast');
  const curves = [manyCurve(part, theme), whenCurve(part, theme)].filter(({ curve }) => curve.length > 0);
  if (curves.length === 0) {
    return empty('Nothing can be drawn of this forecast.', 'Choose a later date, or a longer history.');
  }
  return {
    kind: 'drawing',
    marks: curves.reduce((sum, { curve, marks }) => sum + curve.length + marks.length, 0),
    summary: [manyWords(part), whenWords(part), ...tested(part)].filter(Boolean).join(' '),
    notes: part.cautions.map(ended),
    table: manyTable(part.how_many),
    further: [...(part.when.items > 0 ? [whenTable(part.when)] : []), historyTable(part), ...backtestTable(part)],
    option: pictures(curves, theme),
  };
}

/** A curve of chances with its answers as marks. */
interface Curve {
  xAxis: Record<string, unknown>;
  curve: [number, number][];
  hover: (n: number) => string;
  marks: { at: [number, number]; label: string }[];
  /** How far below its mark a label stands: beside the curve, where nothing else is. */
  down: number;
}

const itemsOf = ({ exact, drawn }: HowManyAnswer): number => exact ?? drawn;

function manyWords({ how_many: many, history }: Forecast): string {
  const noun = history.kind === 'business' ? 'working day' : 'day';
  const said = many.answers.map((answer) => `at least ${count(itemsOf(answer))} with ${decimal(answer.confidence)} % certainty`);
  return `By ${date(many.by)}, ${plural(many.days, noun)} ahead: ${said.join(', ')}.`;
}

function whenWords({ when }: Forecast): string {
  if (when.items === 0) return '';
  const said = when.answers.map((answer) =>
    answer.date === undefined
      ? `at ${decimal(answer.confidence)} % not within ${plural(when.limit_days, 'day')}`
      : `by ${date(answer.date)} with ${decimal(answer.confidence)} % certainty`,
  );
  return `${plural(when.items, 'ticket')} more: ${said.join(', ')}.`;
}

function manyCurve({ how_many: many }: Forecast, theme: ChartTheme): Curve {
  return {
    xAxis: {
      type: 'value',
      scale: true,
      minInterval: 1,
      ...bottomAxis(theme, `at least so many finished by ${date(many.by)}`),
      axisLabel: { ...(axisStyle(theme)['axisLabel'] as object), formatter: (value: number) => count(value) },
    },
    curve: many.curve.map(({ items, probability }) => [items, probability]),
    hover: (n) => {
      const point = many.curve[n];
      return point ? `at least ${count(point.items)}\nchance ${percent(point.probability)}` : '';
    },
    marks: many.answers.map((answer) => ({
      at: [itemsOf(answer), answer.probability],
      label: `${decimal(answer.confidence)} %: ${count(itemsOf(answer))}`,
    })),
    down: -4,
  };
}

function whenCurve({ when }: Forecast, theme: ChartTheme): Curve {
  return {
    xAxis: {
      type: 'time',
      ...bottomAxis(theme, `${plural(when.items, 'ticket')} more finished by`),
      axisLabel: {
        ...(axisStyle(theme)['axisLabel'] as object),
        formatter: { year: '{yyyy}', month: '{MMM} {yyyy}', day: '{d} {MMM}' },
      },
    },
    curve: (when.items > 0 ? when.curve : []).map((point) => [Date.parse(point.date), point.probability]),
    hover: (n) => {
      const point = when.curve[n];
      return point ? `${date(point.date)}\nchance ${percent(point.probability)}` : '';
    },
    marks: when.answers.flatMap(({ confidence, date: by, probability }) =>
      by === undefined ? [] : [{ at: [Date.parse(by), probability ?? confidence / 100], label: `${decimal(confidence)} %: ${theme.narrow ? date(by).replace(/ \d{4}$/, '') : date(by)}` }],
    ),
    down: 12,
  };
}

/** About how high a picture is, and how far apart its labels stand. */
const HEIGHT = 200;
const LINE = 15;

/** Moves labels down that would cover the one above. */
function placed(marks: Curve['marks'], down: number): { at: [number, number]; offset: number }[] {
  const offsets = new Map<number, number>();
  let least = -Infinity;
  const order = marks.map((_, n) => n).sort((a, b) => (marks[b]?.at[1] ?? 0) - (marks[a]?.at[1] ?? 0));
  for (const n of order) {
    const own = (1 - (marks[n]?.at[1] ?? 0)) * HEIGHT;
    const y = Math.max(own + down, least);
    offsets.set(n, y - own);
    least = y + LINE;
  }
  return marks.map(({ at }, n) => ({ at, offset: offsets.get(n) ?? down }));
}

const SYMBOLS = ['circle', 'diamond', 'triangle', 'rect'];

/** Side by side, or one above the other where it is narrow. */
function pictures(curves: Curve[], theme: ChartTheme): Record<string, unknown> {
  const style = axisStyle(theme);
  const room = theme.narrow ? 96 : 130;
  const bounds = { outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' };
  const grids = theme.narrow
    ? [
        { left: 8, right: room, top: 16, height: '34%', ...bounds },
        { left: 8, right: room, top: '56%', bottom: 34, ...bounds },
      ]
    : [
        { left: 8, right: curves.length > 1 ? '57%' : room, top: 16, bottom: 34, ...bounds },
        { left: '52%', right: room, top: 16, bottom: 34, ...bounds },
      ];
  return {
    ...frame(theme),
    grid: grids.slice(0, curves.length),
    tooltip: {
      ...(frame(theme)['tooltip'] as object),
      trigger: 'axis',
      formatter: (list: { seriesIndex: number; dataIndex: number }[]) => {
        const mark = list.find(({ seriesIndex }) => seriesIndex % 2 === 0);
        return mark ? (curves[mark.seriesIndex / 2]?.hover(mark.dataIndex) ?? '') : '';
      },
    },
    xAxis: curves.map(({ xAxis }, gridIndex) => ({ ...xAxis, gridIndex })),
    yAxis: curves.map((_, gridIndex) => ({
      type: 'value',
      gridIndex,
      min: 0,
      max: 1,
      ...style,
      axisLabel: { ...(style['axisLabel'] as object), formatter: (chance: number) => `${Math.round(chance * 100)} %` },
    })),
    // In pairs: the tooltip finds the curve by that.
    series: curves.flatMap(({ curve, marks, down }, n) => [
      {
        type: 'line',
        xAxisIndex: n,
        yAxisIndex: n,
        step: 'end',
        data: curve,
        showSymbol: false,
        lineStyle: { width: 2, color: theme.series[0] },
        itemStyle: { color: theme.series[0] },
        areaStyle: { color: theme.series[0], opacity: 0.12 },
      },
      {
        type: 'scatter',
        xAxisIndex: n,
        yAxisIndex: n,
        z: 4,
        data: placed(marks, down).map(({ at, offset }, mark) => ({
          value: at,
          symbol: SYMBOLS[mark % SYMBOLS.length],
          label: { offset: [0, offset] },
        })),
        symbolSize: 12,
        itemStyle: { color: theme.series[1], borderColor: theme.surface, borderWidth: 1 },
        label: {
          show: true,
          position: 'right',
          distance: 8,
          color: theme.text,
          fontSize: 12,
          formatter: ({ dataIndex }: { dataIndex: number }) => marks[dataIndex]?.label ?? '',
        },
        tooltip: { show: false },
      },
    ]),
  };
}

function bottomAxis(theme: ChartTheme, name: string): Record<string, unknown> {
  return { name, nameLocation: 'middle', nameGap: 30, ...axisStyle(theme), splitLine: { show: false } };
}

const ended = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** What the past says of forecasts like this one. */
const tested = ({ backtest, no_backtest: none }: Forecast): string[] =>
  backtest ? [ended(backtest.sentence)] : none === undefined ? [] : [ended(none)];

function manyTable({ answers, by }: HowMany): Table {
  return {
    caption: `Finished by ${date(by)}, at least`,
    columns: [
      { label: 'Certainty', numeric: true },
      { label: 'Exact', numeric: true },
      { label: 'Drawn', numeric: true },
      { label: 'Chance', numeric: true },
    ],
    rows: answers.map((answer): Cell[] => [
      cell(`${decimal(answer.confidence)} %`, answer.confidence),
      answer.exact === undefined ? cell('days in blocks', null) : cell(count(answer.exact), answer.exact),
      cell(count(answer.drawn), answer.drawn),
      cell(percent(answer.probability), answer.probability),
    ]),
  };
}

function whenTable({ answers, items, limit_days: limit }: When): Table {
  const days = (value: number | undefined, otherwise: string): Cell =>
    value === undefined ? cell(otherwise, null) : cell(plural(value, 'day'), value);
  return {
    caption: `When ${plural(items, 'ticket')} more will be finished`,
    columns: [
      { label: 'Certainty', numeric: true },
      { label: 'Date', numeric: true },
      { label: 'Exact', numeric: true },
      { label: 'Drawn', numeric: true },
      { label: 'Chance', numeric: true },
    ],
    rows: answers.map((answer): Cell[] => [
      cell(`${decimal(answer.confidence)} %`, answer.confidence),
      answer.date === undefined ? cell(`not within ${plural(limit, 'day')}`, null) : cell(date(answer.date), Date.parse(answer.date)),
      days(answer.exact_days, 'not known'),
      days(answer.drawn_days, 'not known'),
      answer.probability === undefined ? cell('not known', null) : cell(percent(answer.probability), answer.probability),
    ]),
  };
}

function historyTable({ history }: Forecast): Table {
  return {
    caption: 'What the forecast draws from',
    columns: [
      { label: 'From' },
      { label: 'To' },
      { label: history.kind === 'business' ? 'Working days' : 'Days', numeric: true },
      { label: 'Finished', numeric: true },
      { label: 'A day', numeric: true },
      { label: 'Days drawn together', numeric: true },
    ],
    rows: [
      [
        cell(date(history.from), Date.parse(history.from)),
        cell(date(history.to), Date.parse(history.to)),
        cell(count(history.days), history.days),
        cell(count(history.items), history.items),
        cell(decimal(history.mean_per_day), history.mean_per_day),
        cell(count(history.block_days), history.block_days),
      ],
    ],
  };
}

function backtestTable({ backtest }: Forecast): Table[] {
  if (!backtest) return [];
  return [
    {
      caption: 'The same forecast, made again and again from days of the past',
      columns: [
        { label: 'Certainty', numeric: true },
        { label: 'Days ahead', numeric: true },
        { label: 'Forecasts', numeric: true },
        { label: 'Came true', numeric: true },
        { label: 'Share', numeric: true },
        { label: 'From', numeric: true },
        { label: 'To', numeric: true },
      ],
      rows: [
        [
          cell(`${decimal(backtest.confidence)} %`, backtest.confidence),
          cell(count(backtest.horizon_days), backtest.horizon_days),
          cell(count(backtest.n), backtest.n),
          cell(count(backtest.met), backtest.met),
          cell(percent(backtest.coverage), backtest.coverage),
          cell(percent(backtest.lower), backtest.lower),
          cell(percent(backtest.upper), backtest.upper),
        ],
      ],
    },
  ];
}
