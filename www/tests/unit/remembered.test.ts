import { describe, expect, test } from 'vitest';
import { memoryShelf } from '../../src/dashboard/kept.js';
import type { Shelf } from '../../src/dashboard/kept.js';
import { MOST, Remembered } from '../../src/dashboard/remembered.js';
import { bare, looksLikeMapping, mappingFile, parseMappings } from '../../src/engine/mapping-file.js';
import type { Mapping } from '../../src/engine/types.js';

const SECRET = 'Printer of Jane Doe';

function mapping(n = 1): Mapping {
  return {
    version: 1,
    file: `export-${n}.csv`,
    table: '',
    fingerprint: n.toString(16).padStart(64, '0'),
    profile: { id: 'generic', name: 'ticket table', confidence: 0.9, reasons: [`ids begin with ${SECRET}`] },
    role: 'tickets',
    shape: 'snapshot',
    shape_reason: SECRET,
    dialect: { container: 'plain', encoding: 'UTF-8', encoding_reason: SECRET, delimiter: ',', delimiter_reason: SECRET },
    zone: 'Europe/Berlin',
    zone_reason: SECRET,
    fields: [
      { field: 'id', column: 0, header: 'Number', confidence: 1, reason: SECRET, samples: [SECRET] },
      { field: 'opened', column: 1, header: 'Opened', confidence: 1, reason: SECRET, samples: [SECRET], date_order: 'day_first' },
    ],
    dimensions: [{ name: 'team', column: 3, header: 'Team' }],
    ignored: ['Notes', '__proto__'],
    states: [{ state: 'Parked', class: 'hold', confidence: 1, rows: 3 }],
    doubts: [{ kind: 'zone', blocking: false, subject: 'UTC', question: SECRET, samples: [SECRET], answers: [] }],
  };
}

/** A shelf that tells what is on it. */
function shelf(): Shelf & { entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  };
}

