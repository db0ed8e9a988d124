/** The dialog in which one ticket's own timeline opens. */

import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { date } from '../charts/format.js';
import type { TicketDetail } from '../engine/types.js';
import type { Theme } from '../elements/flow-element.js';

export function ticketDialog(ticket: TicketDetail | null, zone: string, theme: Theme, closed: () => void, day: string | null = null): TemplateResult {
  return html`<dialog aria-labelledby="ticket-title" @close=${closed} @click=${backdrop}>
    ${ticket
      ? html`<div class="dialog-body">
          <div class="dialog-head">
            <h2 id="ticket-title">${ticket.id}</h2>
            <button
              class="button"
              @click=${(event: Event) => {
                (event.target as Element).closest('dialog')?.close();
              }}
            >
              Close
            </button>
          </div>
          ${day === null ? nothing : html`<p class="muted">As it was known at the end of ${date(day)}.</p>`}
          <flow-ticket .detail=${ticket} zone=${zone} theme=${theme}></flow-ticket>
        </div>`
      : nothing}
  </dialog>`;
}

function backdrop(event: MouseEvent): void {
  if (event.target instanceof HTMLDialogElement) event.target.close();
}
