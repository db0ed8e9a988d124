/** A duration axis: logarithmic with ticks that people use (a minute, an hour, a day), or linear. */

import { axisStyle } from './chart.js';
import type { ChartTheme } from './chart.js';
import type { Say } from './format.js';
import { DAY, HOUR, MINUTE, duration } from './format.js';
import type { OlderThan, Percentile } from '../engine/types.js';

export type Scale = 'log' | 'linear';

/** Below this a log axis shows nothing of use; shorter times stand on this line and the summary says so. */
export const LOG_FLOOR = MINUTE;

const TICKS = [MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, DAY, 3 * DAY, 10 * DAY, 30 * DAY, 100 * DAY, 365 * DAY, 1000 * DAY, 3650 * DAY];
const NAMES = ['1 min', '10 min', '1 h', '6 h', '1 day', '3 days', '10 days', '30 days', '100 days', '1 year', '1,000 days', '10 years'];
/** Of hours that are counted: a day of them is no day. */
const WORK_TICKS = [1, 10, 60, 240, 480, 2400, 9600, 48_000, 240_000, 960_000].map((minutes) => minutes * MINUTE);

export function toAxis(seconds: number, scale: Scale): number {
  return scale === 'log' ? Math.log10(Math.max(seconds, LOG_FLOOR)) : seconds / DAY;
}

export function durationAxis(theme: ChartTheme, scale: Scale, least: number, most: number, say: Say = duration): Record<string, unknown> {
  const style = axisStyle(theme);
  const [ticks, names] = say === duration ? [TICKS, NAMES] : [WORK_TICKS, WORK_TICKS.map(say)];
  if (scale === 'linear') {
    return {
      type: 'value',
      min: 0,
      ...style,
      axisLine: { show: false },
      axisLabel: { ...(style['axisLabel'] as object), formatter: (days: number) => (say === duration ? `${days.toLocaleString('en-GB')} d` : say(days * DAY)) },
    };
  }
  const low = ticks.findLast((tick) => tick <= Math.max(least, LOG_FLOOR)) ?? MINUTE;
  const high = ticks.find((tick) => tick >= most) ?? most;
  const shown = ticks.filter((tick) => tick >= low && tick <= Math.max(high, 10 * low));
  const values = shown.map((tick) => Math.log10(tick));
  return {
    type: 'value',
    min: Math.log10(low),
    max: Math.log10(Math.max(high, 10 * low)),
    ...style,
    axisLine: { show: false },
    axisTick: { ...(style['axisTick'] as object), customValues: values },
    axisLabel: {
      ...(style['axisLabel'] as object),
      customValues: values,
      formatter: (value: number) => names[ticks.findIndex((tick) => Math.abs(Math.log10(tick) - value) < 1e-9)] ?? '',
    },
  };
}

export const DASHES = ['solid', 'dashed', 'dotted', [8, 3, 2, 3]] as const;
/** Labels nearer than this share of the axis would cover each other. */
const LABEL_GAP = 0.055;

/** Room at the right of the grid for the labels of percentile lines. */
export const labelRoom = (theme: ChartTheme): number => (theme.narrow ? 56 : 112);

/** One horizontal line a percentile, told apart by dash and by label, which stands right of the marks. */
export function percentileLines(
  theme: ChartTheme,
  scale: Scale,
  percentiles: readonly (Percentile | OlderThan)[],
  most: number,
  say: Say = duration,
): Record<string, unknown> {
  const height = toAxis(most, scale) - (scale === 'log' ? Math.log10(LOG_FLOOR) : 0);
  // The higher percentiles matter more: they keep their labels where two would collide.
  let above = Infinity;
  const labelled = new Set<number>();
  for (const { p, seconds } of [...percentiles].sort((a, b) => b.p - a.p)) {
    const at = toAxis(seconds, scale);
    if ((above - at) / height < LABEL_GAP) continue;
    labelled.add(p);
    above = at;
  }
  return {
    silent: true,
    symbol: 'none',
    animation: false,
    data: percentiles.map(({ p, seconds }, index) => ({
      yAxis: toAxis(seconds, scale),
      lineStyle: { color: theme.series[1], width: 1.5, type: DASHES[index % DASHES.length] },
      label: {
        show: labelled.has(p),
        formatter: theme.narrow ? `${p} %` : `${p} %: ${say(seconds)}`,
        position: 'end',
        color: theme.text,
        fontSize: 12,
      },
    })),
  };
}
