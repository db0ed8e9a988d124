/** Reads files with what is remembered; a remembered mapping that does not fit never keeps a file from being read. */

import { browserEngine } from '../engine/browser.js';
import type { Handle, OpenHooks, Source } from '../engine/engine.js';
import { EngineError } from '../engine/errors.js';
import type { EngineErrorKind } from '../engine/errors.js';
import type { Mapping, Options } from '../engine/types.js';

/** What a mapping from another time can cause. */
const MAPPING_FAULTS: readonly EngineErrorKind[] = ['bad_mapping', 'bad_query', 'unknown_zone', 'no_id_column', 'no_date_column', 'dates_never_parse'];

export interface Opened {
  handle: Handle;
  /** What they were read with in the end. */
  options: Options;
  /** Whether the remembered mappings had to be left out. */
  without: boolean;
}

export async function openWith(sources: Source[], remembered: readonly Mapping[], hooks: OpenHooks): Promise<Opened> {
  const options: Options = remembered.length > 0 ? { mappings: [...remembered] } : {};
  try {
    return { handle: await browserEngine().open(sources, options, hooks), options, without: false };
  } catch (thrown) {
    const { kind } = EngineError.from(thrown);
    if (remembered.length === 0 || !MAPPING_FAULTS.includes(kind)) throw thrown;
    return { handle: await browserEngine().open(sources, {}, hooks), options: {}, without: true };
  }
}
