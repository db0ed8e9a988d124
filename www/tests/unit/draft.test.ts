import { expect, test } from 'vitest';
import { answerIn, boardsOf, draftOf, groupsOf, moveState, openQuestions, optionsOf, questionsOf, meaningsOf, setChoice, setMeaning, setZone } from '../../src/engine/draft.js';
import type { Board, Group } from '../../src/engine/draft.js';
import { History } from '../../src/engine/history.js';
import type { Doubt, Mapping } from '../../src/engine/types.js';

const doubt = (part: Partial<Doubt>): Doubt => ({
  kind: 'date_order',
  blocking: true,
  subject: 'opened',
  question: '?',
  samples: [],
  answers: [{ value: 'day_first', label: '3 April' }],
  ...part,
});

function mapping(file: string, fingerprint: string, part: Partial<Mapping> = {}): Mapping {
  return {
    version: 1,
    file,
    fingerprint,
    profile: { id: 'generic', name: 'ticket table', confidence: 0.9, reasons: [] },
    shape: 'snapshot',
    shape_reason: '',
    dialect: { container: 'plain', encoding: 'UTF-8', encoding_reason: '', delimiter: ',', delimiter_reason: '' },
    zone: 'UTC',
    zone_reason: '',
    fields: [
      { field: 'id', column: 0, header: 'Number', confidence: 1, reason: '', samples: [] },
      { field: 'opened', column: 1, header: 'Opened', confidence: 1, reason: '', samples: [] },
      { field: 'resolved', column: 2, header: 'Resolved', confidence: 1, reason: '', samples: [] },
    ],
    dimensions: [],
    ignored: [],
    states: [{ state: 'Parked', class: 'unknown', confidence: 0, rows: 3 }],
    doubts: [],
    ...part,
  };
}

test('files with the same headers are one group, with each question once', () => {
  const opened = [doubt({}), doubt({})] as const;
  const draft = draftOf(
    [mapping('a.csv', 'x', { doubts: [opened[0]] }), mapping('b.csv', 'y'), mapping('c.csv', 'x', { doubts: [doubt({ kind: 'zone', blocking: false, answers: [] }), opened[1]] })],
    {},
  );
  const groups = groupsOf(draft);
  expect(groups.map(({ mappings }) => mappings.map(({ file }) => file))).toEqual([['a.csv', 'c.csv'], ['b.csv']]);
  expect(questionsOf(groups[0] as Group)).toEqual([opened[0]]);
  expect(openQuestions(draft)).toBe(1);
  const answered = answerIn(draft, groups[0] as Group, opened[0], 'day_first');
  expect(openQuestions(answered)).toBe(0);
  expect(answered.mappings.map(({ fields }) => fields[1]?.date_order)).toEqual(['day_first', undefined, 'day_first']);
  expect(openQuestions(draft)).toBe(1);
});

test('the first order of day and month goes to the other dates, until they get their own', () => {
  const [first, second] = [doubt({}), doubt({ subject: 'resolved' })];
  const draft = draftOf([mapping('a.csv', 'x', { doubts: [first, second] })], {});
  const group = (of = draft): Group => groupsOf(of)[0] as Group;
  const once = answerIn(draft, group(), first, 'day_first');
  expect(once.mappings[0]?.fields.map(({ date_order }) => date_order)).toEqual([undefined, 'day_first', 'day_first']);
  expect(optionsOf(once, {}).date_order).toBe('day_first');
  const twice = answerIn(once, group(once), second, 'month_first');
  expect(twice.mappings[0]?.fields.map(({ date_order }) => date_order)).toEqual([undefined, 'day_first', 'month_first']);
  expect(optionsOf(twice, {})).not.toHaveProperty('date_order');
  expect(optionsOf(twice, { date_order: 'day_first' }).date_order).toBe('day_first');
});

test('a state moves in every file that has it', () => {
  const draft = draftOf([mapping('a.csv', 'x'), mapping('b.csv', 'y'), mapping('c.csv', 'z', { states: [] })], {});
  const boards = boardsOf(draft);
  expect(boards).toHaveLength(1);
  const moved = moveState(draft, boards[0] as Board, 'Parked', 'hold');
  expect(moved.mappings.map(({ states }) => states[0]?.class)).toEqual(['hold', 'hold', undefined]);
});

test('how text is read is kept by file, taken back, and never changes a prototype', () => {
  const draft = draftOf([mapping('__proto__', 'x')], { reading: { 'b.csv': { delimiter: ';' } } });
  const set = setChoice(draft, ['__proto__'], { delimiter: '\t' });
  expect(Object.entries(set.reading)).toEqual([['b.csv', { delimiter: ';' }], ['__proto__', { delimiter: '\t' }]]);
  expect(setChoice(set, ['__proto__', 'b.csv'], { delimiter: null }).reading).toEqual({});
  expect(optionsOf(set, {}).reading).toBe(set.reading);
});

