/** The board in words and tables, the question it asks, and who wins when many are asked. */

import type { ReactiveControllerHost } from 'lit';
import { describe, expect, test } from 'vitest';
import { board, boardCsv } from '../../src/charts/board.js';
import { announced, boardSentence, cardWords, dayWords, factsOf, knownWords, limitText, rank } from '../../src/charts/board-words.js';
import { BoardQuestion } from '../../src/dashboard/board-question.js';
import { Latest } from '../../src/dashboard/latest.js';
import type { Questions } from '../../src/dashboard/questions.js';
import { FIRST_CARDS, PLAIN, boardQuery, isPlain, leavesSelection, limitOf, sameBoard, sameChoice, withBoard, withLimit } from '../../src/engine/board-choice.js';
import type { BoardChoice } from '../../src/engine/board-choice.js';
import type { Handle } from '../../src/engine/engine.js';
import { EngineError } from '../../src/engine/errors.js';
import { nextPiece } from '../../src/engine/parts.js';
import type { Board, BoardColumn, Card, Query, Report } from '../../src/engine/types.js';
import { fixture } from './report.js';

const DAY = 86_400;

function column(name: string, count: number, over: Partial<BoardColumn> = {}): BoardColumn {
  const labels: Record<string, string> = { planned: 'Planned', queue: 'Queue', active: 'Active', hold: 'On hold', done: 'Done', unknown: 'Not known' };
  return { column: name, label: labels[name] ?? name, count, states: [], ages: [], older_than: [], cards: [], more: 0, ...over };
}

const card: Card = { ticket: 7, id: 'INC7', state: 'On Hold', group: 'Network', service: '', priority: '2', kind: '', age_seconds: 3 * DAY, overdue: false };

/** 120 + 240 + 52 = 412 open; 20 + 10 + 7 = 37 of them older than 85 % of the finished. */
function sample(over: Partial<Board> = {}): Board {
  return {
    definition: 'What stood where.',
    of: 'tickets',
    date: '2025-02-03',
    known_from: 'history',
    columns: [
      column('queue', 120, { limit: 100, over_limit: 20, older_than: [{ p: 50, seconds: 9, count: 99 }, { p: 85, seconds: 99, count: 20 }], ages: [{ p: 50, seconds: 2 * DAY }], oldest_seconds: 40 * DAY, in_column_median_seconds: DAY }),
      column('active', 240, { limit: 200, over_limit: 40, older_than: [{ p: 85, seconds: 99, count: 10 }] }),
      column('hold', 52, { in_column_median_seconds: 3 * DAY, older_than: [{ p: 85, seconds: 99, count: 7 }], cards: [card], more: 51 }),
      column('done', 31, { older_than: [{ p: 85, seconds: 99, count: 4 }] }),
    ],
    n: 443,
    total_wip: 412,
    first: '2025-01-01',
    last: '2025-03-01',
    reference: { n: 900, percentiles: [{ p: 85, seconds: 99 }] },
    cautions: [],
    ...over,
  };
}

const reportOf = (part: Board | undefined, over: Partial<Report> = {}): Report => ({ ...fixture(), ...(part ? { board: part } : {}), receipts: {}, unavailable: {}, ...over });

describe('the sentence', () => {
  test('counts what is open, what is old and what is over its limit', () => {
    expect(boardSentence(sample())).toBe(
      'On 3 Feb 2025 412 tickets were open: 120 waiting, 240 in work, 52 blocked (median 3 days); 37 older than 85 % of the finished ever took; 2 columns over their limit. Besides these, 31 done in the last 7 days.',
    );
  });

  test('names the one column that is over, and says so where none is', () => {
    const one = sample({ columns: [column('queue', 12, { limit: 10, over_limit: 2 })], total_wip: 12 });
    expect(boardSentence(one)).toContain('; Queue 2 over its limit of 10.');
    const none = sample({ columns: [column('queue', 8, { limit: 10, over_limit: 0 })], total_wip: 8 });
    expect(boardSentence(none)).toContain('no column over its limit');
  });

  test('says nothing of ages where nothing was finished, and nothing of limits where none is set', () => {
    const part = sample({ columns: [column('queue', 1)], total_wip: 1 });
    delete part.reference;
    expect(boardSentence(part)).toBe('On 3 Feb 2025 1 ticket was open: 1 waiting.');
  });

  test('an empty day is said as such, with what is planned', () => {
    const empty = sample({ of: 'changes', columns: [column('planned', 5, { overdue: 2 }), column('queue', 0)], total_wip: 0 });
    expect(boardSentence(empty)).toBe('On 3 Feb 2025 no change was open. Besides these, 5 planned, 2 of them past their planned start.');
  });

  test('what nobody knows is counted, and done ones never are', () => {
    const part = sample({ columns: [column('unknown', 4, { older_than: [{ p: 85, seconds: 1, count: 1 }] }), column('done', 9, { older_than: [{ p: 85, seconds: 1, count: 9 }] })], total_wip: 4 });
    expect(boardSentence(part, undefined, 1)).toBe('On 3 Feb 2025 4 tickets were open: 4 not known whether waiting or in work; 1 older than 85 % of the finished ever took. Besides these, 9 done on that day.');
  });
});