describe('remembered mappings', () => {
  test('come back by fingerprint, newest first, without anything of a ticket', () => {
    const place = shelf();
    const first = new Remembered(place);
    expect(first.remember([mapping(1)])).toBe(true);
    first.remember([mapping(2)]);
    first.remember([{ ...mapping(1), zone: 'UTC' }]);
    const again = new Remembered(place);
    expect(again.note).toBe('');
    expect(again.all.map(({ file, zone }) => [file, zone])).toEqual([
      ['export-1.csv', 'UTC'],
      ['export-2.csv', 'Europe/Berlin'],
    ]);
    expect(again.knows(mapping(2))).toBe(true);
    expect(again.knows(mapping(3))).toBe(false);
    expect([...place.entries.values()].join('')).not.toContain(SECRET);
    expect(again.all[0]?.states).toEqual([{ state: 'Parked', class: 'hold', confidence: 1, rows: 0 }]);
  });

  test('are forgotten, also in the copy before', () => {
    const place = shelf();
    const first = new Remembered(place);
    first.remember([mapping(1), mapping(2)]);
    first.forget([mapping(1)]);
    expect(new Remembered(place).all.map(({ file }) => file)).toEqual(['export-2.csv']);
    expect([...place.entries.values()].join('')).not.toContain('export-1.csv');
    first.forget([mapping(2)]);
    expect(place.entries.size).toBe(0);
  });

  test('are at most fifty, the oldest goes', () => {
    const first = new Remembered(memoryShelf());
    for (let n = 0; n < MOST + 5; n += 1) first.remember([mapping(n)]);
    expect(first.all).toHaveLength(MOST);
    expect(first.knows(mapping(4))).toBe(false);
    expect(first.knows(mapping(5))).toBe(true);
  });

  test('a damaged copy gives way to the one before, with a word about it', () => {
    const place = shelf();
    const first = new Remembered(place);
    first.remember([mapping(1)]);
    first.remember([mapping(2)]);
    const current = place.entries.get('flowgauge.mappings.current') ?? '';
    const key = `flowgauge.mappings.${current}`;
    place.entries.set(key, (place.entries.get(key) ?? '').slice(0, -9));
    const again = new Remembered(place);
    expect(again.all.map(({ file }) => file)).toEqual(['export-1.csv']);
    expect(again.note).toMatch(/damaged.*from before/);
    place.entries.set('flowgauge.mappings.0', 'x');
    place.entries.set('flowgauge.mappings.1', '');
    const none = new Remembered(place);
    expect(none.all).toEqual([]);
    expect(none.note).toMatch(/damaged/);
  });

  test('a write that is torn leaves what was there', () => {
    const place = shelf();
    new Remembered(place).remember([mapping(1)]);
    const torn: Shelf = { ...place, setItem: (key, value) => void place.entries.set(key, value.slice(0, 40)) };
    expect(new Remembered(torn).remember([mapping(2)])).toBe(false);
    expect(new Remembered(place).all.map(({ file }) => file)).toEqual(['export-1.csv']);
  });

  test('a full storage and a storage that throws are lived with', () => {
    const throws = (): never => {
      throw new DOMException('no', 'SecurityError');
    };
    const first = new Remembered({ getItem: throws, setItem: throws, removeItem: throws });
    expect(first.remember([mapping(1)])).toBe(false);
    expect(first.knows(mapping(1))).toBe(true);
    first.forget([mapping(1)]);
    expect(first.all).toEqual([]);
  });

  test('another version, and single entries that are broken, are left out with a word', () => {
    const place = shelf();
    const first = new Remembered(place);
    first.remember([mapping(1), { ...mapping(2), zone: 'Europe/Rome' }]);
    const edit = (change: (text: string) => string): Remembered => {
      const copy = shelf();
      const donor = new Remembered(copy);
      donor.remember([mapping(9)]);
      // Written by the same rules, so that the checksum is right.
      let stored = '';
      const spy: Shelf = { ...place, setItem: (key, value) => void (stored ||= key.endsWith('current') ? stored : value) };
      new Remembered(spy).remember([]);
      const text = change(stored.slice(8));
      let hash = 0x811c9dc5;
      for (let n = 0; n < text.length; n += 1) hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193);
      const sum = (hash >>> 0).toString(16).padStart(8, '0');
      const both = shelf();
      both.setItem('flowgauge.mappings.0', sum + text);
      both.setItem('flowgauge.mappings.current', '0');
      return new Remembered(both);
    };
    const broken = edit((text) => text.replace('"Europe/Rome"', '"Mars/Base"'));
    expect(broken.note).toBe('One remembered mapping is damaged and ignored.');
    expect(broken.all.map(({ file }) => file)).toEqual(['export-1.csv']);
    expect(edit((text) => text.replace('"version":1', '"version":7')).note).toMatch(/another version/);
    expect(edit(() => '{').note).toMatch(/cannot be read/);
  });
});

describe('the mapping file', () => {
  test('one mapping stands alone, several are a list, the same file twice is one', () => {
    expect(JSON.parse(mappingFile([mapping(1), mapping(1)]))).toEqual(bare(mapping(1)));
    expect(JSON.parse(mappingFile([mapping(1), mapping(2)]))).toHaveLength(2);
    expect(mappingFile([mapping(1)])).not.toContain(SECRET);
  });

  test('comes back as it was written', () => {
    const { mappings, problems } = parseMappings(JSON.parse(mappingFile([mapping(1), mapping(2)])));
    expect(problems).toEqual([]);
    expect(mappings).toEqual([bare(mapping(1)), bare(mapping(2))]);
  });

  test('how numbers are read and stages of a history are kept', () => {
    const [id] = mapping().fields;
    const given = {
      ...mapping(),
      fields: [{ ...id, number_date: 'excel', duration_unit: 'hours', zone: 'Asia/Tokyo', other: SECRET }],
      stages: [{ column: 4, header: 'Doing', more: SECRET }],
    };
    const [kept] = parseMappings(given).mappings;
    expect(kept?.fields[0]).toMatchObject({ number_date: 'excel', duration_unit: 'hours', zone: 'Asia/Tokyo' });
    expect(kept).toHaveProperty('stages', [{ column: 4, header: 'Doing' }]);
    expect(JSON.stringify(kept)).not.toContain(SECRET);
  });

  test('a column of text that was taken for states is not kept', () => {
    const states = (names: string[]): Mapping => ({ ...mapping(), states: names.map((state) => ({ state, class: 'queue', confidence: 1, rows: 1 })) });
    expect(bare(states(Array.from({ length: 251 }, (_, n) => `text ${n}`))).states).toEqual([]);
    expect(bare(states(['New', 'x'.repeat(101)])).states.map(({ state }) => state)).toEqual(['New']);
  });

  test('what is wrong is named', () => {
    const problem = (change: object): string[] => parseMappings({ ...mapping(1), ...change }).problems;
    expect(problem({ version: 2 })).toEqual(['mapping.version should be 1']);
    expect(problem({ fingerprint: 'x' })[0]).toMatch(/64 hexadecimal/);
    expect(problem({ zone: 'Nowhere' })[0]).toMatch(/mapping\.zone should be a time zone/);
    expect(problem({ fields: {} })).toEqual(['mapping.fields should be a list']);
    expect(problem({ fields: [{ ...mapping().fields[0], field: 'constructor' }] })[0]).toMatch(/^mapping\.fields\[0\]\.field should be one of id, /);
    expect(problem({ fields: [{ ...mapping().fields[0], column: -1 }] })[0]).toMatch(/whole number/);
    expect(problem({ states: [{ state: 'x', class: 'idle', confidence: 1 }] })[0]).toMatch(/mapping\.states\[0\]\.class/);
    expect(parseMappings(7).problems).toEqual(['mapping should be an object']);
    expect(parseMappings([mapping(1), null]).problems).toEqual(['mapping 2 should be an object']);
    expect(parseMappings([mapping(1), null]).mappings).toHaveLength(1);
  });

  test('a JSON of tickets is none', () => {
    expect(looksLikeMapping(mapping())).toBe(true);
    expect(looksLikeMapping([mapping()])).toBe(true);
    expect(looksLikeMapping([{ key: 'A-1', fields: {} }])).toBe(false);
    expect(looksLikeMapping(null)).toBe(false);
  });
});

