/** Changes of a question, and the words for it. */

import { describe, expect, test } from 'vitest';
import { ageWords, chipsOf, listed, selectionWords, spanWords } from '../../src/charts/chips.js';
import { isPersonal } from '../../src/dashboard/people.js';
import { firstDimension, hidesPeople, lensesOf, shownDimensions } from '../../src/dashboard/lenses.js';
import {
  calendarOf, dayNumber, filtered, having, isWhole, isoDay, periodBefore, same, selectionOf, spanWith, toggled, valuesOf, withCalendar, withDelivery, withTarget, withoutSelection,
} from '../../src/engine/question.js';
import type { Query } from '../../src/engine/types.js';
import { fixture } from './report.js';

describe('filters', () => {
  test('values come and go one by one, and the last takes the dimension with it', () => {
    const one = toggled({}, 'group', 'A');
    const two = toggled(one, 'group', '');
    expect(two.filter).toEqual({ group: ['A', ''] });
    expect(toggled(toggled(two, 'group', 'A'), 'group', '')).toEqual({});
    expect(filtered(two, 'kind', ['x']).filter).toEqual({ group: ['A', ''], kind: ['x'] });
  });

  test('a dimension may be called as what objects inherit', () => {
    const query = toggled({}, '__proto__', 'a');
    expect(valuesOf(query, '__proto__')).toEqual(['a']);
    expect(JSON.stringify(query)).toBe('{"filter":{"__proto__":["a"]}}');
    expect(valuesOf({}, 'constructor')).toEqual([]);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  test('the same question is the same, whatever the order and whatever says nothing', () => {
    expect(same({ clock: 'days', filter: {} }, { as_of: null, clock: 'days' })).toBe(true);
    expect(same({ clock: 'days' }, {})).toBe(false);
    expect(isWhole({ clock: 'business', opened: {} })).toBe(true);
    expect(isWhole({ age: { at_least_seconds: 0 } })).toBe(false);
  });
});

describe('ranges', () => {
  test('an end at a time', () => {
    expect(spanWith(undefined, 'from', '2025-01-01')).toEqual({ from: '2025-01-01' });
    expect(spanWith({ from: '2025-01-01' }, 'to', '2025-02-01')).toEqual({ from: '2025-01-01', to: '2025-02-01' });
    expect(spanWith({ from: '2025-01-01' }, 'from', '')).toBeUndefined();
  });

  test('the period before is as long, and ends the day before', () => {
    expect(periodBefore({ from: '2024-03-01', to: '2024-03-31' })).toEqual({ from: '2024-01-30', to: '2024-02-29' });
    expect(periodBefore({ from: '2025-01-01', to: '2025-01-01' })).toEqual({ from: '2024-12-31', to: '2024-12-31' });
    expect(periodBefore({ from: '2024-03-01' })).toBeNull();
    expect(periodBefore(undefined)).toBeNull();
  });

  test('days are numbers and back', () => {
    expect(isoDay(dayNumber('2024-02-29') + 1)).toBe('2024-03-01');
    expect(dayNumber('yesterday')).toBeNaN();
  });

  test('in words', () => {
    expect(spanWords('Opened', { from: '2025-01-01', to: '2025-01-31' })).toBe('Opened 1 Jan 2025 to 31 Jan 2025');
    expect(spanWords('Opened', { to: '2025-01-31' })).toBe('Opened until 31 Jan 2025');
    expect(ageWords({ at_least_seconds: 7 * 86_400 })).toBe('Older than 7 days');
    expect(ageWords({ at_most_seconds: 3600 })).toBe('Younger than 1 h');
    expect(listed(['A', '', 'B'])).toBe('A, (none) or 1 more');
  });
});

describe('calendars and targets', () => {
  test('a group has the hours of everybody until it has its own', () => {
    const all = withCalendar({}, null, { hours: '24/7' });
    expect(calendarOf(all, 'Night')).toMatchObject({ hours: '24/7' });
    const own = withCalendar(all, 'Night', { hours: '22:00-06:00' });
    expect(calendarOf(own, 'Night')).toMatchObject({ hours: '22:00-06:00', holidays: [] });
    expect(calendarOf(own, null)).toMatchObject({ hours: '24/7' });
    expect(calendarOf(withCalendar(own, 'Night', null), 'Night')).toMatchObject({ hours: '24/7' });
  });

  test('a target of a priority replaces the one before', () => {
    const query = withTarget(withTarget(withTarget({}, 'P1', 10), '', 30), 'P1', 20);
    expect(query.targets).toEqual([{ priority: '', seconds: 30 }, { priority: 'P1', seconds: 20 }]);
    expect(withTarget(withTarget(query, 'P1', null), '', null)).toEqual({});
  });
});

describe('delivery', () => {
  test('what says nothing is taken out, and the last takes the whole with it', () => {
    const text = withDelivery({}, { link_by_text: true });
    expect(text).toEqual({ delivery: { link_by_text: true } });
    const both = withDelivery(text, { link_by_time_seconds: 7200 });
    expect(both.delivery).toEqual({ link_by_text: true, link_by_time_seconds: 7200 });
    expect(withDelivery(withDelivery(both, { link_by_text: false }), { link_by_time_seconds: undefined })).toEqual({});
    expect(withDelivery({}, { production: [], lead_from: 'auto' })).toEqual({});
    expect(same(withDelivery(withDelivery({}, { lead_from: 'commit' }), { link_by_text: true }), withDelivery(withDelivery({}, { link_by_text: true }), { lead_from: 'commit' }))).toBe(true);
  });

  test('each has a chip that takes it away, guesses named', () => {
    const query: Query = { delivery: { production: ['live', ''], lead_from: 'change_opened', link_by_text: true, link_by_time_seconds: 14_400 } };
    const chips = chipsOf(query, fixture());
    expect(chips.map(({ text }) => text)).toEqual([
      'Production: live or (none)', 'Change lead time at the opening of the change', 'Linked by change numbers in text', 'Guess: linked by time, within 4 h',
    ]);
    for (const { without } of chips) expect(chipsOf(without, fixture())).toHaveLength(3);
  });
});

describe('chips', () => {
  const query: Query = { filter: { group: ['Network', 'Mail'] }, opened: { from: '2025-07-01' }, clock: 'business', as_of: '2025-08-01', targets: [{ seconds: 3600 }] };

  test('one for each thing set, and each takes itself away', () => {
    const chips = chipsOf(query, fixture());
    expect(chips.map(({ text }) => text)).toEqual([
      'Assignment group: Network or Mail', 'Opened since 1 Jul 2025', 'As of 1 Aug 2025', 'Working hours', 'Target for the rest: 1 h',
    ]);
    for (const { without } of chips) expect(chipsOf(without, fixture())).toHaveLength(chips.length - 1);
    expect(selectionWords(query, fixture())).toBe('Assignment group: Network or Mail, Opened since 1 Jul 2025');
    expect(selectionWords({}, fixture())).toBe('All tickets');
  });

  test('a selection to compare with takes the selecting part alone', () => {
    expect(selectionOf(query, 'x')).toEqual({ label: 'x', filter: query.filter, opened: query.opened });
    expect(isWhole(withoutSelection(query))).toBe(true);
    expect(having(query, { clock: undefined }).clock).toBeUndefined();
  });
});

describe('people', () => {
  test.each(['assignee', 'assigned_to', 'Caller', 'opened_by', 'sys_created_by', 'requester', 'Resolved By', 'assigned_to_name'])('%s is a person', (name) => {
    expect(isPersonal(name, name)).toBe(true);
  });
  test.each(['group', 'assignment_group', 'category', 'contact_type', 'made_sla', 'priority', 'vendor', 'customer_segment', 'owner_group'])('%s is none', (name) => {
    expect(isPersonal(name, name)).toBe(false);
  });

  test('their dimensions stand behind a choice', () => {
    const report = fixture();
    report.input.dimensions.push({ name: 'assignee', label: 'assigned_to', values: 30 });
    const any = lensesOf(report).at(-1);
    if (!any) throw new Error('there is a lens of all');
    expect(hidesPeople(any, report)).toBe(true);
    expect(shownDimensions(any, report, false).map(({ name }) => name)).toEqual(['priority', 'group', 'category']);
    expect(shownDimensions(any, report, true).map(({ name }) => name)).toContain('assignee');
    expect(firstDimension(report)).toBe('group');
  });
});
