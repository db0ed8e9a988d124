/** Sentences to mind, below the figures that they are about. */

import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';

export const notesStyles = css`
  .notes-list {
    padding: 10px 14px;
    border-inline-start: 4px solid var(--_warn);
    border-radius: 4px;
    background: var(--_warn-soft);
    font-size: 14px;
  }
  .notes-list ul {
    gap: 4px;
    padding-inline-start: 18px;
    list-style: disc;
  }
`;

export function notesList(title: string, notes: readonly string[]): TemplateResult | typeof nothing {
  if (notes.length === 0) return nothing;
  return html`<div class="notes-list">
    <strong>${title}</strong>
    <ul>
      ${notes.map((note) => html`<li>${note}</li>`)}
    </ul>
  </div>`;
}
