/** The calculator: what is typed, what is asked, and what is shown of the answer. */

import type { ReactiveControllerHost } from 'lit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Table } from '../../src/charts/chart.js';
import { whatIf, whatIfCsv } from '../../src/charts/what-if.js';
import { cardsOf } from '../../src/dashboard/cards.js';
import { WhatIfQuestion } from '../../src/dashboard/what-if-question.js';
import type { Core } from '../../src/engine/core.js';
import { EngineError } from '../../src/engine/errors.js';
import { LocalEngine } from '../../src/engine/local.js';
import { RemoteEngine } from '../../src/engine/remote.js';
import type { Report, WhatIf, WhatIfAnswer } from '../../src/engine/types.js';
import type { WhatIfForm } from '../../src/engine/what-if-form.js';
import { EXAMPLE, MOST_TIERS, examples, withArrivals, withMore, withTier, without, written } from '../../src/engine/what-if-form.js';
import { InlineWorker, loadTestCore, real } from './engines.js';
import { fixture } from './report.js';

const fake = async (): Promise<Core> => (await import('../fixtures/fake-core.js')) as unknown as Core;

function inputOf(form: WhatIfForm): WhatIf {
  const { input, wrong } = written(form);
  if (!input) throw new Error([...wrong].join('; '));
  return input;
}

async function answerTo(form: WhatIfForm): Promise<WhatIfAnswer> {
  return (await fake()).what_if(inputOf(form));
}

/** Of the tier at a place, other words. */
const typed = (place: number, field: 'name' | 'people' | 'minutes' | 'escalated' | 'cv', text: string): WhatIfForm => withTier(EXAMPLE, place, field, text);

const texts = ({ rows }: Table): string[][] => rows.map((row) => row.map(({ text }) => text));

describe('what is typed', () => {
  test('the examples are the desk that the core has by itself', () => {
    expect(inputOf(EXAMPLE)).toEqual({
      arrivals_per_day: 60,
      hours_per_day: 8,
      tiers: [
        { name: 'First line', people: 5, handling_minutes: 25, handling_cv: 1, escalated: 0.35 },
        { name: 'Second line', people: 5, handling_minutes: 60, handling_cv: 1, escalated: 0.25 },
        { name: 'Third line', people: 3, handling_minutes: 120, handling_cv: 1, escalated: 0 },
      ],
      size: 2,
      alpha: 0.8,
      kappa: 1,
      subset: 'escalated',
    });
  });

  test.runIf(real)('the real core says the same without being told any of them', async () => {
    const core = await loadTestCore();
    expect(core.what_if(inputOf(EXAMPLE))).toEqual(core.what_if({}));
  });

  test.each([
    ['people', 'many', 'Write a whole number from 1 to 200.'],
    ['people', '2.5', 'Write a whole number from 1 to 200.'],
    ['people', '0', 'Write a whole number from 1 to 200.'],
    ['people', '', 'Write a whole number from 1 to 200.'],
    ['minutes', '-3', 'Write a number from 0.1 to 100000.'],
    ['minutes', '7,5', 'Write the number with a point, such as 7.5: a comma can be read in two ways. It goes from 0.1 to 100000.'],
    ['escalated', '101', 'Write a number from 0 to 100.'],
    ['cv', 'x', 'Write a number from 0 to 5.'],
    ['name', '  ', 'Write a name, such as First line.'],
  ] as const)('%s "%s" is refused where it stands', (field, text, message) => {
    const { input, wrong } = written(typed(1, field, text));
    expect(input).toBeNull();
    expect([...wrong]).toEqual([[`${field}-1`, message]]);
  });

  test('two tiers of one name could not be told apart', () => {
    expect([...written(typed(2, 'name', 'First line ')).wrong.keys()]).toEqual(['name-2']);
  });

  test('nobody is behind the last tier, whatever it held before it was the last', () => {
    const form = without(typed(1, 'escalated', 'nonsense'), 2);
    expect(inputOf(form).tiers?.map(({ escalated }) => escalated)).toEqual([0.35, 0]);
  });

  test('tiers come up to the most and go down to one', () => {
    let form = EXAMPLE;
    for (let n = 0; n < 9; n += 1) form = withMore(form);
    expect(form.tiers).toHaveLength(MOST_TIERS);
    expect(new Set(form.tiers.map(({ name }) => name)).size).toBe(MOST_TIERS);
    expect(written(form).input).not.toBeNull();
    for (let n = 0; n < 9; n += 1) form = without(form, 0);
    expect(form.tiers).toHaveLength(1);
    expect(inputOf(form).tiers?.[0]?.escalated).toBe(0);
  });

  test('what is left of the examples is counted', () => {
    // Arrivals, hours, people and minutes of three tiers, shares of two.
    expect(examples(EXAMPLE)).toEqual({ left: 10, all: 10 });
    expect(examples(typed(0, 'people', '5'))).toEqual({ left: 9, all: 10 });
    expect(examples(typed(0, 'name', 'Front desk'))).toEqual({ left: 10, all: 10 });
    expect(examples(withArrivals(EXAMPLE, 33.333))).toEqual({ left: 9, all: 10 });
  });

  test('arrivals come from the file, unless the reader wrote others', () => {
    expect(withArrivals(EXAMPLE, 33.333)).toMatchObject({ arrivals: '33.3', arrivalsFrom: 'file' });
    expect(withArrivals(withArrivals(EXAMPLE, 33.333), null)).toMatchObject({ arrivals: '60', arrivalsFrom: 'example' });
    expect(withArrivals(EXAMPLE, 0)).toMatchObject({ arrivals: '60', arrivalsFrom: 'example' });
    const own = { ...EXAMPLE, arrivals: '80', arrivalsFrom: 'reader' as const };
    expect(withArrivals(own, 33.333)).toBe(own);
  });
});

