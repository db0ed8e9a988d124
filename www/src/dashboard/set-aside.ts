/** The rows that were set aside and the tables as they were read: looked at and taken away. A second pass finds them. */

import { html, nothing } from 'lit';
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import { count, plural } from '../charts/format.js';
import type { Handle } from '../engine/engine.js';
import { EngineError } from '../engine/errors.js';
import type { FileReport, Report } from '../engine/types.js';
import { reasonLabel } from '../engine/words.js';
import type { Records } from './csv.js';
import { firstRecords } from './csv.js';
import { save } from './save.js';

/** Rows shown of each file; all of them are in the download. */
const SHOWN = 100;

interface Part {
  name: string;
  records: Records;
}

interface View {
  /** `null`: whatever the reason. */
  reason: string | null;
  total: number;
  parts: Part[] | null;
  error: EngineError | null;
  /** Numbers of rows that the report names as examples: for where the rows themselves cannot be shown. */
  examples: number[];
}

export class SetAside implements ReactiveController {
  private view: View | null = null;
  private handle: Handle | null = null;
  private rejects = new Map<number, Promise<Blob>>();
  /** What is being written at the moment, by the words for it. */
  private busy = '';

  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly failed: (thrown: unknown) => void,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.view = null;
  }

  /** Another input: nothing of the one before stays. */
  use(handle: Handle): void {
    this.handle = handle;
    this.rejects = new Map();
    this.view = null;
  }

  async open(report: Report, reason: string | null): Promise<void> {
    const { files, warnings } = report.input;
    const code = reason === 'duplicate' ? 'duplicates' : `set_aside_${reason ?? ''}`;
    const view: View = {
      reason,
      total: files.reduce((sum, file) => sum + counted(file, reason), 0),
      parts: null,
      error: null,
      examples: warnings.filter((warning) => warning.code === code).flatMap(({ rows }) => rows),
    };
    this.show(view);
    await this.host.updateComplete;
    this.host.querySelector<HTMLDialogElement>('#rows-dialog')?.showModal();
    try {
      const parts: Part[] = [];
      for (const [index, file] of files.entries()) {
        if (counted(file, reason) === 0) continue;
        const blob = await this.rejectsOf(index);
        parts.push({ name: file.name, records: await firstRecords(blob, SHOWN, (cells, header) => reason === null || has(cells, header, reason)) });
      }
      if (this.view === view) this.show({ ...view, parts });
    } catch (thrown) {
      if (this.view === view) this.show({ ...view, error: EngineError.from(thrown) });
    }
  }

  /** What can be taken away: for one file two buttons, for several a list. */
  downloads(files: FileReport[]): TemplateResult {
    const [only] = files;
    if (files.length === 1 && only) return html`<span class="strip-actions" slot="actions">${this.buttons(only, 0)}</span>`;
    return html`<details class="strip-files" slot="actions">
      <summary>Download rejects and tables</summary>
      <ul>
        ${files.map((file, index) => html`<li><span>${file.name}</span> ${this.buttons(file, index)}</li>`)}
      </ul>
    </details>`;
  }

  dialog(): TemplateResult {
    const { view } = this;
    return html`<dialog
      id="rows-dialog"
      class="wide"
      aria-labelledby="rows-title"
      @close=${() => {
        this.show(null);
      }}
      @click=${(event: MouseEvent) => {
        if (event.target instanceof HTMLDialogElement) event.target.close();
      }}
    >
      ${view
        ? html`<div class="dialog-body">
            <div class="dialog-head">
              <h2 id="rows-title">${plural(view.total, 'row')} set aside${view.reason ? `: ${reasonLabel(view.reason)}` : ''}</h2>
              <button
                class="button"
                @click=${(event: Event) => {
                  (event.target as Element).closest('dialog')?.close();
                }}
              >
                Close
              </button>
            </div>
            ${content(view)}
          </div>`
        : nothing}
    </dialog>`;
  }

  private buttons(file: FileReport, index: number): TemplateResult {
    const stem = file.name.replace(/\.(gz|zip)$/i, '').replace(/\.[^./]{1,5}$/, '').replaceAll('/', '-');
    return html`${file.rows_set_aside > 0
        ? this.button('Download rejects', file, () => this.rejectsOf(index), `${stem}-rejects.csv`)
        : nothing}
      ${this.button('Download the table as read', file, () => this.asked().table(index), `${stem}-table.csv`)}`;
  }

  private button(label: string, file: FileReport, make: () => Promise<Blob>, name: string): TemplateResult {
    const key = `${label} ${file.name}`;
    return html`<button
      class="textual"
      ?disabled=${this.busy !== ''}
      @click=${() => void this.write(key, make, name)}
    >
      ${this.busy === key ? 'Writing…' : label}
    </button>`;
  }

  private async write(key: string, make: () => Promise<Blob>, name: string): Promise<void> {
    this.busy = key;
    this.host.requestUpdate();
    try {
      save(name, await make());
    } catch (thrown) {
      this.failed(thrown);
    } finally {
      this.busy = '';
      this.host.requestUpdate();
    }
  }

  /** One pass serves the list of each reason and the download. */
  private rejectsOf(index: number): Promise<Blob> {
    let blob = this.rejects.get(index);
    if (!blob) {
      blob = this.asked().rejects(index);
      this.rejects.set(index, blob);
      blob.catch(() => this.rejects.delete(index));
    }
    return blob;
  }

  private asked(): Handle {
    if (!this.handle) throw EngineError.closed();
    return this.handle;
  }

  private show(view: View | null): void {
    this.view = view;
    this.host.requestUpdate();
  }
}

