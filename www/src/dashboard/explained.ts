/** One figure and everything that stands behind it, in a dialog: definition, receipt, and the tickets. */

import { html, nothing } from 'lit';
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import { csv } from '../charts/csv.js';
import { count, dateTime, plural } from '../charts/format.js';
import type { Line } from '../charts/receipt.js';
import { ownLines } from '../charts/receipt.js';
import type { Handle } from '../engine/engine.js';
import { EngineError } from '../engine/errors.js';
import type { Explanation, Query } from '../engine/types.js';
import { save } from './save.js';

/** Ids shown; all of them are in the file. */
const SHOWN = 200;

interface View {
  title: string;
  found: Explanation | null;
  error: EngineError | null;
}

export class Explained implements ReactiveController {
  private view: View | null = null;

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.view = null;
  }

  async open(handle: Handle, figure: string, query: Query, title: string): Promise<void> {
    const view: View = { title, found: null, error: null };
    this.show(view);
    await this.host.updateComplete;
    this.host.querySelector<HTMLDialogElement>('#explain-dialog')?.showModal();
    try {
      const found = await handle.explain(figure, { ...query, include: { points: false, ids: true } });
      if (this.view === view) this.show({ ...view, found });
    } catch (thrown) {
      if (this.view === view) this.show({ ...view, error: EngineError.from(thrown) });
    }
  }

  dialog(): TemplateResult {
    const { view } = this;
    return html`<dialog
      id="explain-dialog"
      aria-labelledby="explain-title"
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
              <h2 id="explain-title">${view.title}</h2>
              <button
                class="button"
                @click=${(event: Event) => {
                  (event.target as Element).closest('dialog')?.close();
                }}
              >
                Close
              </button>
            </div>
            ${view.error ? html`<p role="alert">${view.error.message} ${view.error.remedy}</p>` : nothing}
            ${view.found ? content(view.found) : view.error ? nothing : html`<p role="status">Looking it up…</p>`}
          </div>`
        : nothing}
    </dialog>`;
  }

  private show(view: View | null): void {
    this.view = view;
    this.host.requestUpdate();
  }
}

function content(found: Explanation): TemplateResult {
  const { words, unavailable, receipt, tickets } = found;
  return html`${words === undefined ? nothing : html`<p class="explained">${words}</p>`}
    ${unavailable ? html`<p>${unavailable.reason} ${unavailable.remedy}</p>` : nothing}
    <p>${receipt.definition}</p>
    <dl class="receipt-lines">${[...ownLines(receipt), ...circumstances(found)].map(({ term, text }) => html`<dt>${term}</dt><dd>${text}</dd>`)}</dl>
    ${tickets ? behind(tickets, found.figure.id) : nothing}`;
}

function circumstances({ filter, as_of, zone, inputs, engine_version }: Explanation): Line[] {
  return [
    { term: 'Tickets', text: filter.replace(/^./, (c) => c.toUpperCase()) },
    { term: 'As of', text: `${dateTime(Date.parse(as_of) / 1000, zone)} (${zone})` },
    ...Object.entries(inputs).map(([name, sha256]) => ({ term: `SHA-256 of ${name}`, text: sha256 })),
    { term: 'Engine', text: `flowgauge ${engine_version}` },
  ];
}

function behind(tickets: readonly string[], figure: string): TemplateResult {
  return html`<section class="behind" aria-labelledby="behind-title">
    <div class="dialog-head">
      <h3 id="behind-title">The tickets behind it</h3>
      <button class="button" @click=${() => { save(`${figure}-tickets.csv`, new Blob([csv([['id'], ...tickets.map((id) => [id])])], { type: 'text/csv' })); }}>
        Download ${plural(tickets.length, 'id')}
      </button>
    </div>
    <ul class="ids" tabindex="0" aria-labelledby="behind-title">${tickets.slice(0, SHOWN).map((id) => html`<li>${id}</li>`)}</ul>
    ${tickets.length > SHOWN ? html`<p class="muted">The first ${count(SHOWN)} are shown. The download has all of them.</p>` : nothing}
  </section>`;
}