describe('a column', () => {
  test('its limit in words, over and under', () => {
    expect(limitText(column('queue', 12, { limit: 10, over_limit: 2 }))).toBe('12 of 10: 2 over');
    expect(limitText(column('queue', 10, { limit: 10, over_limit: 0 }))).toBe('10 of 10');
    expect(limitText(column('queue', 10))).toBe('');
  });

  test('its ages; of a hold how long it is blocked; of what is planned how far ahead', () => {
    const [queue, , hold] = sample().columns;
    expect(queue && factsOf(queue)).toEqual([
      { term: 'Oldest', text: '40 days' },
      { term: 'Median age', text: '2 days' },
      { term: 'In column, median', text: '1 day' },
      { term: 'Older than 85 % of the finished', text: '20' },
    ]);
    expect(hold && factsOf(hold)[0]).toEqual({ term: 'Blocked, median', text: '3 days' });
    const planned = column('planned', 2, { ages: [{ p: 50, seconds: DAY }], oldest_seconds: 9 * DAY, overdue: 1 });
    expect(factsOf(planned)).toEqual([
      { term: 'Oldest request', text: '9 days' },
      { term: 'Starts in, median', text: '1 day' },
      { term: 'Planned start passed', text: '1' },
    ]);
    delete planned.overdue;
    expect(factsOf(planned)[1]).toEqual({ term: 'Median age', text: '1 day' });
    expect(factsOf(column('queue', 0, { oldest_seconds: 1 }))).toEqual([]);
  });
});

describe('a card', () => {
  test('its age in words, its place among the finished, and for how long it is blocked', () => {
    const words = cardWords({ ...card, percentile: 0.93, in_column_seconds: DAY }, 'hold', 'UTC');
    expect(words).toMatchObject({ id: 'INC7', age: '3 days old', rank: 'older than 93 % of the finished', since: 'blocked for 1 day', overdue: '', result: '' });
    expect(words.tags.map(({ text }) => text)).toEqual(['On Hold', 'Network', '2']);
  });

  test('a change has its window, and how it ended once it is done', () => {
    const change: Card = { ...card, planned_start: '2025-02-03T22:00:00Z', planned_end: '2025-02-03T23:30:00Z', overdue: true, result: 'backed_out' };
    expect(cardWords(change, 'queue', 'UTC')).toMatchObject({ window: '3 Feb 2025, 22:00 to 23:30', overdue: 'Planned start passed', result: '' });
    expect(cardWords(change, 'active', 'Europe/Berlin')).toMatchObject({ window: '3 Feb 2025, 23:00 to 4 Feb 2025, 00:30', overdue: 'Planned end passed' });
    expect(cardWords({ ...change, overdue: false }, 'done', 'UTC')).toMatchObject({ age: 'took 3 days', result: 'backed out', failed: true });
    expect(cardWords({ ...change, result: 'unknown' }, 'done', 'UTC')).toMatchObject({ result: 'ended, result not known', failed: false });
  });

  test('the ends of the scale are said in words', () => {
    expect(rank(1, 'older')).toBe('older than all of the finished');
    expect(rank(0, 'older')).toBe('younger than all of the finished');
    expect(rank(0.9996, 'longer')).toBe('longer than over 99.9 % of the finished');
  });

  test('without an id it has its number', () => {
    const nameless = { ...card };
    delete nameless.id;
    expect(cardWords(nameless, 'queue', 'UTC').id).toBe('Number 7');
  });
});

