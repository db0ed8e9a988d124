/** The receipt below a card's help: what its figures rest on, and the tickets behind them. */

import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { commonLines, ownLines, partsBehind, ticketsBehind } from '../charts/receipt.js';
import type { Line } from '../charts/receipt.js';
import type { Report } from '../engine/types.js';

export function receiptPanel(report: Report, definition: string | undefined): TemplateResult | typeof nothing {
  const parts = partsBehind(report, definition);
  const receipts = parts.flatMap((part) => {
    const receipt = report.receipts && Object.hasOwn(report.receipts, part) ? report.receipts[part] : undefined;
    return receipt ? [{ part, receipt }] : [];
  });
  const [only] = receipts;
  if (receipts.length === 0) return nothing;
  const tickets = ticketsBehind(report, parts);
  return html`<details class="receipt">
    <summary>Receipt</summary>
    ${only && receipts.length === 1
      ? list([...ownLines(only.receipt), ...commonLines(report)])
      : html`${receipts.map(({ part, receipt }) => html`<h4>${name(part)}</h4>${list(ownLines(receipt))}`)}
          <h4>All of them</h4>
          ${list(commonLines(report))}`}
    ${tickets.length === 0
      ? nothing
      : html`<details>
          <summary>The tickets behind it, the longest first</summary>
          <ul>
            ${tickets.map(({ id, ticket }) => html`<li><button class="link" @click=${(event: Event) => { open(event, ticket); }}>${id}</button></li>`)}
          </ul>
        </details>`}
  </details>`;
}

function list(lines: readonly Line[]): TemplateResult {
  return html`<dl>${lines.map(({ term, text }) => html`<dt>${term}</dt><dd>${text}</dd>`)}</dl>`;
}

const name = (part: string): string => part.replaceAll('_', ' ').replace(/^./, (c) => c.toUpperCase());

function open(event: Event, ticket: number): void {
  event.currentTarget?.dispatchEvent(new CustomEvent('flow-ticket-select', { detail: { ticket }, bubbles: true, composed: true }));
}
