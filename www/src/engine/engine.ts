/** The engine as pages see it. Two implementations answer it in the same way: local.ts and remote.ts. */

import type { Explanation, HolidayFile, Mapping, Options, Preview, Progress, Query, Report, TicketDetail, WhatIf, WhatIfAnswer } from './types.js';

/** A file of the sample data. */
export type SamplePart = 'incidents' | 'changes' | 'deployments';

/** One input: a file, a stream (readable once), or generated sample data: incidents alone, or one of several files that belong together. */
export type Source =
  | { name: string; blob: Blob }
  | { name: string; stream: ReadableStream<Uint8Array> }
  | { name: string; sample: { tickets: number; seed: number; part?: SamplePart } };

/** How far reading has come; `total` is the size of the input where it is known. */
export interface ReadProgress extends Progress {
  total: number | null;
  file: string;
}

export interface OpenHooks {
  onProgress?: (progress: ReadProgress) => void;
  /** The first rows of each file, while the rest is read; a small file has been read before it comes to that. */
  onPreview?: (preview: Preview) => void;
  signal?: AbortSignal;
}

/** A parsed input that answers any number of questions until it is closed. */
export interface Handle {
  /** What was decided about each file, with the doubts that remain. */
  readonly mappings: Mapping[];
  /** With a signal it may take as long as it likes; once that aborts it rejects with kind `cancelled`. What else was asked is answered nevertheless. */
  report(query: Query, signal?: AbortSignal): Promise<Report>;
  /** The same as text, byte for byte what the core wrote. */
  reportJson(query: Query): Promise<string>;
  /** One figure, such as `lead_time.p85`, with everything that stands behind it. */
  explain(figure: string, query: Query): Promise<Explanation>;
  ticket(ticket: number, query: Query): Promise<TicketDetail>;
  /** A table as it was read, as CSV; `index` is its position in `mappings`. The file is read once more. */
  table(index: number): Promise<Blob>;
  /** The rows of a table that were set aside, with number and reason, as CSV. The file is read once more. */
  rejects(index: number): Promise<Blob>;
  /** The days off of an iCalendar file, for the calendars of a query. */
  holidays(text: string): Promise<HolidayFile>;
  /** Frees the memory; every later call rejects with kind `closed`. */
  close(): void;
}

export interface FlowEngine {
  /** Reads the sources. Rejects with an EngineError; with kind `cancelled` once the signal aborts. */
  open(sources: Source[], options: Options, hooks?: OpenHooks): Promise<Handle>;
  /** What swarming would change by numbers that somebody gave. It needs no input, and waits for no question about one. */
  whatIf(input: WhatIf): Promise<WhatIfAnswer>;
}

/** Size of the input where every part's size is known beforehand. */
export function totalBytes(sources: Source[]): number | null {
  let total = 0;
  for (const source of sources) {
    if (!('blob' in source)) return null;
    total += source.blob.size;
  }
  return total;
}