test('how it is known is said for each way, and shown at once where it is not the history', () => {
  expect(knownWords(sample())).toMatch(/a row per change/);
  expect(knownWords(sample({ known_from: 'dates', of: 'changes' }))).toMatch(/dates alone: opening, start, plan and end of each change/);
  expect(knownWords(sample({ known_from: 'new_way' }))).toBe('Known from new way.');
  expect(board(reportOf(sample({ known_from: 'latest' })))).toMatchObject({ summary: expect.stringMatching(/newest row of each ticket/) as string });
});

test('a day with its weekday, and what a live region says', () => {
  expect(dayWords('2025-02-03')).toBe('Monday, 3 Feb 2025');
  expect(dayWords('soon')).toBe('soon');
  expect(announced(sample())).toBe('3 Feb 2025: Queue 120, Active 240, On hold 52, Done 31, Queue 20 over its limit, Active 40 over its limit.');
});

describe('tables and CSV', () => {
  test('a row a figure, a row a card; each card opens its ticket', () => {
    const view = board(reportOf(sample()));
    if (view.kind !== 'facts') throw new Error(view.reason);
    expect(view.table.columns.map(({ label }) => label)).toEqual(['Figure', 'Queue', 'Active', 'On hold', 'Done']);
    expect(view.table.rows.map(([first]) => first?.text)).toEqual(['Count', 'WIP limit', 'Over the limit', 'Oldest', 'Median age', 'In this column, median', 'Older than 50 % of the finished', 'Older than 85 % of the finished', 'Plan passed']);
    for (const row of view.table.rows) expect(row).toHaveLength(view.table.columns.length);
    const [cards] = view.further ?? [];
    expect(cards?.rows).toHaveLength(1);
    expect(cards?.rows[0]?.[0]).toEqual({ text: 'INC7', ticket: 7 });
    expect(cards?.rows[0]).toHaveLength(cards?.columns.length ?? 0);
    expect(cards?.note).toBe('51 more cards not listed: choose a team or a service.');
  });

  test('no board: why, and what would supply it', () => {
    const view = board(reportOf(undefined, { unavailable: { board: { reason: 'Nothing had been opened by then.', remedy: 'Choose a later day.' } } }));
    expect(view).toEqual({ kind: 'missing', reason: 'Nothing had been opened by then.', remedy: 'Choose a later day.' });
  });

  test('the CSV has counts and no card, and nothing where nothing is known', () => {
    const lines = boardCsv(sample()).split('\r\n');
    expect(lines[0]).toBe('date,of,column,count,limit,over_limit,oldest_seconds,age_p50_seconds,in_column_median_seconds,older_than_p50,older_than_p85,overdue');
    expect(lines[1]).toBe('2025-02-03,tickets,queue,120,100,20,3456000,172800,86400,99,20,');
    expect(lines[4]).toBe('2025-02-03,tickets,done,31,,,,,,,4,');
    expect(lines.join('\n')).not.toContain('INC7');
  });
});

