/** What becomes of a mapping that was accepted, taken back, saved, loaded or forgotten. */

import type { Handle, Source } from '../engine/engine.js';
import { mappingFile } from '../engine/mapping-file.js';
import type { Mapping, Options } from '../engine/types.js';
import { importMappings } from './mapping-import.js';
import type { Notice } from './notice.js';
import type { Remembered } from './remembered.js';
import { save } from './save.js';

/** What the desk needs of the page. */
export interface MappingPage {
  readonly screen: string;
  readonly handle: Handle | null;
  /** What the files on the page were read with. */
  readonly options: Options;
  readonly shown: Source[];
  notice: Notice | null;
  /** Tells whether it came to its end. */
  read(sources: Source[], options?: Options): Promise<boolean>;
  /** Shows them, of the files as they were read. */
  figures(): Promise<void>;
  complain(thrown: unknown): void;
  closeMapping(): void;
  requestUpdate(): void;
}

export class MappingDesk {
  constructor(
    private readonly page: MappingPage,
    private readonly remembered: Remembered,
  ) {}

  get knowsAll(): boolean {
    return this.page.handle?.mappings.every((mapping) => this.remembered.knows(mapping)) ?? false;
  }

  async accept({ options, changed }: { options: Options; changed: boolean }): Promise<void> {
    const { page } = this;
    if (!changed) {
      this.remember();
      if (page.screen === 'results') page.closeMapping();
      else await page.figures();
      return;
    }
    const [before, known, again] = [page.options, this.knowsAll, page.screen === 'results'];
    if (!(await page.read(page.shown, options)) || page.screen !== 'results') return;
    this.remember();
    if (again) page.notice = { text: 'Read again with your choices.', undo: () => void this.undo(before, known) };
  }

  forget(mappings: readonly Mapping[]): void {
    const gone = [...mappings];
    this.remembered.forget(gone);
    this.page.notice = {
      text: 'Forgotten. The next file of this kind is read as if for the first time.',
      undo: () => {
        this.remembered.remember(gone);
        this.page.notice = null;
      },
    };
  }

  save(mappings: readonly Mapping[]): void {
    const text = mappingFile(mappings);
    save(text.startsWith('[') ? 'mappings.json' : 'mapping.json', text);
  }

  /** A mapping that fits the files on the page reads them again; any other waits for its file. */
  async take(files: File[]): Promise<void> {
    const { page } = this;
    try {
      const mappings = (await Promise.all(files.map(importMappings))).flat();
      const fingerprints = new Set(mappings.map(({ fingerprint }) => fingerprint));
      const [before, known] = [page.options, this.knowsAll];
      this.remembered.remember(mappings);
      if (!page.handle?.mappings.some(({ fingerprint }) => fingerprints.has(fingerprint))) {
        page.notice = { text: 'The mapping is remembered. It is used for the next file that has these columns.' };
        return;
      }
      // What else the files were read with stays for those that the mapping does not speak of.
      const others = (page.options.mappings ?? []).filter(({ fingerprint }) => !fingerprints.has(fingerprint));
      if (!(await page.read(page.shown, { ...page.options, mappings: [...mappings, ...others] }))) return;
      page.notice = { text: 'Read with the mapping from the file.', undo: () => void this.undo(before, known) };
    } catch (thrown) {
      page.complain(thrown);
    }
  }

  /** Back to how the files were read before, and to what was remembered of them. */
  private async undo(options: Options, known: boolean): Promise<void> {
    const { page } = this;
    if (!(await page.read(page.shown, options))) return;
    if (known) this.remember();
    else this.remembered.forget(page.handle?.mappings ?? []);
    page.notice = { text: 'Your last change was taken back.' };
  }

  /** For next month's export. Sample data comes from nowhere and will not come again. */
  private remember(): void {
    const { handle, shown } = this.page;
    if (handle && shown.every((source) => !('sample' in source))) this.remembered.remember(handle.mappings);
    this.page.requestUpdate();
  }
}
