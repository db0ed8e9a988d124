/** What every chart file returns: the picture, the same in words, and the same as a table. No DOM, no state. */

import type { EChartsCoreOption } from 'echarts/core';
import type { Report, Unavailable } from '../engine/types.js';

/** Colours and type of the page, resolved to plain CSS colours. */
export interface ChartTheme {
  text: string;
  muted: string;
  line: string;
  surface: string;
  /** Four series colours, distinguishable from each other and from the surface. */
  series: readonly [string, string, string, string];
  font: string;
  /** Whether to leave animation out. */
  still: boolean;
  /** Narrow: fewer labels. */
  narrow: boolean;
}

export interface Column {
  label: string;
  numeric?: boolean;
}

export interface Cell {
  text: string;
  /** What to sort by; text sorts by itself. */
  sort?: number | null;
  /** Number of the ticket that the cell opens. */
  ticket?: number;
}

export interface Table {
  caption: string;
  columns: Column[];
  rows: Cell[][];
  /** Said below a table that shows only part of its rows. */
  note?: string;
}

/** A mark that was clicked: which series, which element of it. */
export interface Mark {
  seriesIndex: number;
  dataIndex: number;
}

export interface Drawing {
  kind: 'drawing';
  option: EChartsCoreOption;
  /** One to three sentences that say what the picture says. */
  summary: string;
  /** What to mind besides, each a line below the summary. */
  notes?: string[];
  table: Table;
  /** Further tables, below that one. */
  further?: Table[];
  /** Number of marks: decides between SVG and canvas. */
  marks: number;
  /** The ticket behind a mark. */
  ticketAt?: (mark: Mark) => number | null;
}

export interface Missing extends Unavailable {
  kind: 'missing';
}

export type View = Drawing | Missing;

/** The honest card for a part that the report does not hold. */
export function missing(report: Report, part: string): Missing {
  const entry = Object.hasOwn(report.unavailable, part) ? report.unavailable[part] : undefined;
  return {
    kind: 'missing',
    reason: entry?.reason ?? 'This report does not hold this part.',
    remedy: entry?.remedy ?? 'Read the ticket export itself, or write the report again with this part included.',
  };
}

/** A part that is there and counts nothing: zero is an answer, but no picture. */
export function empty(reason: string, remedy: string): Missing {
  return { kind: 'missing', reason, remedy };
}

export const cell = (text: string, sort?: number | null): Cell => (sort === undefined ? { text } : { text, sort });

/** Options that all charts share. Tooltips are drawn, never parsed as HTML: text from the data is hostile. */
export function frame(theme: ChartTheme): EChartsCoreOption {
  return {
    animation: false,
    useUTC: true,
    textStyle: { fontFamily: theme.font, color: theme.text },
    backgroundColor: 'transparent',
    grid: { left: 8, right: 20, top: 28, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      renderMode: 'richText',
      confine: true,
      backgroundColor: theme.surface,
      borderColor: theme.line,
      textStyle: { color: theme.text, fontSize: 13, fontFamily: theme.font },
    },
  };
}

export function axisStyle(theme: ChartTheme): Record<string, unknown> {
  return {
    axisLabel: { color: theme.muted, fontSize: 12, hideOverlap: true },
    axisLine: { lineStyle: { color: theme.line } },
    axisTick: { lineStyle: { color: theme.line } },
    splitLine: { lineStyle: { color: theme.line, opacity: 0.6 } },
    nameTextStyle: { color: theme.muted, fontSize: 12 },
  };
}
