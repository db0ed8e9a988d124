/** A line that tells what the page did by itself, with a way back where there is one. */

import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';

export interface Notice {
  text: string;
  /** Takes it back. */
  undo?: () => void;
}

export function noticeLine({ text, undo }: Notice, dismiss: () => void): TemplateResult {
  return html`<div class="notice">
    <p role="status">${text}</p>
    ${undo ? html`<button class="button" id="undo" @click=${undo}>Undo</button>` : nothing}
    <button class="button" aria-label="Dismiss this note" @click=${dismiss}>Dismiss</button>
  </div>`;
}