describe('what is shown', () => {
  test('each way of working with replay, formula and change; the finding is the core\'s own', async () => {
    const answer = await answerTo(EXAMPLE);
    const view = whatIf(answer);
    expect([view.headline, view.finding].filter(Boolean).join(' ')).toBe(answer.finding);
    expect(view.rows.map(({ name }) => name)).toEqual(['pooled', 'swarm_fixed', 'swarm_adaptive']);
    expect(view.rows.every(({ interval }) => interval !== null)).toBe(true);
    const [asIs, pooled] = texts(view.policies);
    // Work on a ticket: 25 min + .35 x 60 min + .0875 x 120 min = 56.5 min; the wait is Erlang's.
    expect(asIs?.[1]).toMatch(/^62\.5 min \(60\.6 to 64\.4 min\)$/);
    expect(asIs?.[3]).toBe('the basis');
    expect(pooled?.[1]).toMatch(/^56\.8 min \(55\.1 to 58\.5 min\)$/);
    expect(pooled?.[2]).toBe('57.4 min');
    // 60 tickets of .9417 h in 8 h: 7.06 erlang for 13 people, 54 %
    expect(view.basis).toContain('60 tickets a day of 8 h bring 7.1 hours of work an hour for 13 people: 54 % of their time');
    expect(texts(view.further).map((row) => row.at(-1))).toContain('M/M/c (Erlang 1917), exact');
    expect(texts(view.further).at(-1)?.at(-1)).toBe('No formula is known for swarms that change while they work.');
  });

  test('a tier that cannot do its work is called unstable, and nothing is compared with a backlog that grows', async () => {
    const view = whatIf(await answerTo(typed(1, 'people', '2')));
    expect(view.unstable).toEqual(['Second line']);
    // 21 tickets of 1 h in 8 h: 2.625 erlang for 2 people, 131 %
    expect(texts(view.tiers)[1]).toEqual(['Second line', '2', '21', '2.63', '131 %: unstable', 'grows without end', 'grows without end']);
    expect(texts(view.policies)[0]?.slice(1)).toEqual(['refused', 'none', 'refused', 'refused']);
    expect(texts(view.further)[0]?.at(-1)).toMatch(/^The work that comes is 1\.31 times/);
    // One queue can do it, but there is nothing to hold it against.
    expect(view.rows[0]).toMatchObject({ refused: false, interval: null, text: expect.stringMatching(/^[\d.]+ (min|h), with nothing to compare it with$/) as unknown });
  });

  test('a refused way of working has its reason and no figure', async () => {
    const view = whatIf(await answerTo({ ...typed(1, 'people', '3'), kappa: 3 }));
    const refused = view.rows.filter((row) => row.refused);
    expect(refused.length).toBeGreaterThan(0);
    for (const row of refused) expect(row).toMatchObject({ verdict: 'Refused', interval: null, text: expect.stringContaining('the backlog grows without end') as unknown });
  });

  test('the first sentence of a finding is its headline, however many points its numbers have', async () => {
    const view = whatIf({ ...(await answerTo(EXAMPLE)), finding: 'People are busy for 54.3 % of their time, 6.1 min of it waiting. One queue would do. So would swarms.' });
    expect([view.headline, view.finding]).toEqual(['People are busy for 54.3 % of their time, 6.1 min of it waiting.', 'One queue would do. So would swarms.']);
  });

  test('an interval that rounding would hide is said to a tenth, and no wait is less than nothing', async () => {
    const answer = await answerTo(EXAMPLE);
    const [asIs, pooled, , fixed] = answer.policies;
    if (!asIs?.wait_mean_seconds || !pooled || !fixed) throw new Error('no policies');
    asIs.wait_mean_seconds = { point: 0.4, lower: -1.2, upper: 2 };
    pooled.change_lead_mean = { point: 0, lower: -0.0001, upper: 0.0002 };
    fixed.change_lead_mean = { point: -0.429, lower: -0.431, upper: -0.427 };
    const view = whatIf(answer);
    expect(view.rows.slice(0, 2).map(({ text }) => text)).toEqual(['no change', '−42.9 % (−43.1 % to −42.7 %)']);
    expect(texts(view.further)[0]?.[2]).toBe('0 s (0 to 2 s)');
  });

  test('as a file, with every bound', async () => {
    const lines = whatIfCsv(await answerTo(EXAMPLE)).trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^policy,refused,verdict,lead_mean_seconds_point,lead_mean_seconds_lower,/);
    expect(lines).toHaveLength(6);
    expect(lines[1]).toMatch(/^as_is,,,/);
  });
});

