/** Forecasts from the daily throughput of the past: how many by a date, and when so many are done. */

import type { Forecast, HowManyAnswer, Report, WhenAnswer } from '../engine/types.js';
import type { Cell, ChartTheme, Table, View } from './chart.js';
import { axisStyle, cell, empty, frame, missing } from './chart.js';
import { count, date, decimal, percent, plural } from './format.js';

/** How many are finished by a date: the chance of at least so many. */
export function howMany(report: Report, theme: ChartTheme): View {
  const part = report.forecast;
  if (!part) return missing(report, 'forecast');
  const { how_many: many } = part;
  if (many.curve.length === 0) return empty('Nothing can be drawn of this forecast.', 'Choose a later date, or a longer history.');
  const answers = many.answers.map((answer) => ({ ...answer, items: answer.exact ?? answer.drawn }));
  const said = answers.map(({ confidence, items }) => `at least ${count(items)} with ${figure(confidence)} % certainty`);
  return {
    kind: 'drawing',
    marks: many.curve.length + answers.length,
    summary: `By ${date(many.by)}, ${plural(many.days, dayNoun(part))} ahead: ${said.join(', ')}. ${tested(part)}`,
    table: manyTable(many.answers, many.by),
    further: [historyTable(part), ...backtestTable(part)],
    option: chances(theme, {
      xAxis: {
        type: 'value',
        scale: true,
        minInterval: 1,
        ...bottomAxis(theme, `finished by ${date(many.by)}, at least`),
        axisLabel: { ...(axisStyle(theme)['axisLabel'] as object), formatter: (value: number) => count(value) },
      },
      curve: many.curve.map(({ items, probability }) => [items, probability]),
      hover: (n) => {
        const point = many.curve[n];
        return point ? `at least ${count(point.items)}\nchance ${percent(point.probability)}` : '';
      },
      marks: answers.map(({ confidence, items, probability }) => ({
        at: [items, probability],
        label: `${figure(confidence)} %: ${count(items)}`,
      })),
    }),
  };
}

/** When so many are finished: the chance of being done by each date. */
export function whenDone(report: Report, theme: ChartTheme): View {
  const part = report.forecast;
  if (!part) return missing(report, 'forecast');
  const { when } = part;
  if (when.items === 0) return empty('No ticket is open: there is nothing to wait for.', 'Ask for a number of your own.');
  const known = when.answers.flatMap((answer) => {
    const days = answer.exact_days ?? answer.drawn_days;
    return answer.date === undefined || days === undefined ? [] : [{ ...answer, date: answer.date, days }];
  });
  if (when.curve.length === 0) {
    return empty(`At this rate ${plural(when.items, 'ticket')} would never be done.`, 'Too few were finished in the history that the forecast draws from.');
  }
  const said = when.answers.map((answer) => {
    const by = known.find(({ confidence }) => confidence === answer.confidence);
    return by ? `by ${date(by.date)} with ${figure(by.confidence)} % certainty` : `at ${figure(answer.confidence)} % never at this rate`;
  });
  return {
    kind: 'drawing',
    marks: when.curve.length + known.length,
    summary: `${plural(when.items, 'ticket')} more ${when.items === 1 ? 'is' : 'are'} finished ${said.join(', ')}. ${sentences(part.cautions)}`.trim(),
    table: whenTable(when.answers, when.items),
    further: [historyTable(part), ...backtestTable(part)],
    option: chances(theme, {
      xAxis: {
        type: 'time',
        ...bottomAxis(theme, `${plural(when.items, 'ticket')} finished by`),
        axisLabel: {
          ...(axisStyle(theme)['axisLabel'] as object),
          formatter: { year: '{yyyy}', month: '{MMM} {yyyy}', day: '{d} {MMM}' },
        },
      },
      curve: when.curve.map((point) => [Date.parse(point.date), point.probability]),
      hover: (n) => {
        const point = when.curve[n];
        return point ? `${date(point.date)}\nchance ${percent(point.probability)}` : '';
      },
      marks: known.map(({ confidence, date: by, probability }) => ({
        at: [Date.parse(by), probability ?? confidence / 100],
        label: `${figure(confidence)} %: ${theme.narrow ? date(by).replace(/ \d{4}$/, '') : date(by)}`,
      })),
    }),
  };
}

