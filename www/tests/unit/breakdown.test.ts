/** Figures by a dimension, two selections side by side, and what stands behind a card. */

import { describe, expect, test } from 'vitest';
import { barLength, breakdownCsv, figureWords, firstFigures, sorted } from '../../src/charts/breakdown.js';
import { comparison, differences, position, verdict } from '../../src/charts/comparison.js';
import { csv } from '../../src/charts/csv.js';
import { commonLines, ownLines, partsBehind, ticketsBehind } from '../../src/charts/receipt.js';
import type { Breakdown, Comparison, Difference, FigureInfo, Report } from '../../src/engine/types.js';
import { absent, drawing, fixture, series, theme } from './report.js';

const figure = (id: string, unit: string, over: Partial<FigureInfo> = {}): FigureInfo => ({ id, label: id, unit, part: 'lead_time', definition: 'd', ...over });
const row = (key: string, tickets: number, ...values: (number | null)[]) => ({ key, tickets, values, n: values.map(() => tickets) });

const table: Breakdown = {
  by: 'group',
  label: 'assignment_group',
  figures: [figure('lead_time.p50', 'seconds'), figure('reopens', 'share'), figure('none', 'count')],
  rows: [row('Network', 30, 7200, 0.1, null), row('=HYPERLINK("x")', 10, 3600, null, null), row('other', 50, 90, 0.5, null), row('(none)', 5, null, 0.2, null)] as Breakdown['rows'],
  folded: 4,
};

describe('a breakdown', () => {
  test('times on the clock that was asked, and total WIP age on none', () => {
    const time = figure('x', 'seconds');
    expect(figureWords(90_000 * 2, time)).toBe('2.1 days');
    expect(figureWords(90_000 * 2, time, 'business')).toBe('50 h');
    expect(figureWords(90_000 * 2, { ...time, part: 'wip' }, 'business')).toBe('2.1 days');
  });

  test('figures in their units', () => {
    expect(figureWords(7200, figure('x', 'seconds'))).toBe('2 h');
    expect(figureWords(0.125, figure('x', 'share'))).toBe('13 %');
    expect(figureWords(2.34, figure('x', 'tickets_per_day'))).toBe('2.3 a day');
    expect(figureWords(1234, figure('x', 'tickets'))).toBe('1,234');
    expect(figureWords(1.55, figure('x', 'count'))).toBe('1.6');
  });

  test('sorted by anything, "other" and rows without data last', () => {
    const keys = (by: Parameters<typeof sorted>[1], down: boolean): string[] => sorted(table.rows, by, down).map(({ key }) => key);
    expect(keys('tickets', true)).toEqual(['Network', '=HYPERLINK("x")', '(none)', 'other']);
    expect(keys(0, false)).toEqual(['=HYPERLINK("x")', 'Network', '(none)', 'other']);
    expect(keys(0, true)).toEqual(['Network', '=HYPERLINK("x")', '(none)', 'other']);
  });

  test('bars are held against the largest, and only figures with data are shown at first', () => {
    const [first, second] = table.rows;
    if (!first || !second) throw new Error('two rows');
    expect(barLength(table, first, 0)).toBe(1);
    expect(barLength(table, second, 0)).toBe(0.5);
    expect(barLength(table, second, 'key')).toBeNull();
    expect(barLength(table, first, 2)).toBeNull();
    expect(firstFigures(table, 9)).toEqual(['lead_time.p50', 'reopens']);
    expect(firstFigures(table, 1)).toEqual(['lead_time.p50']);
  });

  test('as a file it has every figure, and no formula', () => {
    const lines = breakdownCsv(table).split('\r\n');
    expect(lines[0]).toBe('assignment_group,tickets,lead_time.p50 (seconds),lead_time.p50 n,reopens (share),reopens n,none (count),none n');
    expect(lines[2]).toBe(`"'=HYPERLINK(""x"")",10,3600,10,,10,,10`);
  });

  test.each(['=1', '+1', '-1', '@x', '\tx', ' =1', '＝1'])('%j stays text in a spreadsheet', (text) => {
    expect(csv([[text]])).toContain(`'${text}`);
  });

  test('numbers are numbers', () => {
    expect(csv([[-1, 'a,b', 'c']])).toBe('-1,"a,b",c\r\n');
  });
});

const difference = (over: Partial<Difference>): Difference => ({ figure: figure('lead_time.p50', 'seconds', { less_is_better: true }), ...over });

const part: Comparison = {
  definition: 'Week blocks.',
  this: { label: 'Network', tickets: 20, finished: 10, percentiles: [{ p: 50, seconds: 3600, n_too_small: false }, { p: 85, seconds: 90_000, n_too_small: false }, { p: 95, seconds: 100_000, n_too_small: false }], counts: [4, 6] },
  other: { label: 'All', tickets: 40, finished: 20, percentiles: [{ p: 50, seconds: 7200, n_too_small: false }], counts: [15, 5] },
  differences: [
    difference({ this: 3600, other: 7200, difference: -3600, lower: -5000, upper: -2000, verdict: 'less' }),
    difference({ this: 3600, other: 3700, difference: -100, lower: -600, upper: 400, verdict: 'no_evidence' }),
    difference({ figure: figure('y', 'share'), this: 0.3, other: 0.25, difference: 0.05, lower: 0.01, upper: 0.09, verdict: 'more' }),
    difference({ figure: figure('x', 'share'), note: 'Too few weeks for an interval.' }),
  ],
  bins: [{ from_seconds: 3600, to_seconds: 7200, count: 19 }, { from_seconds: 7200, to_seconds: 14_400, count: 11 }],
  weeks: 12,
  shared: 1,
  sentence: 'Half as long.',
};

