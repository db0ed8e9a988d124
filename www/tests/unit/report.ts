/** The fixture report and the theme that chart tests share. */

import { readFileSync } from 'node:fs';
import type { ChartTheme, Drawing, Missing, View } from '../../src/charts/chart.js';
import type { Report } from '../../src/engine/types.js';

export const theme: ChartTheme = {
  text: '#111111',
  muted: '#555555',
  line: '#dddddd',
  surface: '#ffffff',
  series: ['#1a6dc0', '#b44f06', '#0c7a69', '#8a3ea3'],
  font: 'sans-serif',
  still: true,
  narrow: false,
};

/** A fresh copy each time, so that tests may change it. */
export function fixture(): Report {
  return JSON.parse(readFileSync(new URL('../fixtures/report.json', import.meta.url), 'utf8')) as Report;
}

export function drawing(view: View): Drawing {
  if (view.kind !== 'drawing') throw new Error(`expected a drawing, got: ${view.reason}`);
  return view;
}

export function absent(view: View): Missing {
  if (view.kind !== 'missing') throw new Error('expected a card that says what is missing');
  return view;
}

/** Series of an option, loosely typed: tests look into what ECharts would be given. */
export function series(view: Drawing): Record<string, unknown>[] {
  return (view.option as { series: Record<string, unknown>[] }).series;
}