describe('results, environments and sides', () => {
  const meant = (): Mapping => ({
    ...mapping(),
    results: [{ result: 'ok', class: 'succeeded', confidence: 1, rows: 7 }, { result: 'maybe', class: 'unknown', confidence: 0.4, rows: 7 }],
    environments: [{ environment: 'live', production: true, confidence: 1, rows: 7 }, { environment: 'test', production: false, confidence: 0.9, rows: 7 }],
    sides: [{ group: 'Ops', side: null, confidence: 1, rows: 7 }, { group: 'Dev', side: 'development', confidence: 0.7, rows: 7 }],
  });

  test('are kept where the reader chose, without counts, and come back', () => {
    const place = shelf();
    new Remembered(place).remember([meant()]);
    const [back] = new Remembered(place).all;
    expect(back?.results).toEqual([{ result: 'ok', class: 'succeeded', confidence: 1, rows: 0 }]);
    expect(back?.environments).toEqual([{ environment: 'live', production: true, confidence: 1, rows: 0 }]);
    expect(back?.sides).toEqual([{ group: 'Ops', side: null, confidence: 1, rows: 0 }]);
    expect(mappingFile([meant()])).not.toContain('maybe');
    expect(Object.keys(bare(mapping()))).not.toContain('sides');
  });

  test('all that a file says of them is taken, and what is wrong is refused by name', () => {
    expect(parseMappings(meant()).mappings[0]?.results).toHaveLength(2);
    const wrong = (part: object): string | undefined => parseMappings({ ...meant(), ...part }).problems[0];
    expect(wrong({ results: [{ result: 'ok', class: 'great', confidence: 1 }] })).toMatch(/mapping\.results\[0\]\.class should be one of succeeded/);
    expect(wrong({ environments: [{ environment: 'live', production: 'yes', confidence: 1 }] })).toMatch(/production should be true or false/);
    expect(wrong({ sides: [{ group: 'Ops', side: 'left', confidence: 1 }] })).toMatch(/side should be one of development, operations/);
    expect(wrong({ sides: [{ group: 'Ops', side: null, confidence: 7 }] })).toMatch(/confidence should be a number from 0 to 1/);
    expect(wrong({ results: {} })).toMatch(/results should be a list/);
  });

  test('a column of text that was taken for them is not kept', () => {
    const results = Array.from({ length: 300 }, (_, n) => ({ result: `${SECRET} ${n}`, class: 'unknown' as const, confidence: 1, rows: 1 }));
    expect(bare({ ...mapping(), results }).results).toBeUndefined();
    expect(bare({ ...mapping(), results: [{ result: 'x'.repeat(200), class: 'failed', confidence: 1, rows: 1 }] }).results).toBeUndefined();
  });
});