interface Curve {
  xAxis: Record<string, unknown>;
  curve: [number, number][];
  hover: (n: number) => string;
  marks: { at: [number, number]; label: string }[];
}

const SYMBOLS = ['circle', 'diamond', 'triangle', 'rect'];

/** A curve of chances with its answers as marks, each of another shape. */
function chances(theme: ChartTheme, { xAxis, curve, hover, marks }: Curve): Record<string, unknown> {
  const style = axisStyle(theme);
  return {
    ...frame(theme),
    grid: { ...(frame(theme)['grid'] as object), bottom: 30, right: theme.narrow ? 76 : 120 },
    tooltip: {
      ...(frame(theme)['tooltip'] as object),
      trigger: 'axis',
      formatter: (list: { seriesIndex: number; dataIndex: number }[]) => {
        const mark = list.find(({ seriesIndex }) => seriesIndex === 0);
        return mark ? hover(mark.dataIndex) : '';
      },
    },
    xAxis,
    yAxis: {
      type: 'value',
      min: 0,
      max: 1,
      ...style,
      axisLabel: { ...(style['axisLabel'] as object), formatter: (chance: number) => `${Math.round(chance * 100)} %` },
    },
    series: [
      {
        type: 'line',
        step: curve.length > 60 ? false : 'end',
        data: curve,
        showSymbol: false,
        lineStyle: { width: 2, color: theme.series[0] },
        itemStyle: { color: theme.series[0] },
        areaStyle: { color: theme.series[0], opacity: 0.12 },
      },
      {
        type: 'scatter',
        z: 4,
        data: marks.map(({ at }, n) => ({ value: at, symbol: SYMBOLS[n % SYMBOLS.length] })),
        symbolSize: 12,
        itemStyle: { color: theme.series[1], borderColor: theme.surface, borderWidth: 1 },
        label: {
          show: true,
          position: 'right',
          distance: 8,
          color: theme.text,
          fontSize: 12,
          backgroundColor: theme.surface,
          padding: [1, 4],
          borderRadius: 4,
          formatter: ({ dataIndex }: { dataIndex: number }) => marks[dataIndex]?.label ?? '',
        },
        tooltip: { show: false },
      },
    ],
  };
}

function bottomAxis(theme: ChartTheme, name: string): Record<string, unknown> {
  return { name, nameLocation: 'middle', nameGap: 30, ...axisStyle(theme), splitLine: { show: false } };
}

const figure = (value: number): string => decimal(value);
const dayNoun = ({ history }: Forecast): string => (history.kind === 'business' ? 'working day' : 'day');
const sentences = (list: string[]): string => list.map((text) => (/[.!?]$/.test(text) ? text : `${text}.`)).join(' ');

/** What the past says of forecasts like this one, and what speaks against it. */
function tested({ backtest, no_backtest: none, cautions }: Forecast): string {
  return sentences([...(backtest ? [backtest.sentence] : none === undefined ? [] : [none]), ...cautions]);
}

function manyTable(answers: HowManyAnswer[], by: string): Table {
  return {
    caption: `Finished by ${date(by)}, at least`,
    columns: [
      { label: 'Certainty', numeric: true },
      { label: 'Exact', numeric: true },
      { label: 'Drawn', numeric: true },
      { label: 'Chance', numeric: true },
    ],
    rows: answers.map((answer): Cell[] => [
      cell(`${figure(answer.confidence)} %`, answer.confidence),
      answer.exact === undefined ? cell('days in blocks', null) : cell(count(answer.exact), answer.exact),
      cell(count(answer.drawn), answer.drawn),
      cell(percent(answer.probability), answer.probability),
    ]),
  };
}

function whenTable(answers: WhenAnswer[], items: number): Table {
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
      cell(`${figure(answer.confidence)} %`, answer.confidence),
      answer.date === undefined ? cell('never at this rate', null) : cell(date(answer.date), Date.parse(answer.date)),
      days(answer.exact_days, 'not known'),
      days(answer.drawn_days, 'never'),
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
          cell(`${figure(backtest.confidence)} %`, backtest.confidence),
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
