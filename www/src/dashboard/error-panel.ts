/** What went wrong, where, and what to do; the page around it stays as it was. */

import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { count } from '../charts/format.js';
import type { EngineError } from '../engine/errors.js';

export function errorPanel(error: EngineError, dismiss: () => void): TemplateResult {
  const { file, row, column, byte } = error.position;
  const where: { term: string; text: string }[] = [];
  if (file !== undefined) where.push({ term: 'File', text: file });
  if (row !== undefined) where.push({ term: 'Row', text: count(row) });
  if (column !== undefined) where.push({ term: 'Column', text: column });
  if (byte !== undefined && row === undefined) where.push({ term: 'Byte', text: count(byte) });
  return html`<section class="error" role="alert" aria-labelledby="error-title" tabindex="-1">
    <div>
      <h2 id="error-title">${error.message}</h2>
      <p>${error.remedy}</p>
      ${where.length > 0
        ? html`<dl>
            ${where.map(({ term, text }) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}
          </dl>`
        : nothing}
    </div>
    <button class="button" @click=${dismiss}>Dismiss</button>
  </section>`;
}
