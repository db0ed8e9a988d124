/** The cards of delivery: what they say, what they leave open, and that tables say the same. */

import { describe, expect, test } from 'vitest';
import { changePractice, changesBy, timesTable } from '../../src/charts/change-practice.js';
import type { PracticeView } from '../../src/charts/change-practice.js';
import type { Missing } from '../../src/charts/chart.js';
import { deliveryBy, deliveryDimensions, deliveryTimes } from '../../src/charts/delivery-by.js';
import { five } from '../../src/charts/delivery-five.js';
import type { FigureId, FiveView, Tile } from '../../src/charts/delivery-five.js';
import { deliveryLinks } from '../../src/charts/delivery-links.js';
import { boundsWords, leftOut, sayOn, survivalWords } from '../../src/charts/delivery-words.js';
import { deploymentSeries, deployments } from '../../src/charts/deployments.js';
import type { Facts } from '../../src/charts/facts.js';
import { duration } from '../../src/charts/format.js';
import { serviceTimeline } from '../../src/charts/service-timeline.js';
import { wall } from '../../src/charts/wall.js';
import { cardsOf, deliveryCardsOf } from '../../src/dashboard/cards.js';
import type { Report } from '../../src/engine/types.js';
import { delivered } from './delivery.js';
import { absent, drawing, fixture, series, theme } from './report.js';

function facts<T extends Facts>(view: T | Missing): T {
  if (view.kind !== 'facts') throw new Error(`expected figures, got: ${view.reason}`);
  return view;
}

const tile = (view: FiveView, id: FigureId): Tile => view.tiles.find((one) => one.id === id) as Tile;

describe('the five', () => {
  test('each has its figure, how sure it is, and where the clock starts', () => {
    const view = facts(five(delivered()));
    expect(view.tiles.map(({ id }) => id)).toEqual(['frequency', 'change_lead_time', 'change_fail_rate', 'recovery_time', 'rework_rate']);
    expect(tile(view, 'frequency')).toMatchObject({ figure: '1.2', unit: 'a day' });
    expect(tile(view, 'frequency').lines).toContain('Median gap 15.2 h');
    expect(tile(view, 'change_lead_time')).toMatchObject({ figure: '1.9 days', unit: 'half within' });
    expect(tile(view, 'change_lead_time').lines[0]).toBe('From the oldest commit to production');
    // 39 / 235 = 0.166; Wilson 0.124 to 0.219.
    expect(tile(view, 'change_fail_rate').figure).toBe('17 %');
    expect(tile(view, 'change_fail_rate').lines).toEqual(expect.arrayContaining(['39 of 235 with a known result', '95 %: 12 % to 22 %']));
    expect(tile(view, 'recovery_time').lines).toContain('3 still open: counted for as long as they were seen');
  });

  test('what cannot be computed says why and what to add, in its place', () => {
    const view = facts(five(delivered()));
    const { figure, gap } = tile(view, 'rework_rate');
    expect(figure).toBeNull();
    expect(gap?.remedy).toMatch(/rfc/);
    expect(view.table.rows.at(-1)?.map(({ text }) => text)).toEqual(['Deployment rework rate', 'not computable', '', expect.stringMatching(/No deployment says.*Add the column/) as unknown]);
  });

  test('a figure that is missing without a reason is no 0', () => {
    const report = delivered();
    delete report.delivery.frequency;
    expect(tile(facts(five(report)), 'frequency')).toMatchObject({ figure: null, gap: { reason: expect.any(String) as unknown } });
  });

  test('deployments that are rare are counted by the week or the month, and none prints as 0 that is not', () => {
    const at = (perDay: number): string => {
      const report = delivered();
      if (report.delivery.frequency) Object.assign(report.delivery.frequency, { per_day: perDay, per_week: 7 * perDay });
      const { figure, unit } = tile(facts(five(report)), 'frequency');
      return `${figure ?? ''} ${unit}`;
    };
    expect(at(0.5)).toBe('3.5 a week');
    // 0.1 x 30.4375 = 3.04
    expect(at(0.1)).toBe('3 a month');
    expect(at(0.001)).toBe('under 0.1 a month');
  });

  test('what ended without a word is named, and never a success', () => {
    const view = facts(five(delivered()));
    expect(view.headline).toBe('254 deployments to production in 175 days.');
    expect(view.summary).toMatch(/213 succeeded \(12 with issues\), 35 failed \(11 backed out\), 6 ended and nobody says how\. Left out: 340 not to production, 9 cancelled, 1 still running\./);
  });

  test('surveys carry their year and give no verdict', () => {
    const view = facts(five(delivered()));
    for (const { benchmarks } of view.tiles) for (const line of benchmarks) expect(line).toMatch(/^20\d\d (clusters|mean): /);
    expect(tile(view, 'rework_rate').benchmarks).toEqual(['2025 mean: 2.2 of 10 (deviation 2.2)']);
    expect(tile(view, 'change_fail_rate').benchmarks[0]).toBe('2024 clusters: elite 5 %; high 20 %; medium 10 %; low 40 %');
  });

  test('without delivery the card says what would supply it', () => {
    const report: Report = { ...fixture(), unavailable: { delivery: { reason: 'Neither.', remedy: 'Add a log of deployments.' } } };
    const views = [five(report), deliveryBy(report, 'service'), deliveryTimes(report), deliveryLinks(report), serviceTimeline(report), wall(report)];
    for (const view of views) expect(view).toMatchObject({ kind: 'missing', remedy: 'Add a log of deployments.' });
    expect(absent(deployments(report, theme)).remedy).toBe('Add a log of deployments.');
    expect(changePractice(report).kind).toBe('missing');
  });
});

