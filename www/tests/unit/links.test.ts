import { expect, test } from 'vitest';
import { linkSentence } from '../../src/elements/flow-data-health.js';
import type { LinkReport } from '../../src/engine/types.js';

const link = (part: Partial<LinkReport>): LinkReport => ({
  from: 'tickets',
  field: 'caused_by',
  column: 'Caused by Change',
  to: 'changes',
  linked: 12,
  unlinked: 2,
  without_value: 80,
  examples: [{ row: 9, value: 'CHG0001' }, { row: 1200, file: 'b.csv' }],
  ...part,
});

test('links say how many were found, and name the rows of those that were not', () => {
  expect(linkSentence([link({ remedy: 'Add the export of changes.' })])).toBe(
    'Of 14 tickets with “Caused by Change”, 12 name a change that is in the files; 2 do not: row 9 (CHG0001); b.csv, row 1,200. Add the export of changes.',
  );
});

test('a column that names tickets of two kinds is one sentence, and its unfound ids count once', () => {
  const both = [link({ field: 'parent', to: 'tickets', linked: 3, unlinked: 1, examples: [] }), link({ field: 'parent', linked: 1, unlinked: 0, examples: [] })];
  expect(linkSentence(both)).toBe('Of 5 tickets with “Caused by Change”, 3 name a ticket, 1 names a change that is in the files; 1 does not.');
});

test('more unfound ids than are listed end in an ellipsis', () => {
  expect(linkSentence([link({ unlinked: 30, examples: [{ row: 9 }] })])).toContain('30 do not: row 9; ….');
});

test('a single link is a single ticket', () => {
  expect(linkSentence([link({ linked: 0, unlinked: 1, examples: [] })])).toMatch(/^Of 1 ticket with .*, 0 name a change that is in the files; 1 does not\.$/);
});