describe('asking', () => {
  beforeEach(() => { vi.useFakeTimers(); });
  afterEach(() => { vi.useRealTimers(); });

  interface Open {
    input: WhatIf;
    answer: (answer: WhatIfAnswer) => void;
    refuse: (error: EngineError) => void;
  }

  function desk(whole: Report | null = null) {
    const host: ReactiveControllerHost = { addController: () => undefined, removeController: () => undefined, requestUpdate: () => undefined, updateComplete: Promise.resolve(true) };
    const asked: Open[] = [];
    const page = { whole, ask: (input: WhatIf) => new Promise<WhatIfAnswer>((answer, refuse) => asked.push({ input, answer, refuse })) };
    const say = vi.fn<(text: string) => void>();
    const question = new WhatIfQuestion(host, () => page, say);
    question.hostUpdate();
    return { question, asked, page, say };
  }

  const settle = () => vi.advanceTimersByTimeAsync(0);
  const finding = (text: string): WhatIfAnswer => ({ finding: text }) as WhatIfAnswer;

  async function answered() {
    const all = desk();
    all.question.start();
    all.asked[0]?.answer(finding('first'));
    await settle();
    return all;
  }

  test('nothing is asked until it is shown; then the examples are answered and said', async () => {
    const { question, asked, say } = desk();
    question.put(typed(0, 'people', '6'));
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toEqual([]);
    question.start();
    expect(asked.map(({ input }) => input.tiers?.[0]?.people)).toEqual([6]);
    asked[0]?.answer(finding('first'));
    await settle();
    expect(question).toMatchObject({ running: false, outdated: false, answer: { finding: 'first' } });
    expect(say).toHaveBeenLastCalledWith('first');
  });

  test('a number of three digits is one question; what is moved is asked at once, and the newest wins', async () => {
    const { question, asked } = await answered();
    for (const text of ['1', '12', '120']) question.put(typed(0, 'minutes', text));
    expect(question).toMatchObject({ running: true, outdated: true });
    await vi.advanceTimersByTimeAsync(300);
    expect(asked.slice(1).map(({ input }) => input.tiers?.[0]?.handling_minutes)).toEqual([120]);
    for (const size of [3, 4, 5]) question.put({ ...question.form, size });
    asked[1]?.answer(finding('between'));
    await settle();
    expect(question).toMatchObject({ outdated: true });
    expect(asked.slice(2).map(({ input }) => input.size)).toEqual([5]);
    asked[2]?.answer(finding('last'));
    await settle();
    expect(question).toMatchObject({ running: false, outdated: false, answer: { finding: 'last' } });
  });

  test('nonsense is not asked; the answer before it stays and is known to be old', async () => {
    const { question, asked, say } = await answered();
    question.put(typed(0, 'people', 'many'));
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toHaveLength(1);
    expect(question).toMatchObject({ outdated: true, running: false, answer: { finding: 'first' } });
    expect(question.wrong.has('people-0')).toBe(true);
    expect(say).toHaveBeenCalledTimes(1);
    question.put(EXAMPLE);
    expect(question.outdated).toBe(false);
  });

  test('what the core refuses is said until something else is typed', async () => {
    const { question, asked } = await answered();
    question.put({ ...EXAMPLE, kappa: 2 });
    asked[1]?.refuse(new EngineError('bad_query', 'Out of range.', 'Less.'));
    await settle();
    expect(question).toMatchObject({ error: { message: 'Out of range.' }, outdated: true, answer: { finding: 'first' } });
    question.put({ ...EXAMPLE, kappa: 1.5 });
    expect(question.error).toBeNull();
  });

  test('another file brings its arrivals, and is asked about', async () => {
    const { question, asked, page } = await answered();
    const whole = fixture();
    Object.assign(whole, { throughput: { dispersion: { arrivals_per_business_day: 41.25 } } });
    page.whole = whole;
    question.hostUpdate();
    await vi.advanceTimersByTimeAsync(300);
    expect(question.form).toMatchObject({ arrivals: '41.3', arrivalsFrom: 'file' });
    expect(asked.at(-1)?.input.arrivals_per_day).toBe(41.3);
    page.whole = null;
    question.hostUpdate();
    expect(question.form).toMatchObject({ arrivals: '60', arrivalsFrom: 'example' });
  });
});

