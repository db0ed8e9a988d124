/** The right module for each source, and streams that lose nothing by being looked at. */

import { describe, expect, test } from 'vitest';
import type { LoadCore } from '../../src/engine/choose.js';
import { readWith } from '../../src/engine/choose.js';
import type { Core, CoreSession } from '../../src/engine/core.js';
import type { Source } from '../../src/engine/engine.js';

/** A core that only collects what it is given; the small one refuses what begins with `?`. */
function core(full: boolean, seen: number[][]): Core {
  class Session {
    private bytes: number[] = [];
    start_file(): void {
      this.bytes = [];
    }
    push(bytes: Uint8Array): { bytes: number; rows: number } {
      this.bytes.push(...bytes);
      return { bytes: this.bytes.length, rows: 0 };
    }
    finish_file(): { bytes: number; rows: number } {
      if (!full && this.bytes[0] === 0x3f) {
        throw { kind: 'needs_full_module', message: '', remedy: '', position: {} };
      }
      seen.push(this.bytes);
      return { bytes: this.bytes.length, rows: 0 };
    }
    preview(): null {
      return null;
    }
    finish(): object {
      return {};
    }
    free(): void {
      this.bytes = [];
    }
  }
  return {
    Session: Session as unknown as new () => CoreSession,
    sample_log: () => new Uint8Array(1),
    holidays: () => ({ holidays: [], notes: [] }),
    what_if: () => { throw new Error('not asked'); },
    engine_version: () => (full ? 'full' : 'core'),
  } as Core;
}

async function read(sources: Source[]): Promise<{ which: string; loads: boolean[]; seen: number[][] }> {
  const seen: number[][] = [];
  const loads: boolean[] = [];
  const load: LoadCore = (full = false) => {
    loads.push(full);
    return Promise.resolve(core(full, seen));
  };
  const { core: used } = await readWith(load, sources, {}, { pieceBytes: 1024 });
  return { which: used.engine_version(), loads, seen };
}

const bytes = (text: string): number[] => [...new TextEncoder().encode(text)];
const stream = (...parts: string[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(new TextEncoder().encode(part));
      controller.close();
    },
  });

describe('the module that a reading needs', () => {
  test('text takes the core', async () => {
    expect(await read([{ name: 'a', blob: new Blob(['id\n1']) }])).toEqual({ which: 'core', loads: [false], seen: [bytes('id\n1')] });
  });

  test('one zip file among several sources takes the full module', async () => {
    const outcome = await read([{ name: 'a', blob: new Blob(['id']) }, { name: 'b', blob: new Blob(['PK\u0003\u0004']) }]);
    expect(outcome.which).toBe('full');
    expect(outcome.loads).toEqual([true]);
  });

  test.each([
    [['PK\u0003\u0004rest'], 'full'],
    [['P', 'K', '', 'rest'], 'full'],
    [['', 'i', 'd\n1'], 'core'],
    [['P'], 'core'],
    [[], 'core'],
  ])('a stream of %j is read to its last byte', async (parts, which) => {
    const outcome = await read([{ name: 'a', stream: stream(...parts) }]);
    expect(outcome.which).toBe(which);
    expect(outcome.seen).toEqual([bytes(parts.join(''))]);
  });

  test('an archive that only shows when unpacked is read again with the full module', async () => {
    const outcome = await read([{ name: 'a', blob: new Blob(['?zip']) }]);
    expect(outcome).toEqual({ which: 'full', loads: [false, true], seen: [bytes('?zip')] });
  });

  test('a stream that breaks says so', async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(new Error('gone'));
      },
    });
    await expect(read([{ name: 'a', stream: broken }])).rejects.toMatchObject({ kind: 'load_failed' });
  });
});