describe('a comparison', () => {
  const report = (over: Partial<Comparison> = {}): Report => ({ ...fixture(), comparison: { ...part, ...over } });

  test('both sides on one axis, as shares of their own finished tickets', () => {
    const view = drawing(comparison(report(), theme));
    const [one, two] = series(view);
    expect([one?.['name'], two?.['name']]).toEqual(['This: Network', 'Other: All']);
    const heights = (line: Record<string, unknown> | undefined): number[] => (line?.['data'] as [number, number][]).map(([, share]) => share);
    expect(heights(one)).toEqual([0.4, 0.6, 0]);
    expect(heights(two)).toEqual([0.75, 0.25, 0]);
    expect(view.summary).toBe('Half as long.');
    expect((one?.['markLine'] as { data: unknown[] }).data).toHaveLength(2);
  });

  test('a time stands among bins of equal width', () => {
    expect(position(part.bins, 3600)).toBe(0);
    expect(position(part.bins, 3600 * Math.SQRT2)).toBeCloseTo(0.5);
    expect(position(part.bins, 7200)).toBe(1);
    expect(position(part.bins, 1e9)).toBe(2);
    expect(position([{ from_seconds: 0, to_seconds: 60, count: 1 }], 0)).toBe(0);
  });

  test('without finished tickets, or not asked for: said', () => {
    const none = { ...part.this, finished: 0, counts: [0, 0] };
    expect(absent(comparison(report({ this: none, other: none }), theme)).reason).toMatch(/finished/);
    expect(absent(comparison(fixture(), theme)).reason).not.toBe('');
  });

  test('a verdict in words', () => {
    const [less, none, , missing] = part.differences;
    if (!less || !none || !missing) throw new Error('three');
    expect(verdict(less)).toBe('Less than the other, which is better.');
    expect(verdict({ ...less, verdict: 'more' })).toBe('More than the other, which is worse.');
    expect(verdict({ ...less, verdict: 'more', figure: figure('x', 'share') })).toBe('More than the other.');
    expect(verdict(none)).toMatch(/^No evidence/);
    expect(verdict(missing)).toBe('Too few weeks for an interval.');
  });

  test('the table has both sides, the difference and its interval', () => {
    const { rows, caption, note } = differences(part);
    expect(rows[0]?.map(({ text }) => text)).toEqual(['lead_time.p50', '1 h', '2 h', '−1 h', '−1.4 h to −33.3 min', 'Less than the other, which is better.']);
    expect(rows[2]?.map(({ text }) => text).slice(1, 5)).toEqual(['30 %', '25 %', '+5 points', '+1 points to +9 points']);
    expect(rows[3]?.map(({ text }) => text).slice(1, 5)).toEqual(['no data', 'no data', '', 'none']);
    expect(caption).toContain('12 weeks');
    expect(note).toContain('1 ticket is in both');
  });
});

describe('a receipt', () => {
  test('belongs to the parts whose definition the card prints', () => {
    const report = fixture();
    expect(partsBehind(report, report.lead_time?.definition)).toEqual(['lead_time']);
    expect(partsBehind(report, [report.wip?.definition, report.reopens?.definition].join('\n'))).toEqual(['wip', 'reopens']);
    expect(partsBehind(report, undefined)).toEqual([]);
  });

  test('says what is needed to get the figure again', () => {
    const common = commonLines(fixture()).map(({ term, text }) => `${term}: ${text}`);
    expect(common).toContain('Tickets: All tickets');
    expect(common).toContain('As of: 30 Sept 2025, 17:42 (UTC)'.replace('Sept', 'Sep'));
    expect(common.some((line) => line.startsWith('SHA-256 of incidents-2025-q3.csv: 9f2c'))).toBe(true);
    const own = ownLines({ definition: 'd', n: 3, minimum_n: 20, excluded: { cancelled: 2, open: 0 }, evidence: 'needs E0, data E3', clock: 'elapsed' });
    expect(own.map(({ text }) => text)).toEqual(['3 tickets, and would need 20: take it as a hint', '2 cancelled', 'elapsed', 'needs E0, data E3']);
  });

  test('names tickets, the longest first, where it has their ids', () => {
    const report = fixture();
    if (!report.lead_time) throw new Error('the fixture has lead times');
    report.lead_time.points = { total: 2, rule: 'all', at: [1, 2], seconds: [10, 20], ticket: [7, 8], id: ['A', 'B'] };
    expect(ticketsBehind(report, ['lead_time']).map(({ id, ticket }) => `${id} ${ticket}`)).toEqual(['B 8', 'A 7']);
    delete report.lead_time.points.id;
    expect(ticketsBehind(report, ['lead_time'])).toEqual([]);
  });
});
