/** The definition switchboard: the same tickets under each clock, side by side, and why the figures differ. */

import type { ClockRow, Report } from '../engine/types.js';
import type { Missing } from './chart.js';
import { cell, empty, missing } from './chart.js';
import type { Facts } from './facts.js';
import { count, plural, timeOn } from './format.js';
import type { Help } from './help.js';

export const CLOCKS_HELP: Help = {
  what: 'The lead time of the same finished tickets, measured in three ways: every second counts; only working hours count; calendar days count, the first and the last one included.',
  read: 'Two reports that say "85 % within ..." can both be right and far apart: they use different clocks. Before figures are compared, with a contract or with another tool, look which one they use.',
  misleads: 'No clock is the true one. Working hours hide nights and weekends, in which the customer waits all the same; calendar days make each short ticket at least a day long. Hours here are counted hours: 16 h of an eight-hour day are two working days.',
  formula: 'Elapsed = resolved - opened. Working hours = the seconds of it that lie within the calendar. Calendar days = date resolved - date opened + 1.',
};

export interface ClockBar {
  label: string;
  text: string;
  /** From 0 to 1: the longest of its group has 1. */
  length: number;
}

/** One percentile under each clock. */
export interface ClockGroup {
  label: string;
  bars: ClockBar[];
}

export interface ClocksView extends Facts {
  groups: ClockGroup[];
  /** What each clock counts. */
  legend: { label: string; words: string }[];
}

const LABELS: Record<string, string> = { elapsed: 'Elapsed', business: 'Working hours', days: 'Calendar days' };

export const clockLabel = (clock: string): string => (Object.hasOwn(LABELS, clock) ? (LABELS[clock] ?? clock) : clock);

export function clocks(report: Report): ClocksView | Missing {
  const part = report.clocks;
  if (!part) return missing(report, 'clocks');
  const rows = part.rows.filter(({ n }) => n > 0);
  const [first] = rows;
  if (!first) return empty('No ticket in this selection was finished.', 'Widen the filter, or export a longer period.');
  return {
    kind: 'facts',
    summary: part.sentence,
    groups: first.percentiles.map(({ p }, n) => group(`${p} % within`, rows, n)),
    legend: rows.map(({ clock, words }) => ({ label: clockLabel(clock), words })),
    table: {
      caption: `Lead time of ${plural(first.n, 'finished ticket')} under each clock`,
      columns: [
        { label: 'Clock' },
        { label: 'What counts' },
        { label: 'Tickets', numeric: true },
        { label: 'Mean', numeric: true },
        ...first.percentiles.map(({ p }) => ({ label: `${p} % within`, numeric: true })),
      ],
      rows: rows.map((row) => [
        cell(clockLabel(row.clock)),
        cell(row.words),
        cell(count(row.n), row.n),
        cell(timeOn(row.clock)(row.mean_seconds), row.mean_seconds),
        ...first.percentiles.map((_, n) => figure(row, n)),
      ]),
    },
  };
}

function figure(row: ClockRow, n: number): ReturnType<typeof cell> {
  const seconds = row.percentiles[n]?.seconds;
  return seconds === undefined ? cell('not known', null) : cell(timeOn(row.clock)(seconds), seconds);
}

function group(label: string, rows: ClockRow[], n: number): ClockGroup {
  const longest = Math.max(...rows.map((row) => row.percentiles[n]?.seconds ?? 0));
  return {
    label,
    bars: rows.map((row) => ({
      label: clockLabel(row.clock),
      text: figure(row, n).text,
      length: longest > 0 ? (row.percentiles[n]?.seconds ?? 0) / longest : 0,
    })),
  };
}