describe('week by week', () => {
  test('failed ones stand on those that count, hatched; limits and what stands out are marked', () => {
    const report = delivered();
    const view = drawing(deployments(report, theme));
    const [counting, failed, out] = series(view);
    const weeks = report.delivery.frequency?.weekly ?? [];
    expect((counting?.['data'] as { value: number }[]).map(({ value }) => value)).toEqual(weeks.map((week) => week.deployments));
    expect(failed).toMatchObject({ stack: 'week', itemStyle: { decal: { symbol: 'rect' } } });
    expect((counting?.['markLine'] as { data: unknown[] }).data).toHaveLength(2);
    expect(out).toMatchObject({ type: 'scatter', symbol: 'triangle' });
    expect(view.table.rows).toHaveLength(weeks.length);
    expect(view.table.rows[0]?.[0]?.text).toMatch(/in part/);
    expect(view.table.rows.filter((row) => row[4]?.text === 'yes')).toHaveLength(1);
  });

  test('other weekly figures are offered, rates as percentages', () => {
    const report = delivered();
    expect(deploymentSeries(report).map(({ id }) => id)).toEqual(['weekly', 'deployments_weekly', 'fail_rate_weekly', 'lead_time_weekly', 'changes_weekly']);
    const view = drawing(deployments(report, theme, { series: 'fail_rate_weekly' }));
    expect(view.table.rows.map((row) => row[1]?.text).filter((text) => text !== 'none')).toEqual(expect.arrayContaining([expect.stringMatching(/ %$/)]));
  });

  test('changes alone have their figures, and a week without limits has bars', () => {
    const { delivery, ...rest } = delivered();
    expect(drawing(deployments(rest, theme)).table.caption).toMatch(/^Changes closed a week/);
    expect(series(drawing(deployments({ ...rest, delivery: { ...delivery, behaviour: [] } }, theme)))).toHaveLength(2);
  });
});

