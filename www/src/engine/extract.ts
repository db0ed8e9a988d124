/** A second pass over a file: the table as it was read, or the rows that were set aside, as CSV. */

import type { Core, CoreEngine } from './core.js';
import { chunks } from './core.js';
import type { Source } from './engine.js';
import { EngineError } from './errors.js';
import type { Mapping } from './types.js';

export type Extracted = 'table' | 'rejects';

export interface ExtractHooks {
  pieceBytes: number;
  pause?: () => Promise<void> | undefined;
  /** Called after each piece: tells whoever waits that it goes on. */
  onPiece?: () => void;
}

/** What has come out is handed to the browser in parts of this size: it may keep them on disk. */
const PART_BYTES = 8 << 20;

/**
 * Which source each table came from. A file may hold several tables (an archive, a workbook), and two files may have one
 * name: a table that its file already had belongs to the next file of that name.
 */
export function sourcesOf(mappings: readonly Mapping[], sources: readonly Source[]): (Source | undefined)[] {
  let at = -1;
  let seen = new Set<string>();
  return mappings.map(({ file, table = '' }) => {
    if (sources[at]?.name !== file || seen.has(table)) {
      const next = sources.findIndex((source, n) => n > at && source.name === file);
      if (next < 0) return undefined;
      at = next;
      seen = new Set();
    }
    seen.add(table);
    return sources[at];
  });
}

/** Reads the file behind a table again and collects what the core makes of it. */
export async function extract(
  core: Core,
  engine: CoreEngine,
  sources: readonly Source[],
  what: Extracted,
  index: number,
  hooks: ExtractHooks,
): Promise<Blob> {
  const source = sourcesOf(engine.mappings(), sources)[index];
  if (!source) throw new EngineError('bad_call', `There is no table ${index}.`, 'Choose one of the tables that were read.');
  if ('stream' in source) throw EngineError.readOnce(source.name);
  const pass = what === 'table' ? engine.extract_table(index) : engine.extract_rejects(index);
  const parts: BlobPart[] = [];
  let open: BlobPart[] = [];
  let size = 0;
  const keep = (bytes: Uint8Array): void => {
    if (bytes.length === 0) return;
    open.push(bytes as Uint8Array<ArrayBuffer>);
    size += bytes.length;
    if (size < PART_BYTES) return;
    parts.push(new Blob(open));
    open = [];
    size = 0;
  };
  try {
    for await (const chunk of chunks(core, source)) {
      for (let from = 0; from < chunk.length; from += hooks.pieceBytes) {
        keep(pass.push(chunk.subarray(from, from + hooks.pieceBytes)));
        hooks.onPiece?.();
        const pause = hooks.pause?.();
        if (pause) await pause;
      }
    }
    keep(pass.finish());
    return new Blob([...parts, ...open], { type: 'text/csv' });
  } finally {
    try {
      pass.free();
    } catch {
      // After a trap it cannot be freed; the trap itself is the news.
    }
  }
}
