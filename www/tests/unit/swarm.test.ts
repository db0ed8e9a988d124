/** Where the time goes, the replay in words and tables, and the question beside that of the page. */

import { readFileSync } from 'node:fs';
import type { ReactiveControllerHost } from 'lit';
import { describe, expect, test, vi } from 'vitest';
import type { Table } from '../../src/charts/chart.js';
import { axisOf, policyRows, pricedPolicy, swarm, swarmCsv } from '../../src/charts/swarm.js';
import { swarmMoney } from '../../src/charts/swarm-money.js';
import { doneWithin, swarmTimes } from '../../src/charts/swarm-times.js';
import { changeWords, modelName, signed, verdictWords } from '../../src/charts/swarm-words.js';
import { WAYS, waste, wasteBy, wasteCsv, wasteDimensions, wasteStrips } from '../../src/charts/waste.js';
import type { WasteView } from '../../src/charts/waste.js';
import type { Questions } from '../../src/dashboard/questions.js';
import { SwarmQuestion } from '../../src/dashboard/swarm-question.js';
import type { Handle } from '../../src/engine/engine.js';
import { EngineError } from '../../src/engine/errors.js';
import { ALL_PARTS, affected, partsOf } from '../../src/engine/parts.js';
import { RemoteEngine } from '../../src/engine/remote.js';
import { RANGES, USUAL, swarmQuery, within } from '../../src/engine/swarm-choice.js';
import type { Core } from '../../src/engine/core.js';
import type { Query, Queue, Report, Swarm } from '../../src/engine/types.js';
import { InlineWorker } from './engines.js';
import { absent, drawing, fixture, series, theme } from './report.js';

const HOUR = 3600;

type Replayed = Report & { queue: Queue; swarm: Swarm };

/** A fresh copy each time, so that tests may change it. */
function replayed(): Replayed {
  const parts = JSON.parse(readFileSync(new URL('../fixtures/swarm.json', import.meta.url), 'utf8')) as Pick<Replayed, 'queue' | 'swarm'>;
  return { ...fixture(), ...parts };
}

function wasted(report: Report): WasteView {
  const view = waste(report);
  if (view.kind === 'missing') throw new Error(view.reason);
  return view;
}

const texts = ({ rows }: Table): string[][] => rows.map((row) => row.map(({ text }) => text));

