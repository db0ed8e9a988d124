/** A mapping out of a file: one that was saved here, or written by the command line. */

import { EngineError } from '../engine/errors.js';
import { MAPPING_FILE_BYTES, looksLikeMapping, parseMappings } from '../engine/mapping-file.js';
import type { Mapping } from '../engine/types.js';

const REMEDY = 'Choose a file that “Save mapping” wrote, or the command line.';

/** The mappings of a file that was chosen as one. */
export async function importMappings(file: File): Promise<Mapping[]> {
  const value = await json(file);
  if (value === undefined) {
    throw new EngineError('bad_mapping', `${file.name} holds no mapping.`, REMEDY, { file: file.name });
  }
  const { mappings, problems } = parseMappings(value);
  if (mappings.length === 0 || problems.length > 0) {
    const what = problems[0] ?? 'it is an empty list';
    throw new EngineError('bad_mapping', `${file.name} holds no mapping that can be used: ${what}.`, REMEDY, { file: file.name });
  }
  return mappings;
}

/** Tells mappings among dropped files from exports, which may be JSON as well. */
export async function sortOut(files: readonly File[]): Promise<{ mappings: File[]; exports: File[] }> {
  const mappings: File[] = [];
  const exports: File[] = [];
  for (const file of files) {
    const isMapping = /\.json$/i.test(file.name) && looksLikeMapping(await json(file));
    (isMapping ? mappings : exports).push(file);
  }
  return { mappings, exports };
}

async function json(file: File): Promise<unknown> {
  if (file.size > MAPPING_FILE_BYTES) return undefined;
  try {
    return JSON.parse(await file.text()) as unknown;
  } catch {
    return undefined;
  }
}
