/** One suite for both implementations: a page cannot tell them apart. */

import { describe, expect, test } from 'vitest';
import type { FlowEngine, ReadProgress, Source } from '../../src/engine/engine.js';
import { LocalEngine } from '../../src/engine/local.js';
import { RemoteEngine } from '../../src/engine/remote.js';
import { InlineWorker, loadTestCore } from './engines.js';

const HEADER = 'number,opened_at,resolved_at,state,priority,assignment_group\n';
const row = (n: number): string => {
  const day = String((n % 27) + 1).padStart(2, '0');
  return `INC${String(n).padStart(7, '0')},2025-07-${day} 08:00:00,2025-07-${day} 1${n % 10}:30:00,Resolved,3 - Moderate,Team ${n % 4}\n`;
};
const csv = (rows: number): string => HEADER + Array.from({ length: rows }, (_, n) => row(n)).join('');
const file = (content: BlobPart, name = 'incidents.csv'): Source => ({ name, blob: new Blob([content]) });
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 1, 0]);

const ENGINES: { name: string; make: () => FlowEngine }[] = [
  { name: 'local', make: () => new LocalEngine(loadTestCore) },
  { name: 'remote', make: () => new RemoteEngine(() => new InlineWorker()) },
];

describe.each(ENGINES)('$name engine', ({ make }) => {
  test('reads a file and answers', async () => {
    const handle = await make().open([file(csv(500))], {});
    expect(handle.mappings).toHaveLength(1);
    expect(handle.mappings[0]?.file).toBe('incidents.csv');
    const report = await handle.report({});
    expect(report.schema_version).toMatch(/^1\./);
    expect(report.lead_time?.points).toBeUndefined();
    handle.close();
  });

  test('gives single tickets only where asked, and opens them', async () => {
    const handle = await make().open([file(csv(200))], {});
    const { lead_time } = await handle.report({ include: { points: true, ids: true } });
    const first = lead_time?.points?.ticket[0] ?? -1;
    const detail = await handle.ticket(first, {});
    expect(detail.id).toMatch(/^INC/);
    handle.close();
  });

  test('explains a figure of the report, and names its tickets only where asked', async () => {
    const handle = await make().open([file(csv(200))], {});
    const { lead_time } = await handle.report({});
    const explained = await handle.explain('lead_time.p85', {});
    expect(explained.value).toBe(lead_time?.percentiles.find(({ p }) => p === 85)?.seconds);
    expect(explained.receipt.n).toBe(lead_time?.n);
    expect(Object.keys(explained.inputs)).toEqual(['incidents.csv']);
    expect(explained.tickets).toBeUndefined();
    const { tickets } = await handle.explain('lead_time.p85', { include: { points: false, ids: true } });
    expect(tickets?.[0]).toMatch(/^INC/);
    await expect(handle.explain('lead_time.p84', {})).rejects.toMatchObject({
      kind: 'bad_query',
      remedy: expect.stringContaining('lead_time.p85'),
    });
    handle.close();
  });

  test('the text of a report is the report', async () => {
    const handle = await make().open([file(csv(50))], {});
    const report = await handle.report({});
    expect(JSON.parse(await handle.reportJson({}))).toEqual(JSON.parse(JSON.stringify(report)));
    handle.close();
  });

  test('reads several files, streams and samples', async () => {
    const stream = new Blob([csv(20)]).stream() as ReadableStream<Uint8Array>;
    const handle = await make().open([file(csv(30), 'one.csv'), { name: 'two.csv', stream }], {});
    expect(handle.mappings.map((mapping) => mapping.file)).toEqual(['one.csv', 'two.csv']);
    handle.close();
    const sample = await make().open([{ name: 'sample.csv', sample: { tickets: 300, seed: 7 } }], {});
    expect((await sample.report({})).tickets.total).toBeGreaterThan(0);
    sample.close();
  });

  test('reads the days off of a calendar', async () => {
    const handle = await make().open([file(csv(20))], {});
    const event = 'BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20250418\r\nSUMMARY:Good Friday\r\nEND:VEVENT\r\n';
    const found = await handle.holidays(`BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${event}END:VCALENDAR\r\n`);
    expect(found.holidays).toEqual([{ date: '2025-04-18', name: 'Good Friday' }]);
    await expect(handle.holidays('<html>')).rejects.toMatchObject({ remedy: expect.stringMatching(/./) as unknown });
    handle.close();
  });

  test('reports progress that grows and ends at the whole', async () => {
    const seen: ReadProgress[] = [];
    const text = csv(3000);
    const handle = await make().open([file(text)], {}, { onProgress: (progress) => seen.push(progress) });
    const last = seen.at(-1);
    expect(last?.bytes).toBe(text.length);
    expect(last?.total).toBe(text.length);
    expect(last?.rows).toBeGreaterThanOrEqual(3000);
    expect(seen.map(({ bytes }) => bytes)).toEqual(seen.map(({ bytes }) => bytes).sort((a, b) => a - b));
    handle.close();
  });

  test('an error carries kind, message, remedy and the file', async () => {
    const failure = make().open([file(PNG, 'photo.png')], {});
    await expect(failure).rejects.toMatchObject({ name: 'EngineError', kind: 'not_a_table', position: { file: 'photo.png' } });
    await expect(failure).rejects.toHaveProperty('remedy', expect.stringMatching(/./));
    await expect(make().open([file('')], {})).rejects.toMatchObject({ kind: 'empty_file' });
  });

  test('an error of one question leaves the engine usable', async () => {
    const handle = await make().open([file(csv(50))], {});
    await expect(handle.report({ filter: { nonsense: ['x'] } })).rejects.toMatchObject({ kind: 'bad_query' });
    await expect(handle.ticket(4_000_000, {})).rejects.toMatchObject({ kind: 'bad_query' });
    expect((await handle.report({})).schema_version).toBeTruthy();
    handle.close();
  });

  test('cancel rejects at once, and the next file reads', async () => {
    const engine = make();
    const abort = new AbortController();
    const reading = engine.open([file(csv(60_000))], {}, {
      signal: abort.signal,
      onProgress: () => {
        abort.abort();
      },
    });
    await expect(reading).rejects.toMatchObject({ kind: 'cancelled' });
    await expect(engine.open([file(csv(5))], {}, { signal: abort.signal })).rejects.toMatchObject({ kind: 'cancelled' });
    const handle = await engine.open([file(csv(50))], {});
    expect(handle.mappings).toHaveLength(1);
    handle.close();
  });

  test('two inputs live side by side', async () => {
    const engine = make();
    const [a, b] = await Promise.all([engine.open([file(csv(20), 'a.csv')], {}), engine.open([file(csv(20), 'b.csv')], {})]);
    expect([a.mappings[0]?.file, b.mappings[0]?.file]).toEqual(['a.csv', 'b.csv']);
    a.close();
    expect((await b.report({})).schema_version).toBeTruthy();
    b.close();
  });

  test('a closed input says so', async () => {
    const handle = await make().open([file(csv(20))], {});
    handle.close();
    handle.close();
    await expect(handle.report({})).rejects.toMatchObject({ kind: 'closed' });
  });

  test('a file that vanishes while it is read is named', async () => {
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        controller.error(new DOMException('gone', 'NotReadableError'));
      },
    });
    await expect(make().open([{ name: 'gone.csv', stream }], {})).rejects.toMatchObject({
      kind: 'load_failed',
      position: { file: 'gone.csv' },
    });
  });
});