describe('where the time goes', () => {
  test('the share leaves out what is outside working hours; the bar is the whole', () => {
    const view = wasted(replayed());
    // (31,200 + 52,400) / (412,000 - 272,000) = 59.7 %; 31,200 / 140,000 = 22.3 %; 20,800 / 140,000 = 14.9 %
    expect(view.headline).toBe('60 % of the working time of these tickets was waiting for us: 22 % for a group, 37 % for the person who had the ticket; 15 % was work (estimated).');
    // 272,000 / 412,000 = 66.0 %
    expect(view.summary).toContain('66 % of it lies outside working hours');
    expect(view.segments.map(({ kind }) => kind)).toEqual(['queue_group', 'queue_person', 'touch', 'hold_customer', 'hold_vendor', 'hold_other', 'off']);
    expect(view.segments.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  test('both estimates side by side, with what lies between them', () => {
    const view = wasted(replayed());
    expect(view.estimates.map(({ label, detail, text }) => [label, detail, text])).toEqual([
      ['One ticket at a time', '20,800 h of work, used above', '60 % waiting'],
      // (83,600 + 20,800 - 41,000) / 140,000 = 45.3 %
      ['All tickets in equal shares', '41,000 h of work', '45 % waiting'],
    ]);
    expect(view.lines).toEqual(['On the days on which they were seen, people had at least one ticket for 93 % of their working time.', 'The two estimates are 14 % of the time apart: so much the data cannot tell.']);
  });

  test('without working hours nothing is outside of them, and a measured share says so', () => {
    const report = replayed();
    const found = report.queue.waste;
    if (!found) throw new Error('no waste');
    Object.assign(found, { has_hours: false, method: 'states', parts: { ...found.parts, off: 0, hold_vendor: 0 }, estimates: found.estimates.slice(0, 1) });
    delete found.utilisation;
    const view = wasted(report);
    expect(view.headline).toMatch(/of the lead time was waiting for us.*\(measured\)/);
    expect(view.segments.map(({ kind }) => kind)).not.toContain('off');
    expect(view.segments.map(({ kind }) => kind)).not.toContain('hold_vendor');
    expect(view.lines).toEqual([]);
  });

  test('what is missing, from an older core or in the data, is said', () => {
    const report = replayed();
    delete report.queue.waste;
    expect(waste(report)).toMatchObject({ kind: 'missing' });
    expect(wasteDimensions(report)).toEqual([]);
    expect(waste({ ...fixture(), unavailable: { queue: { reason: 'Nobody is named.', remedy: 'Add people.' } } })).toMatchObject({ kind: 'missing', remedy: 'Add people.' });
  });

  test('by group, service, priority and way, in that order', () => {
    const report = replayed();
    expect(wasteDimensions(report)).toEqual(['group', 'service', 'priority', WAYS]);
    // (14,200 + 24,400) / (57,200) = 67.5 %; holds 9,000 + 4,100 + 500
    expect(texts(wasteBy(report, 'group'))[0]).toEqual(['Network', '2,900', '67 %', '14,200 h', '24,400 h', '5,000 h', '13,600 h', '120,000 h']);
    expect(wasteStrips(report, 'group')[0]).toMatchObject({ label: 'Network', text: '67 % waiting' });
    // The price list: (12,400 + 19,000) / 2,600 = 12.08 h each time; 31,400 of 83,600 = 37.6 %
    expect(texts(wasteBy(report, WAYS))[0]).toEqual(['Service Desk', 'Network', '2,600', '12.1 h', '12,400 h', '19,000 h', '4,100 h', '38 %']);
    expect(wasteStrips(report, WAYS)).toEqual([]);
  });

  test('as a file, and safe to open', () => {
    const report = replayed();
    const [row] = report.queue.by?.['group'] ?? [];
    if (row) row.key = '=cmd()';
    const lines = wasteCsv(report).trimEnd().split('\r\n');
    expect(lines[0]).toBe('by,value,to,count,queue_group_seconds,queue_person_seconds,touch_seconds,hold_customer_seconds,hold_vendor_seconds,hold_other_seconds,off_seconds,waiting_share');
    expect(lines[1]).toBe(`all,,,8795,${31_200 * HOUR},${52_400 * HOUR},${20_800 * HOUR},${24_000 * HOUR},${9600 * HOUR},${2000 * HOUR},${272_000 * HOUR},0.597143`);
    expect(lines[2]).toMatch(/^group,'=cmd\(\),/);
    expect(lines.at(-1)).toMatch(/^way,Network,Database,900,/);
  });
});

describe('the replay in words', () => {
  test('changes have their sign, and huge ones are said in times', () => {
    expect(signed(-0.38)).toBe('−38 %');
    expect(signed(0.062)).toBe('+6.2 %');
    expect(signed(0)).toBe('no change');
    expect(signed(-0.0004)).toBe('no change');
    expect(signed(6.5)).toBe('×7.5');
    expect(changeWords({ point: -0.4, lower: -0.5, upper: 0.1, unbounded: true })).toBe('−40 % (−50 % to no bound)');
  });

  test('verdicts and models as people say them', () => {
    const [, pooled, , fixed, adaptive] = replayed().swarm.policies;
    expect(pooled && verdictWords(pooled)).toBe('Faster');
    expect(fixed && verdictWords(fixed)).toBe('Refused');
    expect(adaptive && verdictWords(adaptive)).toBe('Depends on alpha >= 0.35');
    expect(modelName('single_tasking/personal_queue')).toBe('One ticket at a time; a queue for each person');
    expect(modelName('new_way/other')).toBe('New way; other');
  });

  test('before it is asked for there is the claim, and no table', () => {
    const view = swarm({ ...fixture(), unavailable: {} });
    expect(view).toMatchObject({ kind: 'facts', details: null, table: { columns: [] } });
    const refused = swarm({ ...fixture(), unavailable: { swarm: { reason: 'Nobody is named.', remedy: 'Add people.' } } });
    expect(refused).toMatchObject({ headline: 'Nobody is named.', summary: 'Add people.' });
  });

  test('the finding comes first; what was refused has its reason and no bar', () => {
    const report = replayed();
    expect(swarm(report)).toMatchObject({
      headline: 'One queue for all would have cut the mean lead time of these tickets by 38 % (17 to 52 %).',
      summary: expect.stringMatching(/^Swarms of idle people by 43 %, as long as .* as one\. The claim/),
      details: { verdict: 'depends' },
    });
    const rows = policyRows(report.swarm, 'change_lead_mean');
    expect(rows.map(({ name, refused }) => [name, refused])).toEqual([['pooled', false], ['pooled_less_rework', false], ['swarm_fixed', true], ['swarm_adaptive', false]]);
    expect(rows[2]).toMatchObject({ interval: null, text: report.swarm.policies[3]?.refused });
    expect(rows[3]?.lines).toEqual(['Over all assumptions tried: −71 % to no bound.', '3 tickets were not finished when the people ran out: a backlog, in no lead time.']);
  });

  test('bars stand left of the line where all of the interval is faster', () => {
    const part = replayed().swarm;
    const { zero, low, high } = axisOf(part, 'change_lead_mean');
    // From -58 % to +10 % at least, with 4 % of that as room: 0.6072 / 0.7344
    expect([low, high]).toEqual([expect.closeTo(-0.6072, 6), expect.closeTo(0.1272, 6)]);
    expect(zero).toBeCloseTo(0.6072 / 0.7344, 6);
    const [pooled, , , adaptive] = policyRows(part, 'change_lead_mean');
    expect(pooled?.interval?.to).toBeLessThan(zero);
    expect(adaptive?.interval?.to).toBeGreaterThan(zero);
  });

  test('an interval beyond the axis is cut and says so', () => {
    const part = replayed().swarm;
    const [, pooled] = part.policies;
    if (pooled) pooled.change_lead_mean = { point: 0.5, lower: -0.2, upper: 9 };
    expect(policyRows(part, 'change_lead_mean')[0]?.interval).toMatchObject({ to: 1, beyond: true });
    expect(policyRows(part, 'change_wait')[3]?.interval).toMatchObject({ to: 1, beyond: true });
  });

  test('as a file', () => {
    const lines = swarmCsv(replayed().swarm).trimEnd().split('\r\n');
    expect(lines).toHaveLength(6);
    expect(lines[0]).toMatch(/^policy,verdict,refused,change_lead_mean_point,change_lead_mean_lower,change_lead_mean_upper,change_lead_mean_envelope_lower,change_lead_mean_envelope_upper,/);
    expect(lines[2]).toMatch(/^pooled,better,,-0\.38,-0\.52,-0\.17,,,/);
    expect(lines[5]).toMatch(/^swarm_adaptive,depends,,-0\.43,-0\.58,0\.06,-0\.71,0\.9,/);
  });
});

describe('hours and money', () => {
  test('two lines of one way of working, and no sum', () => {
    const money = swarmMoney(replayed(), { wage: 50, delay: 2, currency: 'EUR' });
    expect(money?.policy).toBe('Swarms of the idle');
    // 20,800 h x .08 x 50 = 83,200; 83,600 h x -.74 x 2 = -123,728
    expect(money?.lines.map(({ label, figure }) => [label, figure])).toEqual([['Staff', '+83,200 EUR'], ['Waiting', '−123,728 EUR']]);
    expect(money?.lines[1]?.range).toBe('−143,792 EUR to no bound');
  });

  test('without rates there are hours; without the parts of lead time there is nothing', () => {
    const report = replayed();
    expect(swarmMoney(report, { wage: null, delay: null, currency: '' })?.lines[0]?.figure).toBe('+1,664 h');
    delete report.queue.waste;
    expect(swarmMoney(report, { wage: 1, delay: 1, currency: '' })).toBeNull();
  });

  test('it is told of a way that was not refused', () => {
    const part = replayed().swarm;
    part.policies = part.policies.filter(({ name }) => name !== 'swarm_adaptive');
    expect(pricedPolicy(part)?.name).toBe('pooled');
  });
});

describe('lead times on one axis', () => {
  test('what is refused has no line; what happened has one; unfinished tickets are never done', () => {
    const report = replayed();
    const view = drawing(swarmTimes(report, theme));
    expect(series(view).map(({ name }) => name)).toEqual(['As it is', 'One queue', 'Swarms of the idle', 'What happened']);
    const [, , , , adaptive] = report.swarm.policies;
    // 3,897 of 3,900 are done in the end
    expect(adaptive && doneWithin(adaptive).at(-1)).toBeCloseTo(3897 / 3900, 9);
    // Told by the fake's counts: 70 + 120 + 250 + 370 + 530 + 700 = 2,040 of 3,900
    expect(view.summary).toContain('as it is 52 %');
  });

  test('without a replay it says so', () => {
    expect(absent(swarmTimes({ ...fixture(), unavailable: {} }, theme)).kind).toBe('missing');
  });
});

describe('the question', () => {
  const page: Query = { filter: { group: ['Network'] }, rates: { wage_per_hour: 60 }, compare: { label: 'x' }, limits: 'median' };

  test('beside that of the page, without what it does not depend on', () => {
    expect(swarmQuery(page, USUAL, 'full')).toEqual({ filter: { group: ['Network'] }, parts: ['swarm'], swarm: { size: 2, alpha: 0.8, kappa: 1, subset: ['escalated'] } });
    expect(swarmQuery({}, USUAL, 'quick').swarm).toMatchObject({ structural: false, draws: 5 });
  });

  test('the page never asks for it by itself', () => {
    expect(ALL_PARTS).not.toContain('swarm');
    expect(partsOf({ query: {}, lens: null })).not.toContain('swarm');
    expect(affected({ query: {}, lens: null }, { query: { swarm: { size: 3 } }, lens: null })).toEqual([]);
  });

  test('a field takes numbers of its range only', () => {
    expect(within('3', RANGES.size)).toBe(3);
    for (const text of ['2.5', '1', '9', '', 'two']) expect(within(text, RANGES.size)).toBeNull();
    expect(within('0.35', RANGES.alpha)).toBe(0.35);
    expect(within('-0.1', RANGES.alpha)).toBeNull();
  });
});

describe('asking', () => {
  interface Open {
    query: Query;
    signal: AbortSignal | undefined;
    answer: (report: Report) => void;
    refuse: (error: EngineError) => void;
  }

  function desk(query: Query = {}) {
    const host: ReactiveControllerHost = { addController: () => undefined, removeController: () => undefined, requestUpdate: () => undefined, updateComplete: Promise.resolve(true) };
    const asked: Open[] = [];
    const report = (one: Query, signal?: AbortSignal): Promise<Report> =>
      new Promise((answer, refuse) => asked.push({ query: one, signal, answer, refuse }));
    const questions = { whole: fixture(), report: fixture(), query, values: new Map(), open: vi.fn() };
    const say = vi.fn<(text: string) => void>();
    const question = new SwarmQuestion(host, () => ({ handle: { report } as unknown as Handle, questions: questions as unknown as Questions }), say);
    question.hostUpdate();
    return { question, asked, questions, say };
  }

  const settle = () => new Promise((resolve) => setTimeout(resolve));

  async function answered(query: Query = {}) {
    const all = desk(query);
    all.question.replay();
    all.asked[0]?.answer(replayed());
    await settle();
    return all;
  }

  test('nothing is asked until the button is pressed, whatever is moved', () => {
    const { question, asked } = desk();
    question.choose({ size: 4 });
    expect(asked).toEqual([]);
    question.replay();
    expect(asked.map(({ query }) => query)).toEqual([{ parts: ['swarm'], swarm: { ...USUAL, size: 4 } }]);
    expect(question.running).toBe('full');
  });

  test('where nothing can be replayed, the core says why without being asked', async () => {
    const { question, asked, questions } = desk();
    const whole: Report = { ...fixture(), evidence: { ...fixture().evidence, level: 'E1' } };
    questions.whole = whole;
    question.hostUpdate();
    question.hostUpdate();
    expect(asked.map(({ query }) => query.parts)).toEqual([['swarm']]);
    const why = { reason: 'It does not say who had a ticket when.', remedy: 'Add a second file.' };
    asked[0]?.answer({ ...whole, unavailable: { swarm: why } });
    await settle();
    expect(swarm(question.over(whole))).toMatchObject({ headline: why.reason, summary: why.remedy });
  });

  test('the answer is put into the report of the page, and said', async () => {
    const { question, say } = await answered();
    expect(question).toMatchObject({ running: null, shown: 'full', outdated: null });
    const over = question.over(fixture());
    expect(over.swarm?.verdict).toBe('depends');
    expect(over.lead_time).toEqual(fixture().lead_time);
    expect(say).toHaveBeenLastCalledWith(replayed().swarm.finding);
  });

  test('cancelled, it is no error, and what comes later is dropped', async () => {
    const { question, asked } = desk();
    question.replay();
    question.cancel();
    expect(asked[0]?.signal?.aborted).toBe(true);
    asked[0]?.answer(replayed());
    await settle();
    expect(question).toMatchObject({ running: null, shown: null, error: null });
  });

  test('moved assumptions are answered quickly, the newest wins, and the full answer stays on offer', async () => {
    const { question, asked } = await answered();
    for (const size of [3, 4, 5]) question.choose({ size });
    expect(question).toMatchObject({ running: 'quick', outdated: 'assumptions' });
    expect(asked.slice(1).map(({ query }) => query.swarm)).toEqual([{ ...USUAL, size: 3, structural: false, draws: 5 }]);
    asked[1]?.answer(replayed());
    await settle();
    expect(asked.at(-1)?.query.swarm?.size).toBe(5);
    asked[2]?.answer(replayed());
    await settle();
    expect(question).toMatchObject({ running: null, shown: 'quick', outdated: null });
    expect(asked).toHaveLength(3);
  });

  test('a full answer on its way gives way to what is moved', async () => {
    const { question, asked } = await answered();
    question.replay();
    question.choose({ alpha: 0.5 });
    expect(asked[1]?.signal?.aborted).toBe(true);
    expect(asked[2]?.query.swarm).toMatchObject({ alpha: 0.5, structural: false });
  });

  test('another question of the page is not replayed by itself; its rates do not matter', async () => {
    const { question, asked, questions } = await answered();
    questions.query = { rates: { wage_per_hour: 80, currency: 'EUR' } };
    question.hostUpdate();
    expect(question).toMatchObject({ outdated: null, currency: 'EUR', rates: { wage: 80, delay: null } });
    questions.query = { filter: { group: ['Network'] } };
    question.hostUpdate();
    expect(question.outdated).toBe('question');
    expect(asked).toHaveLength(1);
  });

  test('what cannot be asked is said, and what was there stays', async () => {
    const { question, asked } = await answered();
    question.replay();
    asked[1]?.refuse(new EngineError('bad_query', 'Out of range.', 'Less.'));
    await settle();
    expect(question.error?.message).toBe('Out of range.');
    expect(question.shown).toBe('full');
  });

  test('another input begins anew', async () => {
    const { question, questions } = await answered();
    question.choose({ size: 3 });
    question.price({ wage: 10 });
    questions.whole = fixture();
    question.hostUpdate();
    expect(question).toMatchObject({ shown: null, running: null, choice: USUAL, rates: { wage: null } });
  });
});

test('cancelling replaces the worker, and what else was asked is answered by the next one', async () => {
  const fake = async (): Promise<Core> => (await import('../fixtures/fake-core.js')) as unknown as Core;
  const engine = new RemoteEngine(() => new InlineWorker(fake));
  const handle = await engine.open([{ name: 'a.csv', blob: new Blob(['number,opened_at\nINC1,2025-07-01 08:00:00\n']) }], {});
  const { started, live } = InlineWorker;
  const abort = new AbortController();
  const cancelled = handle.report({ parts: ['lead_time'] }, abort.signal);
  const other = handle.report({});
  abort.abort();
  await expect(cancelled).rejects.toMatchObject({ kind: 'cancelled' });
  expect((await other).schema_version).toBe('1.0');
  expect(InlineWorker.started).toBe(started + 1);
  expect(InlineWorker.live).toBe(live);
  handle.close();
  await expect(handle.report({}, abort.signal)).rejects.toMatchObject({ kind: 'closed' });
});
