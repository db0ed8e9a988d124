/** The mappings that were accepted, by the fingerprint of their headers: next month's export is read the same way. */

import { parseMappings, withChosen } from '../engine/mapping-file.js';
import type { Mapping } from '../engine/types.js';
import type { Shelf } from './kept.js';
import { Kept } from './kept.js';

const KEY = 'flowgauge.mappings';
/** Version of what is stored around the mappings, which have one of their own. */
const VERSION = 1;
/** More tools than anybody has; the oldest goes. */
export const MOST = 50;

export class Remembered {
  /** What the reader should know of what was found in storage; empty where all is well. */
  note = '';
  private readonly kept: Kept;
  /** Newest first. */
  private entries: Mapping[] = [];

  constructor(shelf: Shelf) {
    this.kept = new Kept(shelf, KEY);
    const { text, damaged } = this.kept.load();
    if (damaged) {
      this.note =
        text === null
          ? 'The mappings that this browser remembered were damaged. They were ignored.'
          : 'What this browser remembered last was damaged. The mappings from before are used.';
    }
    if (text !== null) this.entries = this.read(text);
  }

  get all(): Mapping[] {
    return this.entries;
  }

  knows(mapping: Mapping): boolean {
    return this.entries.some(({ fingerprint }) => fingerprint === mapping.fingerprint);
  }

  /** Nothing of a ticket is kept. Tells whether it will outlast the page. */
  remember(mappings: readonly Mapping[]): boolean {
    const newest = new Map(parseMappings(mappings.map(withChosen)).mappings.map((mapping) => [mapping.fingerprint, mapping]));
    const others = this.entries.filter(({ fingerprint }) => !newest.has(fingerprint));
    this.entries = [...newest.values(), ...others].slice(0, MOST);
    return this.write();
  }

  forget(mappings: readonly Mapping[]): void {
    const gone = new Set(mappings.map(({ fingerprint }) => fingerprint));
    this.entries = this.entries.filter(({ fingerprint }) => !gone.has(fingerprint));
    // Also from the copy before.
    this.kept.clear();
    if (this.entries.length > 0) this.write();
  }

  private write(): boolean {
    return this.kept.save(JSON.stringify({ version: VERSION, mappings: this.entries }));
  }

  private read(text: string): Mapping[] {
    try {
      const stored = JSON.parse(text) as { version?: unknown; mappings?: unknown } | null;
      if (stored?.version !== VERSION || !Array.isArray(stored.mappings)) {
        this.note = 'Mappings of another version of flowgauge are remembered here. They were ignored.';
        return [];
      }
      const { mappings, problems } = parseMappings(stored.mappings);
      if (problems.length > 0) {
        this.note = `${problems.length === 1 ? 'One remembered mapping is' : `${problems.length} remembered mappings are`} damaged and ignored.`;
      }
      return mappings.slice(0, MOST);
    } catch {
      this.note = 'The mappings that this browser remembered cannot be read. They were ignored.';
      return [];
    }
  }
}