describe('the question', () => {
  const choice = (over: Partial<BoardChoice>): BoardChoice => ({ ...PLAIN, ...over });
  const page: Query = { filter: { group: ['A', 'B'], priority: ['1'] }, as_of: '2025-08-01', clock: 'business', compare: { label: 'x' } };

  test('keeps what the page selects, but for the day, the team and the service', () => {
    expect(boardQuery(page, 'tickets', choice({ day: '2025-02-03', group: 'A', service: '' }))).toEqual({
      as_of: '2025-02-03',
      board: { cards: FIRST_CARDS, done_days: 7, wip_limits: {} },
      clock: 'business',
      filter: { group: ['A'], priority: ['1'], service: [''] },
      include: { ids: true, points: false },
      parts: ['board'],
    });
  });

  test('another log has other columns: only clock and day go with it', () => {
    const query = boardQuery(page, 'tickets', choice({ of: 'changes', group: 'C' }));
    expect(query).toMatchObject({ of: 'changes', as_of: '2025-08-01', clock: 'business', filter: { group: ['C'] } });
    expect(query.compare).toBeUndefined();
    expect(leavesSelection(page, 'tickets', choice({ of: 'changes' }))).toBe(true);
    expect(leavesSelection({ clock: 'days' }, 'tickets', choice({ of: 'changes' }))).toBe(false);
    expect(leavesSelection(page, 'tickets', choice({ of: 'tickets' }))).toBe(false);
  });

  test('limits are set, exchanged and taken away; other choices differ, the order of limits does not', () => {
    const one = withLimit(withLimit(PLAIN, 'queue', 10), 'active', 5);
    const two = withLimit(withLimit(PLAIN, 'active', 5), 'queue', 10);
    expect(sameChoice(one, two)).toBe(true);
    expect(sameChoice(one, withLimit(two, 'queue', 11))).toBe(false);
    expect(withLimit(one, 'queue', null).limits).toEqual({ active: 5 });
    expect(sameBoard(choice({ day: '2025-01-01' }), choice({ day: '2025-01-02', cards: 100 }))).toBe(true);
    expect(sameBoard(choice({ group: 'A' }), PLAIN)).toBe(false);
  });

  test('a limit is a whole number from 1, or nothing', () => {
    expect(['', ' ', '12', '0', '-3', '2.5', 'ten', '1e9'].map(limitOf)).toEqual([null, null, 12, undefined, undefined, undefined, undefined, undefined]);
  });

  test('without a choice the answer of the page shows it; a file that is taken away has the limits', () => {
    expect(isPlain(choice({ of: 'tickets' }), 'tickets')).toBe(true);
    expect(isPlain(choice({ of: 'changes' }), 'tickets')).toBe(false);
    expect(withBoard(page, PLAIN)).toBe(page);
    expect(withBoard({}, withLimit(PLAIN, 'queue', 3))).toEqual({ board: { done_days: 7, wip_limits: { queue: 3 } } });
  });

  test('the page asks for it late, with cards', () => {
    const piece = nextPiece({ query: {}, lens: null }, new Set(['board']));
    expect(piece?.query).toMatchObject({ parts: ['board'], board: { cards: FIRST_CARDS }, include: { ids: true } });
  });
});

const settled = async (): Promise<void> => {
  for (let n = 0; n < 12; n += 1) await Promise.resolve();
};

interface Sent<Q, A> {
  question: Q;
  answer: (value: A) => Promise<void>;
  refuse: (thrown: unknown) => Promise<void>;
}

function recorder<Q, A>(): { sent: Sent<Q, A>[]; ask: (question: Q) => Promise<A> } {
  const sent: Sent<Q, A>[] = [];
  const ask = (question: Q): Promise<A> =>
    new Promise((resolve, reject) => {
      sent.push({
        question,
        answer: (value) => {
          resolve(value);
          return settled();
        },
        refuse: (thrown) => {
          reject(thrown as Error);
          return settled();
        },
      });
    });
  return { sent, ask };
}

describe('the newest wins', () => {
  function queue(): { latest: Latest<number, string>; sent: Sent<number, string>[]; got: [string, boolean, boolean][] } {
    const { sent, ask } = recorder<number, string>();
    const got: [string, boolean, boolean][] = [];
    const latest: Latest<number, string> = new Latest<number, string>({
      ask,
      took: (answer, _, newest) => got.push([answer, newest, latest.busy]),
      failed: (thrown, _, newest) => got.push([`failed: ${String(thrown)}`, newest, latest.busy]),
    });
    return { latest, sent, got };
  }

  test('while one runs, what waits is replaced; the last is asked and told', async () => {
    const { latest, sent, got } = queue();
    for (const n of [1, 2, 3, 4]) latest.put(n);
    expect(sent.map(({ question }) => question)).toEqual([1]);
    await sent[0]?.answer('one');
    expect(sent.map(({ question }) => question)).toEqual([1, 4]);
    await sent[1]?.answer('four');
    expect(got).toEqual([['one', false, true], ['four', true, false]]);
    expect(latest.busy).toBe(false);
  });

  test('what was dropped is not told, and the next still waits its turn', async () => {
    const { latest, sent, got } = queue();
    latest.put(1);
    latest.drop();
    expect(latest.busy).toBe(false);
    latest.put(2);
    expect(sent).toHaveLength(1);
    await sent[0]?.answer('one');
    await sent[1]?.refuse('no');
    expect(got).toEqual([['failed: no', true, false]]);
    latest.put(3);
    await sent[2]?.answer('three');
    expect(got.at(-1)).toEqual(['three', true, false]);
  });
});