test('a zone is only said where it was chosen, other mappings go along', () => {
  const draft = draftOf([mapping('a.csv', 'x')], {});
  const other = mapping('o.csv', 'o');
  expect(optionsOf(draft, { mappings: [other, mapping('a.csv', 'x', { zone: 'Asia/Tokyo' })] })).toEqual({ mappings: [draft.mappings[0], other] });
  expect(optionsOf(setZone(draft, 'Europe/Berlin'), {})).toMatchObject({ zone: 'Europe/Berlin', mappings: [{ zone: 'Europe/Berlin' }] });
  expect(optionsOf(draftOf([], { zone: 'UTC' }), {}).zone).toBe('UTC');
});

test('steps are undone and done again, a new one forgets what was undone', () => {
  const steps = new History(0);
  expect(steps.undo()).toBeNull();
  steps.do(1, 'one');
  steps.do(2, 'two');
  expect(steps.undo()).toBe('two');
  expect([steps.now, steps.canUndo, steps.canRedo]).toEqual([1, true, true]);
  expect(steps.redo()).toBe('two');
  expect(steps.redo()).toBeNull();
  steps.undo();
  steps.do(3, 'three');
  expect([steps.now, steps.canRedo]).toEqual([3, false]);
  for (let n = 0; n < 1000; n += 1) steps.do(n, '');
  while (steps.undo() !== null);
  expect(steps.now).toBe(0);
});

const MEANT: Partial<Mapping> = {
  results: [{ result: 'ok', class: 'succeeded', confidence: 0.9, rows: 3 }, { result: '__proto__', class: 'unknown', confidence: 0.2, rows: 1 }],
  environments: [{ environment: 'live', production: false, confidence: 0.5, rows: 4 }],
  sides: [{ group: 'Ops', side: null, confidence: 0.3, rows: 4 }],
};

test('a value means the same in all files that have it, and what is surest shows', () => {
  const draft = draftOf([mapping('a.csv', 'x', MEANT), mapping('b.csv', 'y', { results: [{ result: 'ok', class: 'failed', confidence: 0.95, rows: 2 }] }), mapping('c.csv', 'z')], {});
  expect(meaningsOf(draft, 'result')).toEqual([{ value: 'ok', to: 'failed', confidence: 0.95, rows: 5 }, { value: '__proto__', to: 'unknown', confidence: 0.2, rows: 1 }]);
  const moved = setMeaning(draft, 'result', 'ok', 'with_issues');
  expect(moved.mappings.map(({ results }) => results?.[0])).toEqual([
    { result: 'ok', class: 'with_issues', confidence: 1, rows: 3 },
    { result: 'ok', class: 'with_issues', confidence: 1, rows: 2 },
    undefined,
  ]);
  // The third file has none of them and is left as it was.
  expect(moved.mappings[2]).toBe(draft.mappings[2]);
  expect(meaningsOf(setMeaning(draft, 'result', '__proto__', 'failed'), 'result')[1]?.to).toBe('failed');
});

test('environments become production, teams stand on a side or on neither', () => {
  const draft = draftOf([mapping('a.csv', 'x', MEANT)], {});
  const live = setMeaning(draft, 'environment', 'live', 'production');
  expect(live.mappings[0]?.environments).toEqual([{ environment: 'live', production: true, confidence: 1, rows: 4 }]);
  expect(meaningsOf(live, 'environment')[0]?.to).toBe('production');
  const ops = setMeaning(draft, 'side', 'Ops', 'operations');
  expect(ops.mappings[0]?.sides?.[0]).toEqual({ group: 'Ops', side: 'operations', confidence: 1, rows: 4 });
  expect(setMeaning(ops, 'side', 'Ops', 'neither').mappings[0]?.sides?.[0]).toMatchObject({ side: null, confidence: 1 });
  expect(optionsOf(live, {}).mappings?.[0]?.environments?.[0]?.production).toBe(true);
});

test('each step on meanings can be undone', () => {
  const first = draftOf([mapping('a.csv', 'x', MEANT)], {});
  const steps = new History(first);
  steps.do(setMeaning(first, 'environment', 'live', 'production'), 'live is now Production');
  expect(steps.undo()).toBe('live is now Production');
  expect(meaningsOf(steps.now, 'environment')[0]?.to).toBe('other');
});