function counted(file: FileReport, reason: string | null): number {
  if (reason === null) return file.rows_set_aside;
  return Object.hasOwn(file.set_aside_by_reason, reason) ? (file.set_aside_by_reason[reason] ?? 0) : 0;
}

const reasonAt = (header: string[]): number => header.indexOf('reason');

/** The rows with their reasons in words. */
function worded({ header, rows }: Records): string[][] {
  const at = reasonAt(header);
  return rows.map((cells) => cells.map((cell, n) => (n === at ? reasonLabel(cell) : cell)));
}

function has(cells: string[], header: string[], reason: string): boolean {
  return cells[reasonAt(header)] === reason;
}

function content({ parts, error, examples }: View): TemplateResult {
  if (error) {
    return html`<p role="alert">${error.message} ${error.remedy}</p>
      ${examples.length > 0 ? html`<p>The first of them are in row ${examples.map(count).join(', ')}.</p>` : nothing}`;
  }
  if (!parts) return html`<p role="status">Finding them in the file…</p>`;
  return html`${parts.map(
    ({ name, records }) =>
      html`${parts.length > 1 ? html`<h3>${name}</h3>` : nothing} ${cellTable(name, records.header, worded(records))}
        ${records.rows.length >= SHOWN ? html`<p class="muted">The first ${count(SHOWN)} are shown. The download has all of them.</p>` : nothing}`,
  )}`;
}

/** Columns shown of a table: thousands would hold up the page, and nobody reads them. */
const COLUMNS = 60;

/** Cells as they stand in the file, in a box that scrolls by itself; long ones are cut. */
export function cellTable(name: string, headers: readonly string[], rows: readonly (readonly string[])[]): TemplateResult {
  const header = headers.slice(0, COLUMNS);
  return html`<div class="cells" tabindex="0" role="region" aria-label=${`Rows of ${name}`}>
    <table>
      <thead>
        <tr>
          ${header.map((cell) => html`<th scope="col">${cell}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => html`<tr>${header.map((_, n) => html`<td>${row[n] ?? ''}</td>`)}</tr>`)}
      </tbody>
    </table>
  </div>
  ${header.length < headers.length ? html`<p class="muted">These are the first ${COLUMNS} of ${count(headers.length)} columns.</p>` : nothing}`;
}
