/** Asking part by part: what is sent, what is dropped, what stays on the page, and the way back. */

import type { ReactiveControllerHost } from 'lit';
import { beforeEach, describe, expect, test } from 'vitest';
import { Questions } from '../../src/dashboard/questions.js';
import { due } from '../../src/dashboard/sights.js';
import type { Handle } from '../../src/engine/engine.js';
import { EngineError } from '../../src/engine/errors.js';
import { FIRST_PARTS } from '../../src/engine/parts.js';
import type { Query, Report } from '../../src/engine/types.js';
import { fixture } from './report.js';

interface Sent {
  query: Query;
  answer: (over?: Partial<Report>) => Promise<void>;
  refuse: (message: string) => Promise<void>;
}

/** Everything that is waiting for a promise has had its turn. */
const settled = async (): Promise<void> => {
  for (let n = 0; n < 12; n += 1) await Promise.resolve();
};

let sent: Sent[] = [];
let said: string[] = [];

function engine(): Handle {
  const report = (query: Query): Promise<Report> =>
    new Promise((resolve, reject) => {
      sent.push({
        query,
        answer: async (over = {}) => {
          resolve({ ...fixture(), query, receipts: {}, unavailable: {}, ...over });
          await settled();
        },
        refuse: async (message) => {
          reject(new EngineError('bad_query', message, 'Do otherwise.'));
          await settled();
        },
      });
    });
  return { report } as unknown as Handle;
}

const host: ReactiveControllerHost = {
  addController: () => undefined,
  removeController: () => undefined,
  requestUpdate: () => undefined,
  updateComplete: Promise.resolve(true),
};

const last = (): Sent => {
  const one = sent.at(-1);
  if (!one) throw new Error('nothing was asked');
  return one;
};

/** Started, and everything answered. */
async function ready(): Promise<Questions> {
  const questions = new Questions(host, (text) => said.push(text));
  questions.start(engine(), { ...fixture(), receipts: {}, unavailable: {} }, null);
  for (let n = -1; n !== sent.length; ) {
    n = sent.length;
    await last().answer();
  }
  expect(questions.progress).toBeNull();
  sent = [];
  return questions;
}

beforeEach(() => {
  sent = [];
  said = [];
});

const withTickets = (total: number): Partial<Report> => ({ tickets: { ...fixture().tickets, total } });

describe('part by part', () => {
  test('after the first answer the rest follows, one request at a time, and tells how far it is', async () => {
    const questions = new Questions(host, (text) => said.push(text));
    questions.start(engine(), fixture(), null);
    expect(sent).toHaveLength(1);
    expect(questions.busy).toBe(false);
    const before = questions.progress;
    expect(before?.done).toBe(FIRST_PARTS.length);
    await last().answer();
    expect(sent).toHaveLength(2);
    expect(questions.progress?.done).toBeGreaterThan(before?.done ?? 0);
  });

  test('a change asks for the first screen alone, and the old figures stay until they come', async () => {
    const questions = await ready();
    const old = questions.report;
    questions.ask({ filter: { group: ['A'] } }, 'A', 'filter');
    expect(sent.map(({ query }) => query.parts)).toEqual([[...FIRST_PARTS]]);
    expect(questions.busy).toBe(true);
    expect(questions.report).toBe(old);
    await last().answer(withTickets(3));
    expect(questions.busy).toBe(false);
    expect(questions.report?.tickets.total).toBe(3);
    expect(questions.stale.size).toBeGreaterThan(0);
    expect(questions.whole?.tickets.total).toBe(fixture().tickets.total);
  });

  test('a newer question drops the rest, and waits for no more than the request that runs', async () => {
    const questions = await ready();
    questions.ask({ filter: { group: ['A'] } }, 'A', 'filter');
    const running = last();
    questions.ask({ filter: { group: ['B'] } }, 'B', 'filter');
    questions.ask({ filter: { group: ['C'] } }, 'C', 'filter');
    expect(sent).toHaveLength(1);
    await running.answer(withTickets(1));
    expect(questions.report?.tickets.total).not.toBe(1);
    expect(sent).toHaveLength(2);
    expect(last().query.filter).toEqual({ group: ['C'] });
    await last().answer(withTickets(2));
    questions.ask({ filter: { group: ['D'] } }, 'D', 'filter');
    await last().answer({ cycle_time: fixture().lead_time as NonNullable<Report['lead_time']> });
    expect(last().query).toMatchObject({ filter: { group: ['D'] }, parts: [...FIRST_PARTS] });
  });

  test('what reaches one part asks for that part, and the rest stays', async () => {
    const questions = await ready();
    const old = questions.report;
    questions.ask({ targets: [{ seconds: 60 }] }, 'Target', 'settings');
    expect(questions.busy).toBe(false);
    expect(last().query.parts).toEqual(['sla']);
    await last().answer();
    expect(questions.report?.lead_time).toBe(old?.lead_time);
    expect(questions.progress).toBeNull();
    expect(sent).toHaveLength(1);
  });

  test('the same question again asks nothing', async () => {
    const questions = await ready();
    questions.ask({ filter: {} }, 'nothing', 'filter');
    expect(sent).toHaveLength(0);
  });
});

