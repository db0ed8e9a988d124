import { describe, expect, test } from 'vitest';
import type { Core } from '../../src/engine/core.js';
import type { FlowEngine, Source } from '../../src/engine/engine.js';
import { sourcesOf } from '../../src/engine/extract.js';
import { LocalEngine } from '../../src/engine/local.js';
import { RemoteEngine } from '../../src/engine/remote.js';
import type { Mapping, Preview } from '../../src/engine/types.js';
import { InlineWorker } from './engines.js';

async function fake(): Promise<Core> {
  return (await import('../fixtures/fake-core.js')) as unknown as Core;
}

const ENGINES: { name: string; make: () => FlowEngine }[] = [
  { name: 'local', make: () => new LocalEngine(fake) },
  { name: 'remote', make: () => new RemoteEngine(() => new InlineWorker(fake)) },
];

const text = (rows: number): string =>
  `number,opened_at\n${Array.from({ length: rows }, (_, n) => `INC${n},2025-07-01 08:00:00\n`).join('')}`;
const file = (name: string, content: string): Source => ({ name, blob: new Blob([content]) });

const SAMPLE: Source[] = (['incidents', 'changes', 'deployments'] as const).map((part) => ({ name: `sample-${part}.csv`, sample: { tickets: 40, seed: 1, part } }));

test('a core from before the other files of the sample makes the incidents alone', async () => {
  const { sample_files, ...old } = (await fake()) as Core & Record<string, unknown>;
  expect(sample_files).toBeDefined();
  const handle = await new LocalEngine(() => Promise.resolve(old as unknown as Core)).open(SAMPLE, {});
  expect(handle.mappings.map(({ file: name }) => name)).toEqual(['sample-incidents.csv']);
  handle.close();
});

describe.each(ENGINES)('$name engine', ({ make }) => {
  test('the sample is three files that are read together, and each can be made again', async () => {
    const handle = await make().open(SAMPLE, {});
    expect(handle.mappings.map(({ file: name, role }) => [name, role])).toEqual([
      ['sample-incidents.csv', 'tickets'], ['sample-changes.csv', 'changes'], ['sample-deployments.csv', 'deployments'],
    ]);
    expect((await (await handle.table(2)).text()).split('\n')).toHaveLength(42);
    handle.close();
  });

  test('gives back the table and the rows set aside, of the file that is asked for', async () => {
    const handle = await make().open([file('a.csv', text(3)), file('b.csv', text(5))], {});
    expect(await (await handle.table(1)).text()).toBe(text(5));
    expect(await (await handle.rejects(0)).text()).toBe('row,reason,number\n3,no_opened_date,INC1\n');
    handle.close();
  });

  test('sample data is made again, a table of many parts is whole', async () => {
    const handle = await make().open([{ name: 'sample.csv', sample: { tickets: 400_000, seed: 1 } }], {});
    const table = await handle.table(0);
    expect(table.type).toBe('text/csv');
    expect(table.size).toBeGreaterThan(16 << 20);
    expect((await table.slice(-60).text()).split('\n').at(-2)).toContain('INC399999,');
    handle.close();
  });

  test('a stream cannot be read again, and says so', async () => {
    const stream = new Blob([text(3)]).stream() as ReadableStream<Uint8Array>;
    const handle = await make().open([{ name: 's.csv', stream }, file('b.csv', text(2))], {});
    await expect(handle.table(0)).rejects.toMatchObject({ kind: 'read_once', position: { file: 's.csv' } });
    expect(await (await handle.table(1)).text()).toBe(text(2));
    await expect(handle.rejects(2)).rejects.toMatchObject({ kind: 'bad_call' });
    handle.close();
    await expect(handle.table(1)).rejects.toMatchObject({ kind: 'closed' });
  });

  test('tells the first rows of each file once, while it is read', async () => {
    const seen: Preview[] = [];
    const handle = await make().open([file('a.csv', text(20_000)), file('b.csv', text(4))], {}, { onPreview: (preview) => seen.push(preview) });
    expect(seen.map((preview) => preview.file)).toEqual(['a.csv', 'b.csv']);
    expect(seen[0]?.rows[0]).toEqual(['INC0', '2025-07-01 08:00:00']);
    handle.close();
  });
});

describe('sourcesOf', () => {
  const mapping = (name: string, table = ''): Mapping => ({ file: name, table }) as Mapping;
  const sources = [file('x.zip', '1'), file('x.zip', '2'), file('y.csv', '3')];

  test('several tables of one file, and two files of one name', () => {
    const found = sourcesOf([mapping('x.zip', 'a'), mapping('x.zip', 'b'), mapping('x.zip', 'a'), mapping('y.csv')], sources);
    expect(found.map((source) => sources.indexOf(source as Source))).toEqual([0, 0, 1, 2]);
  });

  test('a file that is not there has no source', () => {
    expect(sourcesOf([mapping('z.csv'), mapping('y.csv')], sources)).toEqual([undefined, sources[2]]);
  });
});