describe('the engine', () => {
  test('answers without a file, on a worker of its own that outlives inputs', async () => {
    const engine = new RemoteEngine(() => new InlineWorker(fake));
    await engine.prepare();
    await engine.prepareBeside();
    const { started } = InlineWorker;
    expect((await engine.whatIf(inputOf(EXAMPLE))).people).toBe(13);
    const handle = await engine.open([{ name: 'a.csv', blob: new Blob(['number,opened_at\nINC1,2025-07-01 08:00:00\n']) }], {});
    handle.close();
    expect((await engine.whatIf(inputOf(typed(0, 'people', '6')))).people).toBe(14);
    expect(InlineWorker.started).toBe(started);
  });

  test('refuses in the same words with a worker and without', async () => {
    const bad = { ...inputOf(EXAMPLE), arrivals_per_day: 666 };
    await expect(new RemoteEngine(() => new InlineWorker(fake)).whatIf(bad)).rejects.toMatchObject({ kind: 'bad_query', remedy: 'Give another number.' });
    await expect(new LocalEngine(fake).whatIf(bad)).rejects.toMatchObject({ kind: 'bad_query', remedy: 'Give another number.' });
  });
});

test('the card of the swarm is there whatever the file holds', () => {
  expect(cardsOf(() => false).map(({ id }) => id)).toContain('swarm');
});