describe('by service, and times', () => {
  test('a rate has its interval, one of no known result is no data', () => {
    const report = delivered();
    expect(deliveryDimensions(report)).toEqual(['service', 'group']);
    const group = report.delivery.by['service']?.[1];
    if (group) delete group.change_fail_rate;
    const view = facts(deliveryBy(report, 'service'));
    expect(view.rates).toHaveLength(5);
    expect(view.rates[0]?.figure).toMatch(/ % of \d+ failed$/);
    expect(view.table.rows[1]?.some(({ text }) => text === 'no data')).toBe(true);
    expect(deliveryBy(report, 'nowhere').kind).toBe('missing');
  });

  test('percentiles that the curve does not come down to have a bound', () => {
    const view = facts(deliveryTimes(delivered()));
    expect(view.table.rows.at(-1)?.map(({ text }) => text)).toEqual(['Failed deployment recovery', '39', '', '3.4 h', '9 h', '1.3 days', 'over 6 days']);
    expect(view.further?.[0]?.rows.map((row) => row[2]?.text)).toEqual(['2 h to 7 h', '5 h to 1.3 days', '12 h or more', '']);
    expect(survivalWords({ p: 50 }, duration)).toBe('not known');
    expect(boundsWords({ p: 50, upper_seconds: 3600 }, duration)).toBe('0 s to 1 h');
    expect(sayOn('business')(172_800)).toBe('48 h');
    expect(sayOn('elapsed')(172_800)).toBe('2 days');
    expect(leftOut({ no_start: 0 })).toBe('');
    expect(leftOut({ __proto__: 1, odd_reason: 2 })).toBe('Left out: 2 odd reason.');
  });

  test('without both the reason is that of the report', () => {
    const report = delivered();
    delete report.delivery.change_lead_time;
    delete report.delivery.recovery_time;
    report.delivery.not_computable['change_lead_time'] = { reason: 'No commit.', remedy: 'Add commit_time.' };
    expect(deliveryTimes(report)).toMatchObject({ kind: 'missing', remedy: 'Add commit_time.' });
  });
});

describe('links', () => {
  test('guesses are named, and what is not used says what it would link', () => {
    const view = facts(deliveryLinks(delivered()));
    expect(view.headline).toBe('61 of 1,185 incidents are linked to what caused them.');
    expect(view.ways.map(({ guess, used }) => [guess, used])).toEqual([[false, true], [false, true], [true, false], [true, false]]);
    expect(view.ways[0]?.text).toBe('Links 61 of 1,185 (5.1 %); 4 name one that is not in the files.');
    expect(view.ways[3]?.text).toMatch(/^Would link 140 of 1,185/);
    expect(view.table.rows[2]?.slice(3, 5).map(({ text }) => text)).toEqual(['yes', 'no']);
  });
});

describe('both on one axis', () => {
  test('heights are shares of the tallest week of all services', () => {
    const report = delivered();
    const view = facts(serviceTimeline(report));
    expect(Math.max(...view.strips.flatMap(({ weeks }) => weeks.map(({ up }) => up)))).toBe(1);
    expect(Math.max(...view.strips.flatMap(({ weeks }) => weeks.map(({ down }) => down)))).toBe(1);
    const [strip] = view.strips;
    expect(strip?.weeks).toHaveLength(26);
    const week = strip?.weeks.find(({ caused, incidents }) => caused > 0 && incidents > caused);
    expect(week?.hatched).toBeCloseTo((week?.caused ?? 0) / (week?.incidents ?? 1));
    expect(strip?.sentence).toMatch(/^Payments: 110 deployments, 21 failed; \d+ incidents, \d+ linked/);
    expect(view.strips.at(-1)?.queueShare).toBeNull();
    expect(view.ticks[0]).toEqual({ at: 0, text: 'Apr 2025' });
  });

  test('its tables hold the same counts', () => {
    const { delivery } = delivered();
    const view = facts(serviceTimeline(delivered()));
    const deploymentsOf = (rows: typeof view.table.rows, column: number): number => rows.reduce((sum, row) => sum + (row[column]?.sort ?? 0), 0);
    const all = (delivery.services?.rows ?? []).flatMap((row) => row.deployments).reduce((a, b) => a + b, 0);
    expect(deploymentsOf(view.table.rows, 1)).toBe(all);
    expect(deploymentsOf(view.further?.[0]?.rows ?? [], 2)).toBe(all);
  });

  test('weeks without anything and missing numbers draw nothing', () => {
    const report = delivered();
    report.delivery.services = { definition: '', weeks: ['2025-01-06'], rows: [{ service: 'A', deployments: [0], failed: [], incidents: [0], caused: [], queue_n: 0 }] };
    const view = facts(serviceTimeline(report));
    expect(view.strips[0]?.weeks[0]).toMatchObject({ up: 0, down: 0, hatched: 0, failed: 0 });
    expect(view.strips[0]).toMatchObject({ failRate: null, queueShare: null });
    delete report.delivery.services;
    report.delivery.not_computable['services'] = { reason: 'No service.', remedy: 'Map it.' };
    expect(serviceTimeline(report)).toMatchObject({ kind: 'missing', remedy: 'Map it.' });
  });
});