describe('what cannot be answered', () => {
  test('is named at its control, and the figures and what they lacked go on', async () => {
    const questions = new Questions(host, (text) => said.push(text));
    questions.start(engine(), fixture(), null);
    await last().answer();
    const lacking = questions.stale;
    questions.ask({ clock: 'business', calendars: { default: { hours: 'whenever' } } }, 'Hours', 'clock');
    await last().answer();
    const old = questions.report;
    await last().refuse('"whenever" are no hours.');
    expect(questions.refusal).toMatchObject({ from: 'clock', error: { message: '"whenever" are no hours.' } });
    expect(questions.report).toBe(old);
    expect(questions.query).toEqual({});
    expect(questions.wanted.query.calendars?.default?.hours).toBe('whenever');
    expect(questions.stale).toEqual(lacking);
    expect(last().query.clock).toBeUndefined();
    questions.undo();
    expect(questions.refusal).toBeNull();
    expect(questions.wanted.query).toEqual({});
  });

  test('hours that do not count yet are checked before anything else is asked', async () => {
    const questions = await ready();
    questions.ask({ calendars: { default: { hours: 'whenever' } } }, 'Hours', 'clock');
    expect(sent.map(({ query }) => query)).toEqual([{ calendars: { default: { hours: 'whenever' } }, clock: 'business', parts: [] }]);
    await last().refuse('No hours.');
    expect(questions.refusal?.from).toBe('clock');
    expect(sent).toHaveLength(1);
    questions.ask({ calendars: { default: { hours: '24/7' } } }, 'Hours', 'clock');
    await last().answer();
    expect(last().query.parts).toEqual([...FIRST_PARTS]);
  });

  test('a later part that fails is named as missing, once, and the rest is asked for', async () => {
    const questions = new Questions(host, (text) => said.push(text));
    questions.start(engine(), fixture(), null);
    const [part] = last().query.parts ?? [];
    await last().refuse('It broke.');
    expect(questions.refusal).toBeNull();
    expect(questions.report?.unavailable[part ?? '']?.reason).toBe('It broke.');
    expect(sent).toHaveLength(2);
    expect(last().query.parts).not.toContain(part);
  });
});

describe('the way back', () => {
  test('undo goes to the question before, step by step', async () => {
    const questions = await ready();
    questions.ask({ clock: 'days' }, 'Clock: days', 'clock');
    await last().answer();
    questions.ask({ clock: 'days', as_of: '2025-08-01' }, 'As-of', 'as-of');
    await last().answer();
    await last().answer();
    expect(questions.lastStep).toBe('As-of');
    questions.undo();
    expect(questions.query).toEqual({ clock: 'days' });
    await last().answer();
    await last().answer();
    questions.undo();
    expect(questions.query).toEqual({});
    expect(questions.canUndo).toBe(false);
  });

  test('a slider that is dragged makes one step', async () => {
    const questions = await ready();
    for (const day of ['01', '02', '03']) {
      questions.ask({ as_of: `2025-08-${day}` }, 'As-of', 'as-of');
      await last().answer();
      await last().answer();
    }
    questions.undo();
    expect(questions.query).toEqual({});
  });

  test('what is not answered yet is dropped first', async () => {
    const questions = await ready();
    questions.ask({ clock: 'days' }, 'Clock: days', 'clock');
    questions.undo();
    expect(questions.query).toEqual({});
    expect(questions.busy).toBe(false);
  });
});

test('the values of a dimension are asked for once, and no value is the empty string', async () => {
  const questions = await ready();
  questions.open('group');
  questions.open('group');
  expect(sent).toHaveLength(1);
  expect(last().query).toEqual({ by: ['group'], parts: ['breakdowns'], min_group: 1 });
  const row = (key: string, tickets: number) => ({ key, tickets, values: [], n: [] });
  await last().answer({ breakdowns: [{ by: 'group', label: 'g', figures: [], rows: [row('A', 3), row('(none)', 1)], folded: 0 }] });
  expect(questions.values.get('group')).toEqual({ state: 'known', values: [{ value: 'A', tickets: 3 }, { value: '', tickets: 1 }] });
});

describe('places', () => {
  const place = { id: 'wip', parts: ['wip'] as const, later: ['fits'] as const };
  const report: Report = { ...fixture(), unavailable: {} };

  test('show nothing, or what they showed, until their parts are new', () => {
    expect(due(place, undefined, report, new Set(['wip']))).toBeNull();
    expect(due(place, report, { ...report, wip: undefined } as unknown as Report, new Set(['wip']))).toBe(report);
  });

  test('keep their report where nothing of it changed', () => {
    expect(due(place, report, { ...report, lead_time: undefined } as unknown as Report, new Set())).toBe(report);
    const fresh = { ...report, wip: structuredClone(report.wip) } as Report;
    expect(due(place, report, fresh, new Set())).toBe(fresh);
  });

  test('do not wait for what may come later, and do not show it from before', () => {
    const fits = {} as NonNullable<Report['fits']>;
    const shown = due(place, null, { ...report, fits }, new Set(['fits']));
    expect(shown?.wip).toBe(report.wip);
    expect(shown?.fits).toBeUndefined();
    expect(due(place, shown, { ...report, fits }, new Set(['fits']))).toBe(shown);
    expect(due(place, shown, { ...report, fits }, new Set())?.fits).toBe(fits);
  });
});
