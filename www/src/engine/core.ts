/** The wasm core as its glue exports it, and the one loop that feeds it. Used by the page and by the worker. */

import type { ReadProgress, Source } from './engine.js';
import { totalBytes } from './engine.js';
import { EngineError } from './errors.js';
import type { Explanation, HolidayFile, Mapping, Options, Preview, Progress, Query, Report, TicketDetail, WhatIf, WhatIfAnswer } from './types.js';

export interface CoreSession {
  start_file(name: string): void;
  push(bytes: Uint8Array): Progress;
  /** The first rows of the open file, once its columns are chosen. */
  preview(): Preview | null;
  finish_file(): Progress;
  /** Ends the session: only `free` may follow. */
  finish(): CoreEngine;
  free(): void;
}

/** Takes the bytes of a file once more and gives back those of a CSV. */
export interface CoreExtract {
  push(bytes: Uint8Array): Uint8Array;
  finish(): Uint8Array;
  free(): void;
}

export interface CoreEngine {
  mappings(): Mapping[];
  report(query: Query): Report;
  report_json(query: Query): string;
  /** One figure with everything that stands behind it. */
  explain(figure: string, query: Query): Explanation;
  ticket(ticket: number, query: Query): TicketDetail;
  /** A table as it was read; `index` is its position among the mappings. */
  extract_table(index: number): CoreExtract;
  /** The rows of a table that were set aside, with row number and reason. */
  extract_rejects(index: number): CoreExtract;
  free(): void;
}

export interface Core {
  Session: new (options: Options) => CoreSession;
  sample_log(tickets: number, seed: bigint): Uint8Array;
  /** Incidents, and the changes and deployments behind them. */
  sample_files?(tickets: number, seed: bigint): { name: string; bytes: Uint8Array }[];
  engine_version(): string;
  /** The days off of an iCalendar file, and what of it was not understood. */
  holidays(text: string): HolidayFile;
  /** What swarming would change by numbers that somebody gave; no ticket is read. */
  what_if(input: WhatIf): WhatIfAnswer;
}

export interface ReadHooks {
  onProgress?: (progress: ReadProgress) => void;
  /** The first rows of each file, as soon as the core has them. */
  onPreview?: (preview: Preview) => void;
  /** Awaited between pieces: the page hands the thread back here, the worker does not need to. */
  pause?: () => Promise<void> | undefined;
  signal?: AbortSignal | undefined;
  /** Largest piece handed to the core at once. */
  pieceBytes: number;
}

/** Least time between two progress reports, so that a fast reader does not drown the page in messages. */
const PROGRESS_MS = 50;

/** Reads all sources into an engine. The session is freed on every way out. */
export async function readSources(
  core: Core,
  sources: Source[],
  options: Options,
  hooks: ReadHooks,
): Promise<CoreEngine> {
  const session = new core.Session(options);
  try {
    let total = totalBytes(sources);
    let last = 0;
    const report = (file: string, progress: Progress, force: boolean): void => {
      const now = performance.now();
      if (!force && now - last < PROGRESS_MS) return;
      last = now;
      hooks.onProgress?.({ bytes: progress.bytes, rows: progress.rows, total, file });
    };
    for (const source of sources.filter((one) => isThere(core, one))) {
      session.start_file(source.name);
      let progress: Progress = { bytes: 0, rows: 0 };
      let previewed = hooks.onPreview === undefined;
      for await (const chunk of chunks(core, source, (bytes) => (total = sources.length === 1 ? bytes : null))) {
        for (let from = 0; from < chunk.length; from += hooks.pieceBytes) {
          if (hooks.signal?.aborted) throw EngineError.cancelled();
          progress = session.push(chunk.subarray(from, from + hooks.pieceBytes));
          const preview = previewed ? null : session.preview();
          if (preview) {
            previewed = true;
            hooks.onPreview?.(preview);
          }
          report(source.name, progress, false);
          const pause = hooks.pause?.();
          if (pause) await pause;
        }
      }
      if (hooks.signal?.aborted) throw EngineError.cancelled();
      progress = session.finish_file();
      report(source.name, progress, true);
    }
    return session.finish();
  } finally {
    try {
      session.free();
    } catch {
      // After a trap the session cannot be freed; the trap itself is the news.
    }
  }
}

/** A core from before the other files of the sample has the incidents alone. */
const isThere = (core: Core, source: Source): boolean =>
  !('sample' in source) || core.sample_files !== undefined || (source.sample.part ?? 'incidents') === 'incidents';

function sampleBytes(core: Core, { tickets, seed, part }: Extract<Source, { sample: unknown }>['sample']): Uint8Array {
  const files = part === undefined ? undefined : core.sample_files?.(tickets, BigInt(seed));
  if (!files) return core.sample_log(tickets, BigInt(seed));
  const file = files.find(({ name }) => name.includes(part ?? ''));
  if (!file) throw new EngineError('bad_call', `The sample has no file of ${part ?? 'tickets'}.`, 'Choose another one.');
  return file.bytes;
}

/** The bytes of a source, as they come. */
export async function* chunks(
  core: Core,
  source: Source,
  onSize: (bytes: number) => void = () => undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  if ('sample' in source) {
    const bytes = sampleBytes(core, source.sample);
    onSize(bytes.length);
    yield bytes;
    return;
  }
  const reader = ('blob' in source ? source.blob.stream() : source.stream).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch {
    // The file was moved, deleted or changed after it was chosen: the browser then refuses to read on.
    throw new EngineError(
      'load_failed',
      `The browser could not read ${source.name} to its end.`,
      'Check that the file still exists and is not being written to, then choose it again.',
      { file: source.name },
    );
  } finally {
    // Releases the file where reading ended early; a finished stream does not mind.
    reader.cancel().catch(() => undefined);
  }
}
