import { describe, expect, test } from 'vitest';
import { firstRecords } from '../../src/dashboard/csv.js';
import { loadGuides, matching } from '../../src/dashboard/exports.js';
import { importMappings, sortOut } from '../../src/dashboard/mapping-import.js';
import { reasonLabel } from '../../src/engine/words.js';

describe('firstRecords', () => {
  const all = (): boolean => true;

  test('reads quotes, commas, line ends in cells, both line ends, and no last line end', async () => {
    const blob = new Blob(['\uFEFFrow,reason,"a ""b"""\r\n2,x,"1, 2\n3"\n3,y,""\n4,x,end']);
    expect(await firstRecords(blob, 9, all)).toEqual({
      header: ['row', 'reason', 'a "b"'],
      rows: [
        ['2', 'x', '1, 2\n3'],
        ['3', 'y', ''],
        ['4', 'x', 'end'],
      ],
    });
  });

  test('takes what is wanted, and stops at the limit', async () => {
    const blob = new Blob([`row,reason\n${Array.from({ length: 100_000 }, (_, n) => `${n},${n % 2 ? 'odd' : 'even'}\n`).join('')}`]);
    const { rows } = await firstRecords(blob, 3, ([, reason]) => reason === 'odd');
    expect(rows).toEqual([['1', 'odd'], ['3', 'odd'], ['5', 'odd']]);
  });

  test('a character or a doubled quote that two pieces share is whole', async () => {
    const bytes = new TextEncoder().encode('a\n"é""ü"\n');
    const blob = {
      stream: () =>
        new ReadableStream<Uint8Array>({
          start(controller) {
            for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
            controller.close();
          },
        }),
    } as unknown as Blob;
    expect((await firstRecords(blob, 9, all)).rows).toEqual([['é"ü']]);
    expect(await firstRecords(new Blob([]), 9, all)).toEqual({ header: [], rows: [] });
  });
});

test('guides are found by tool or title, all words, in any order', () => {
  const guides = [
    { tool: 'servicenow', title: 'ServiceNow: incidents', steps: [], notes: [] },
    { tool: 'jira', title: 'Atlassian Cloud', steps: [], notes: [] },
  ];
  const found = (wanted: string): string[] => matching(guides, wanted).map(({ title }) => title);
  expect(found('')).toHaveLength(2);
  expect(found('INC service')).toEqual(['ServiceNow: incidents']);
  expect(found('jira')).toEqual(['Atlassian Cloud']);
  expect(found('jira incidents')).toEqual([]);
});

test('the guides of the profiles are complete', async () => {
  for (const { title, steps } of await loadGuides()) {
    expect(title).not.toBe('');
    expect(steps.length).toBeGreaterThanOrEqual(2);
  }
});

describe('dropped JSON', () => {
  const file = (name: string, content: string): File => new File([content], name);
  const mapping = JSON.stringify({ fingerprint: 'x', fields: [] });

  test('is a mapping or an export by what it holds', async () => {
    const files = [file('a.csv', mapping), file('m.json', mapping), file('t.json', '[{"key":"A-1"}]'), file('b.json', '{')];
    const { mappings, exports } = await sortOut(files);
    expect(mappings.map(({ name }) => name)).toEqual(['m.json']);
    expect(exports.map(({ name }) => name)).toEqual(['a.csv', 't.json', 'b.json']);
  });

  test('says kindly what is wrong with a mapping', async () => {
    await expect(importMappings(file('b.json', '{'))).rejects.toMatchObject({ kind: 'bad_mapping', message: 'b.json holds no mapping.' });
    await expect(importMappings(file('e.json', '[]'))).rejects.toHaveProperty('message', expect.stringMatching(/empty list/));
    await expect(importMappings(file('m.json', mapping))).rejects.toHaveProperty('message', expect.stringMatching(/mapping\.version should be 1/));
  });
});

test('every reason reads as words, also one that is new', () => {
  expect(reasonLabel('resolved_before_opened')).toBe('resolved before opened');
  expect(reasonLabel('not_yet_known')).toBe('not yet known');
  expect(reasonLabel('constructor')).toBe('constructor');
});
