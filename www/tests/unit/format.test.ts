import { describe, expect, test } from 'vitest';
import { date, dateTime, duration, fileSize, month, percent, plural, wallClock } from '../../src/charts/format.js';

describe('duration', () => {
  test.each([
    // The cases of the core's own test.
    [0, '0 s'],
    [59.4, '59 s'],
    [59.5, '1 min'],
    [90, '1.5 min'],
    [3597, '1 h'],
    [3600, '1 h'],
    [5400, '1.5 h'],
    [86_399, '1 day'],
    [86_400, '1 day'],
    [92_700, '1.1 days'],
    [966_927, '11.2 days'],
    [8_640_000, '100 days'],
    [31_557_600, '1 year'],
    [37_869_120, '1.2 years'],
    [-45, '-45 s'],
  ])('%d s is %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});

test('a share that is not nothing never prints as 0 %, nor one short of all as 100 %', () => {
  expect(percent(0)).toBe('0 %');
  expect(percent(0.0001)).toBe('under 0.1 %');
  expect(percent(0.034)).toBe('3.4 %');
  expect(percent(0.97)).toBe('97 %');
  expect(percent(0.9999)).toBe('over 99.9 %');
  expect(percent(1)).toBe('100 %');
});

test('counts and sizes', () => {
  expect(plural(1, 'ticket')).toBe('1 ticket');
  expect(plural(24_918, 'ticket')).toBe('24,918 tickets');
  expect(fileSize(0)).toBe('0 bytes');
  expect(fileSize(46_212_397)).toBe('46.2 MB');
});

test('dates are those of the zone, whatever the machine thinks', () => {
  expect(date('2016-03-05')).toBe('5 Mar 2016');
  expect(month('2016-03-01')).toBe('Mar 2016');
  expect(date('no date')).toBe('no date');
  const seconds = Date.UTC(2025, 6, 1, 12, 0) / 1000;
  expect(dateTime(seconds, 'UTC')).toBe('1 Jul 2025, 12:00');
  expect(dateTime(seconds, 'Pacific/Chatham')).toBe('2 Jul 2025, 00:45');
});

test('wall clock follows a change of clocks to the second', () => {
  // Berlin went from +1 to +2 at 2025-03-30T01:00Z.
  const change = Date.UTC(2025, 2, 30, 1, 0, 0) / 1000;
  expect(new Date(wallClock(change - 1, 'Europe/Berlin')).toISOString()).toBe('2025-03-30T01:59:59.000Z');
  expect(new Date(wallClock(change, 'Europe/Berlin')).toISOString()).toBe('2025-03-30T03:00:00.000Z');
  expect(new Date(wallClock(change + 86_400, 'Europe/Berlin')).toISOString()).toBe('2025-03-31T03:00:00.000Z');
});

test('a zone that the browser does not know shows UTC instead of failing', () => {
  expect(dateTime(0, 'Nowhere/Land')).toBe('1 Jan 1970, 00:00');
});
