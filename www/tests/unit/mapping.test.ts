import { describe, expect, test } from 'vitest';
import { answer, headersOf, isBlocked, isClear, setField, setState } from '../../src/engine/mapping.js';
import type { Doubt, Mapping } from '../../src/engine/types.js';

function mapping(): Mapping {
  return {
    version: 1,
    file: 'a.csv',
    fingerprint: 'f',
    profile: { id: 'generic', name: 'ticket table', confidence: 0.9, reasons: [] },
    shape: 'snapshot',
    shape_reason: '',
    dialect: { container: 'plain', encoding: 'UTF-8', encoding_reason: '', delimiter: ',', delimiter_reason: '' },
    zone: 'Europe/Berlin',
    zone_reason: '',
    fields: [
      { field: 'id', column: 0, header: 'Number', confidence: 1, reason: '', samples: ['1'] },
      { field: 'opened', column: 1, header: 'Opened', confidence: 1, reason: '', samples: ['03/04/2025'] },
      { field: 'resolved', column: 2, header: 'Resolved', confidence: 1, reason: '', samples: ['04/04/2025'] },
    ],
    dimensions: [{ name: 'team', column: 3, header: 'Team' }],
    ignored: ['Notes'],
    states: [{ state: 'Parked', class: 'unknown', confidence: 0, rows: 3 }],
    doubts: [],
  };
}

const doubt = (part: Partial<Doubt>): Doubt => ({
  kind: 'date_order',
  blocking: true,
  subject: 'opened',
  question: '?',
  samples: [],
  answers: [],
  ...part,
});

test('all headers can be chosen, known positions kept', () => {
  expect(headersOf(mapping())).toEqual([
    { header: 'Number', column: 0 },
    { header: 'Opened', column: 1 },
    { header: 'Resolved', column: 2 },
    { header: 'Team', column: 3 },
    { header: 'Notes', column: null },
  ]);
});

describe('setField', () => {
  test('takes a dimension for a field, as chosen by the user', () => {
    const changed = setField(mapping(), 'group', 'Team');
    expect(changed.fields.at(-1)).toMatchObject({ field: 'group', column: 3, header: 'Team', confidence: 1 });
    expect(changed.dimensions).toEqual([]);
  });

  test('an ignored column is found by its header', () => {
    expect(setField(mapping(), 'category', 'Notes').fields.at(-1)).toMatchObject({ column: null, header: 'Notes' });
  });

  test('keeps the place of the field, or leaves it out', () => {
    expect(setField(mapping(), 'opened', 'Notes').fields.map(({ field }) => field)).toEqual(['id', 'opened', 'resolved']);
    expect(setField(mapping(), 'opened', null).fields.map(({ field }) => field)).toEqual(['id', 'resolved']);
  });

  test('leaves the mapping it was given alone', () => {
    const before = mapping();
    setField(before, 'opened', null);
    setState(before, 'Parked', 'hold');
    expect(before).toEqual(mapping());
  });
});

describe('answers', () => {
  test('a date order goes to the field in question only', () => {
    const changed = answer(mapping(), doubt({}), 'day_first');
    expect(changed.fields.map(({ date_order }) => date_order)).toEqual([undefined, 'day_first', undefined]);
  });

  test('a date order for the whole file goes to all dates', () => {
    const changed = answer(mapping(), doubt({ subject: 'dates' }), 'month_first');
    expect(changed.fields.map(({ date_order }) => date_order)).toEqual([undefined, 'month_first', 'month_first']);
  });

  test('what numbers count goes to the field in question only', () => {
    const dates = answer(mapping(), doubt({ kind: 'number_date', subject: 'resolved' }), 'excel1904');
    expect(dates.fields.map(({ number_date }) => number_date)).toEqual([undefined, undefined, 'excel1904']);
    const lengths = answer(setField(mapping(), 'worked', 'Notes'), doubt({ kind: 'duration_unit', subject: 'worked' }), 'minutes');
    expect(lengths.fields.map(({ duration_unit }) => duration_unit)).toEqual([undefined, undefined, undefined, 'minutes']);
  });

  test('a state gets its class, a field its column, the file its zone', () => {
    expect(answer(mapping(), doubt({ kind: 'state_class', subject: 'Parked' }), 'hold').states[0]).toMatchObject({ class: 'hold', confidence: 1 });
    expect(answer(mapping(), doubt({ kind: 'field', subject: 'group' }), 'Team').fields.at(-1)?.header).toBe('Team');
    expect(answer(mapping(), doubt({ kind: 'zone' }), 'UTC').zone).toBe('UTC');
  });
});

test('a result gets its class, an environment its yes or no', () => {
  const given = { ...mapping(), results: [{ result: 'ok', class: 'unknown' as const, confidence: 0, rows: 1 }], environments: [{ environment: 'live', production: false, confidence: 0.4, rows: 1 }] };
  expect(answer(given, doubt({ kind: 'result_class', subject: 'ok' }), 'succeeded').results).toEqual([{ result: 'ok', class: 'succeeded', confidence: 1, rows: 1 }]);
  expect(answer(given, doubt({ kind: 'environment', subject: 'live' }), 'production').environments?.[0]).toMatchObject({ production: true, confidence: 1 });
  expect(answer(given, doubt({ kind: 'environment', subject: 'live' }), 'other').environments?.[0]).toMatchObject({ production: false, confidence: 1 });
  expect(answer(mapping(), doubt({ kind: 'result_class', subject: 'ok' }), 'failed').results).toEqual([]);
});

test('figures show at once only where nothing blocks and the reading is no guess', () => {
  expect(isClear([mapping()])).toBe(true);
  expect(isClear([{ ...mapping(), doubts: [doubt({ blocking: false, kind: 'zone' })] }])).toBe(true);
  expect(isClear([{ ...mapping(), doubts: [doubt({})] }])).toBe(false);
  expect(isBlocked([{ ...mapping(), doubts: [doubt({})] }])).toBe(true);
  const guess = mapping();
  guess.profile.confidence = 0.4;
  expect(isClear([guess])).toBe(false);
});
