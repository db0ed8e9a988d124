/** Numbers, durations and dates as people read them. One language and no locale of the machine: the same page everywhere. */

import type { Report } from '../engine/types.js';

const COUNT = new Intl.NumberFormat('en-GB');
const ONE_DIGIT = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

export const MINUTE = 60;
export const HOUR = 3600;
export const DAY = 86_400;

export function count(value: number): string {
  return COUNT.format(value);
}

export function decimal(value: number): string {
  return ONE_DIGIT.format(value);
}

export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A share as a percentage; a share that is not nothing never prints as "0 %". */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.1) return 'under 0.1 %';
  if (value < 100 && value > 99.9) return 'over 99.9 %';
  return `${value < 10 ? ONE_DIGIT.format(value) : COUNT.format(Math.round(value))} %`;
}

const YEAR = 365.25 * DAY;

/**
 * A duration in the largest unit of which there is at least one, to a tenth below 100 of it: "12 min", "9.5 h",
 * "4.2 days". The same rules as in the core, so that a sentence and its chart print the same figure alike.
 */
export function duration(seconds: number): string {
  if (seconds < 0) return `-${duration(-seconds)}`;
  // The bound is where rounding would show a full larger unit: 59.97 min is "1 h", not "60 min".
  if (seconds < 59.5) return `${COUNT.format(Math.round(seconds))} s`;
  if (seconds < 59.95 * MINUTE) return `${tenths(seconds / MINUTE)} min`;
  if (seconds < 23.95 * HOUR) return `${tenths(seconds / HOUR)} h`;
  const [value, unit] = seconds < YEAR ? [tenths(seconds / DAY), 'day'] : [tenths(seconds / YEAR), 'year'];
  return `${value} ${value === '1' ? unit : `${unit}s`}`;
}

export type Say = (seconds: number) => string;

/** The same on a clock whose days do not have 24 hours: in hours at most. */
const workingTime: Say = (seconds) => (seconds < 59.95 * MINUTE ? duration(seconds) : `${tenths(seconds / HOUR)} h`);

/** How times of a clock are said; the core words them alike. */
export const timeOn = (clock: string | undefined): Say => (clock === 'business' ? workingTime : duration);

/** Sums of many tickets' times, all in one unit so that they can be compared. */
export function hours(seconds: number): string {
  return `${COUNT.format(Math.round(seconds / HOUR))} h`;
}

function tenths(value: number): string {
  return value < 99.95 ? ONE_DIGIT.format(value) : COUNT.format(Math.round(value));
}

const SIZE_UNITS = ['bytes', 'KB', 'MB', 'GB'];

export function fileSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < SIZE_UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? COUNT.format(value) : ONE_DIGIT.format(value)} ${SIZE_UNITS[unit] ?? ''}`;
}

const ZONED = new Map<string, Intl.DateTimeFormat>();

/** A formatter for a zone that the engine named; one that the browser does not know falls back to UTC. */
function zoned(zone: string): Intl.DateTimeFormat {
  let format = ZONED.get(zone);
  if (!format) {
    const options: Intl.DateTimeFormatOptions = {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    };
    try {
      format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
    } catch {
      format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
    }
    ZONED.set(zone, format);
  }
  return format;
}

function parts(seconds: number, zone: string): Record<string, number> {
  const out: Record<string, number> = {};
  for (const { type, value } of zoned(zone).formatToParts(seconds * 1000)) {
    if (type !== 'literal') out[type] = Number(value);
  }
  return out;
}

const OFFSETS = new Map<string, number>();

/** Wall-clock time of a zone, as milliseconds of a UTC axis: charts then show the zone's own days. */
export function wallClock(seconds: number, zone: string): number {
  if (zone === 'UTC') return seconds * 1000;
  // Formatting a date is slow and a chart has thousands: on days without a change of clocks one offset serves all.
  const day = Math.floor(seconds / DAY);
  const offset = dayOffset(day, zone);
  return offset === dayOffset(day + 1, zone) ? seconds * 1000 + offset : exactWallClock(seconds, zone);
}

function dayOffset(day: number, zone: string): number {
  const key = `${zone} ${day}`;
  let offset = OFFSETS.get(key);
  if (offset === undefined) {
    offset = exactWallClock(day * DAY, zone) - day * DAY * 1000;
    OFFSETS.set(key, offset);
  }
  return offset;
}

function exactWallClock(seconds: number, zone: string): number {
  const p = parts(seconds, zone);
  return Date.UTC(p['year'] ?? 1970, (p['month'] ?? 1) - 1, p['day'] ?? 1, p['hour'] ?? 0, p['minute'] ?? 0, p['second'] ?? 0);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "5 Mar 2016, 14:02" in the zone. */
export function dateTime(seconds: number, zone: string): string {
  const d = new Date(wallClock(seconds, zone));
  const hour = String(d.getUTCHours()).padStart(2, '0');
  const minute = String(d.getUTCMinutes()).padStart(2, '0');
  return `${dayOf(d)}, ${hour}:${minute}`;
}

/** "5 Mar 2016" of a `YYYY-MM-DD` date; text that is none comes back as it is. */
export function date(iso: string): string {
  const d = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(d.getTime()) ? iso : dayOf(d);
}

/** "Mar 2016" of a `YYYY-MM-DD` date. */
export function month(iso: string): string {
  const d = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(d.getTime()) ? iso : `${MONTHS[d.getUTCMonth()] ?? ''} ${d.getUTCFullYear()}`;
}

function dayOf(d: Date): string {
  return `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()] ?? ''} ${d.getUTCFullYear()}`;
}

/** A dimension as the file's own header calls it: "assignment_group" is "Assignment group". */
export function dimensionName(report: Report, name: string): string {
  const label = report.input.dimensions.find((dimension) => dimension.name === name)?.label ?? name;
  return label.replaceAll('_', ' ').replace(/^./, (c) => c.toUpperCase());
}
