/** The histogram of lead times with the curves that were fitted to them laid over it. */

import type { Fit, Fits, Report } from '../engine/types.js';
import type { ChartTheme, Table, View } from './chart.js';
import { cell, missing } from './chart.js';
import type { Say } from './format.js';
import { decimal, plural, timeOn } from './format.js';
import { leadTimeHistogram } from './lead-time-histogram.js';

export interface FitsOptions {
  /** Whether the curves are drawn. */
  fits?: boolean;
}

/** Each curve by dash and mark as well as by colour. */
const LOOKS = [
  { dash: 'dashed', symbol: 'triangle', series: 1 },
  { dash: 'dotted', symbol: 'rect', series: 3 },
] as const;

export function leadTimeFits(report: Report, theme: ChartTheme, options: FitsOptions = {}): View {
  const base = leadTimeHistogram(report, theme);
  if (base.kind !== 'drawing' || !options.fits) return base;
  const part = report.fits;
  if (!part) {
    const { reason, remedy } = missing(report, 'fits');
    return { ...base, summary: `${base.summary} No curves: ${reason} ${remedy}` };
  }
  const bins = report.lead_time?.histogram ?? [];
  const at = new Map(part.bins.map(({ from_seconds: from }, n) => [from, n]));
  const expected = (fit: Fit): (number | null)[] =>
    bins.map(({ from_seconds: from }) => {
      const n = at.get(from);
      return n === undefined ? null : (fit.expected[n] ?? null);
    });
  const fits = part.fits.slice(0, LOOKS.length);
  const [bars] = base.option['series'] as Record<string, unknown>[];
  return {
    ...base,
    marks: base.marks * (1 + fits.length),
    summary: `${base.summary} ${fits.map(verdict).join(' ')}`,
    table: withExpected(base.table, fits, expected),
    further: [fitTable(part, timeOn(report.lead_time?.clock))],
    option: {
      ...base.option,
      grid: { ...(base.option['grid'] as object), top: 44 },
      legend: { top: 0, right: 8, itemWidth: 30, textStyle: { color: theme.text, fontSize: 12 } },
      series: [
        { ...bars, name: 'Tickets' },
        ...fits.map((fit, n) => {
          const look = LOOKS[n] ?? LOOKS[0];
          return {
            name: nameOf(fit),
            type: 'line',
            smooth: 0.3,
            smoothMonotone: 'x',
            data: expected(fit),
            symbol: look.symbol,
            symbolSize: 7,
            lineStyle: { type: look.dash, width: 2, color: theme.series[look.series] },
            itemStyle: { color: theme.series[look.series] },
          };
        }),
      ],
    },
  };
}

const nameOf = ({ distribution }: Fit): string => distribution.replace(/^./, (c) => c.toUpperCase());

/** A share of so many draws is never "0". */
const chance = ({ p_value: p, draws }: Fit): string =>
  p > 0 ? p.toPrecision(2).replace(/0+$/, '').replace(/\.$/, '') : draws > 0 ? `under ${(1 / draws).toPrecision(1)}` : '0';

const sentenceOf = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

const verdict = (fit: Fit): string => `${nameOf(fit)}: ${sentenceOf(fit.verdict)}`;

function withExpected(table: Table, fits: Fit[], expected: (fit: Fit) => (number | null)[]): Table {
  const columns = fits.map(expected);
  return {
    ...table,
    columns: [...table.columns, ...fits.map((fit) => ({ label: `${nameOf(fit)} would`, numeric: true }))],
    rows: table.rows.map((row, n) => [
      ...row,
      ...columns.map((values) => {
        const value = values[n] ?? null;
        return value === null ? cell('not known', null) : cell(decimal(value), value);
      }),
    ]),
  };
}

function fitTable(part: Fits, say: Say): Table {
  return {
    caption: `Curves fitted to ${plural(part.n, 'finished ticket')}, ${plural(part.censored, 'open one')} counting as longer than so far`,
    columns: [
      { label: 'Curve' },
      { label: 'Parameters' },
      { label: 'A² (Anderson-Darling)', numeric: true },
      { label: 'p', numeric: true },
      { label: 'Draws', numeric: true },
      { label: 'Verdict' },
    ],
    rows: part.fits.map((fit) => [
      cell(nameOf(fit)),
      cell(parameters(fit, say)),
      cell(decimal(fit.anderson_darling), fit.anderson_darling),
      cell(chance(fit), fit.p_value),
      cell(`${plural(fit.draws, 'sample')} of ${plural(fit.sample, 'ticket')}`, fit.draws),
      cell(fit.verdict),
    ]),
  };
}

/** "mu 9.81, sigma 1.9"; what is a length of time is written as one. */
function parameters({ parameters: list }: Fit, say: Say): string {
  return Object.entries(list)
    .map(([name, value]) =>
      name.endsWith('_seconds') ? `${name.slice(0, -'_seconds'.length)} ${say(value)}` : `${name} ${value.toPrecision(4)}`,
    )
    .join(', ');
}
