/**
 * Which of the two wasm modules a reading needs. Archives and workbooks take the full one, which is loaded only then: both
 * are zip files, and these show by their first bytes.
 */

import type { Core, CoreEngine, ReadHooks } from './core.js';
import { readSources } from './core.js';
import type { Source } from './engine.js';
import { EngineError } from './errors.js';
import type { Options } from './types.js';

/** Loads a module of the core: the one that every page has, or the full one. */
export type LoadCore = (full?: boolean) => Promise<Core>;

export interface Read {
  core: Core;
  engine: CoreEngine;
}

/** `P` and `K`. */
const isZip = (head: Uint8Array): boolean => head[0] === 0x50 && head[1] === 0x4b;

/** Reads all sources into an engine of the module that they need. */
export async function readWith(load: LoadCore, sources: Source[], options: Options, hooks: ReadHooks): Promise<Read> {
  const peeked = await Promise.all(sources.map(peek));
  const whole = peeked.map(({ source }) => source);
  const full = peeked.some(({ zip }) => zip);
  const core = await load(full);
  // While a module was fetched, who asked may have gone.
  if (hooks.signal?.aborted) throw EngineError.cancelled();
  try {
    return { core, engine: await readSources(core, whole, options, hooks) };
  } catch (thrown) {
    // An archive within gzip does not show before it is unpacked.
    const hidden = !full && EngineError.from(thrown).kind === 'needs_full_module';
    if (!hidden || whole.some((source) => 'stream' in source)) throw thrown;
    const second = await load(true);
    return { core: second, engine: await readSources(second, whole, options, hooks) };
  }
}

/** Looks at the first bytes of a source. A stream can be read only once: it comes back whole. */
async function peek(source: Source): Promise<{ zip: boolean; source: Source }> {
  if ('sample' in source) return { zip: false, source };
  if ('blob' in source) {
    // What cannot be read is told when it is read.
    const head = await source.blob.slice(0, 2).arrayBuffer().catch(() => new ArrayBuffer(0));
    return { zip: isZip(new Uint8Array(head)), source };
  }
  const reader = source.stream.getReader();
  const first: Uint8Array[] = [];
  let failure: { thrown: unknown } | null = null;
  let head = new Uint8Array(0);
  while (head.length < 2 && !failure) {
    try {
      const { done, value } = await reader.read();
      if (done) break;
      first.push(value);
      head = new Uint8Array([...head, ...value.subarray(0, 2)]);
    } catch (thrown) {
      failure = { thrown };
    }
  }
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const held = first.shift();
      if (held) {
        controller.enqueue(held);
        return;
      }
      if (failure) throw failure.thrown;
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return { zip: isZip(head), source: { name: source.name, stream } };
}