describe('the wall', () => {
  test('crossings with their waits, teams by side, and what is not known', () => {
    const view = facts(wall(delivered()));
    // 212 + 431 = 643 of 212 + 431 + 1,904 + 388 = 2,935: 21.9 %
    expect(view.headline).toBe('643 of 2,935 handoffs cross the wall (22 %).');
    expect(view.crossings.map(({ text }) => text)).toEqual(['212 handoffs', '431 handoffs', '1,904 handoffs', '388 handoffs']);
    expect(view.crossings[0]?.detail).toBe('median wait 4.2 h, 1,908 h in all');
    expect(view.crossings[2]?.detail).toBe('');
    expect(view.groups.map(({ title, names }) => [title, names.length])).toEqual([['Development', 2], ['Operations', 3]]);
  });

  test('no handoff at all is no share', () => {
    const report = delivered();
    if (report.delivery.wall) Object.assign(report.delivery.wall, { to_operations: { count: 0 }, to_development: { count: 0 }, within: 0, unknown: 0, tickets: 0 });
    expect(facts(wall(report)).headline).toBe('0 of 0 handoffs cross the wall.');
  });
});

describe('change practice', () => {
  const view = (): PracticeView => facts(changePractice(delivered()));

  test('outcomes are parts of all changes, open and unknown ones too', () => {
    expect(view().outcomes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
    expect(view().outcomes.map(({ kind }) => kind)).toEqual(['succeeded', 'with_issues', 'failed', 'backed_out', 'cancelled', 'unknown', 'open']);
    expect(view().headline).toBe('93 % of 338 changes with a known outcome succeeded.');
  });

  test('kinds, windows, collisions, times and what is missing', () => {
    const { kinds, window, collisions, gaps, further } = view();
    expect(kinds.map(({ label, detail }) => `${label}: ${detail}`)[3]).toBe('(none): no outcome known');
    expect(window?.lines[1]).toBe('46 ended after it, half of them by more than 2.3 h.');
    expect(collisions?.lines[0]).toMatch(/^41 of 338 planned changes overlap another one of the same service: 29 pairs, 3 of them still ahead/);
    expect(gaps).toEqual([{ label: 'By group', reason: 'No change names a group.', remedy: 'Add the column with the assignment group.' }]);
    expect(further?.map(({ caption }) => caption)).toEqual(['By kind', 'Planned against actual, of 281 changes', 'Overlapping windows, by service', 'How long each step takes, in elapsed time']);
    expect(timesTable(delivered().changes)?.rows.map((row) => row[0]?.text)).toEqual(['Request to approval', 'Approval to start', 'Start to end']);
    expect(changesBy(delivered(), 'risk').rows[2]?.map(({ text }) => text)).toEqual(['High', '42', '83 %', '66 % to 93 %', '13', '12 days', '31']);
  });

  test('changes that say nothing of themselves', () => {
    const report = delivered();
    const { definition, n, outcomes, to_start_from, clock, behaviour, cautions } = report.changes;
    const bare = { definition, n, outcomes, to_start_from, clock, behaviour, cautions, kinds: [], by: {}, not_computable: {} };
    const empty = facts(changePractice({ ...report, changes: bare }));
    expect(empty).toMatchObject({ window: null, collisions: null, kinds: [], headline: '412 changes, and no outcome is known.' });
    expect(timesTable(bare)).toBeNull();
  });
});

test('an input of tickets alone has one card of delivery, one of changes its own', () => {
  const ids = (had: string[]): string[] => deliveryCardsOf((part) => had.includes(part)).map(({ id }) => id);
  expect(ids(['lead_time'])).toEqual(['delivery']);
  expect(ids(['changes'])).toEqual(['delivery', 'deployments', 'changes']);
  expect(ids(['delivery', 'changes'])).toHaveLength(8);
  expect(cardsOf(() => true).some(({ id }) => ids(['delivery', 'changes']).includes(id))).toBe(false);
});
