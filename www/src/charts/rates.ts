/** A rate with its interval, as figures and in words. */

import type { Rate } from '../engine/types.js';
import type { Cell, Column } from './chart.js';
import { cell } from './chart.js';
import { count, percent } from './format.js';

export interface RateView {
  label: string;
  figure: string;
  /** In words, how sure the figure is. */
  interval: string;
  rate: number;
  lower: number;
  upper: number;
}

/** Below this many the width of the interval is pointed out. */
const FEW = 30;

/** `noun`: what is counted; only of tickets it is said that it happens to one in so many. */
export function rateView(label: string, rate: Rate, rare = true, noun = 'ticket'): RateView {
  return {
    label,
    figure: percent(rate.rate),
    interval: `${rare ? oneIn(rate) : ''}${interval(rate, noun)}`,
    rate: rate.rate,
    lower: rate.lower,
    upper: rate.upper,
  };
}

/** Columns of [`rateCells`]. */
export const rateColumns = (first: string): Column[] => [
  { label: first },
  { label: 'Tickets asked', numeric: true },
  { label: 'Of them', numeric: true },
  { label: 'Rate', numeric: true },
  { label: 'From', numeric: true },
  { label: 'To', numeric: true },
];

export const rateCells = (label: string, rate: Rate): Cell[] => [
  cell(label),
  cell(count(rate.n), rate.n),
  cell(count(rate.count), rate.count),
  cell(percent(rate.rate), rate.rate),
  cell(percent(rate.lower), rate.lower),
  cell(percent(rate.upper), rate.upper),
];

function oneIn({ rate }: Rate): string {
  return rate > 0 && rate <= 0.5 ? `About 1 ticket in ${count(Math.round(1 / rate))}. ` : '';
}

function interval(rate: Rate, noun: string): string {
  const few = rate.n < FEW ? ` So few ${noun}s say little.` : '';
  return `Anything from ${percent(rate.lower)} to ${percent(rate.upper)} fits these figures (95 % interval).${few}`;
}