describe('beside the page', () => {
  const host: ReactiveControllerHost = { addController: () => undefined, removeController: () => undefined, requestUpdate: () => undefined, updateComplete: Promise.resolve(true) };
  const page = reportOf(sample(), { as_of: '2025-03-01T12:00:00Z' });

  function desk(): { question: BoardQuestion; sent: Sent<Query, Report>[]; questions: { whole: Report | null; report: Report | null; query: Query; progress: null; values: Map<string, unknown>; open: () => void } } {
    const { sent, ask } = recorder<Query, Report>();
    const questions = { whole: page as Report | null, report: page as Report | null, query: {} as Query, progress: null, values: new Map<string, unknown>(), open: () => undefined };
    const question = new BoardQuestion(host, () => ({ handle: { report: ask } as unknown as Handle, questions: questions as unknown as Questions }));
    question.hostUpdate();
    return { question, sent, questions };
  }

  const on = (date: string): Report => reportOf(sample({ date, total_wip: 1 }), { query: { as_of: date }, as_of: `${date}T23:59:59Z` });

  test('shows the page until its answer comes, days in between, and nothing of the rest', async () => {
    const { question, sent } = desk();
    expect(question.over(page)).toBe(page);
    expect(question.days).toMatchObject({ first: 20_089, last: 20_148, home: 20_148 });
    for (const day of ['2025-02-01', '2025-02-02', '2025-02-03']) question.choose({ day });
    expect(question.busy).toBe(true);
    expect(question.over(page)).toBe(page);
    await sent[0]?.answer(on('2025-02-01'));
    expect(question.over(page).board?.date).toBe('2025-02-01');
    expect(sent.map(({ question: { as_of } }) => as_of)).toEqual(['2025-02-01', '2025-02-03']);
    await sent[1]?.answer(on('2025-02-03'));
    const both = question.over(page);
    expect(both.board?.date).toBe('2025-02-03');
    expect(both.lead_time).toBe(page.lead_time);
    expect(question.over(page)).toBe(both);
    expect(question.busy).toBe(false);
    expect(question.shownQuery).toMatchObject({ as_of: '2025-02-03' });
  });

  test('another team on its way is not shown for the one chosen last', async () => {
    const { question, sent } = desk();
    question.choose({ group: 'A' });
    question.choose({ group: 'B' });
    await sent[0]?.answer(on('2025-02-01'));
    expect(question.over(page)).toBe(page);
    await sent[1]?.answer(on('2025-02-02'));
    expect(question.over(page).board?.date).toBe('2025-02-02');
  });

  test('what cannot be answered is said, and the board before it stays', async () => {
    const { question, sent } = desk();
    question.choose({ day: '2025-02-01' });
    await sent[0]?.answer(on('2025-02-01'));
    question.choose({ limits: { queue: 1 } });
    await sent[1]?.refuse(new EngineError('bad_query', 'No.', 'Do otherwise.'));
    expect(question.error?.message).toBe('No.');
    expect(question.over(page).board?.date).toBe('2025-02-01');
    question.choose({ limits: {} });
    expect(question.error).toBeNull();
  });

  test('back to the page drops what runs; another question of the page is asked here as well; another file begins anew', async () => {
    const { question, sent, questions } = desk();
    question.choose({ day: '2025-02-01' });
    question.reset();
    await sent[0]?.answer(on('2025-02-01'));
    expect(question.over(page)).toBe(page);
    question.choose({ limits: { queue: 3 } });
    await sent[1]?.answer(on('2025-03-01'));
    questions.query = { filter: { priority: ['1'] } };
    question.hostUpdate();
    expect(sent[2]?.question).toMatchObject({ filter: { priority: ['1'] }, board: { wip_limits: { queue: 3 } } });
    expect(question.withSettings).toMatchObject({ filter: { priority: ['1'] }, board: { wip_limits: { queue: 3 } } });
    questions.whole = { ...page };
    question.hostUpdate();
    expect(question.touched).toBe(false);
    await sent[2]?.answer(on('2025-02-09'));
    expect(question.over(page)).toBe(page);
  });

  test('a day without a board keeps the days that lead back', async () => {
    const { question, sent } = desk();
    question.choose({ day: '2025-01-01' });
    await sent[0]?.answer(reportOf(undefined, { unavailable: { board: { reason: 'Nothing had been opened by then.', remedy: 'Later.' } } }));
    expect(question.over(page).board).toBeUndefined();
    expect(question.over(page).unavailable['board']?.reason).toBe('Nothing had been opened by then.');
    expect(question.days?.last).toBe(20_148);
  });
});
