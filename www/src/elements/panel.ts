/** What cards share: the "?" and what it opens, the switches, and the words for what is missing. */

import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Missing } from '../charts/chart.js';
import type { Help } from '../charts/help.js';
import type { Report } from '../engine/types.js';
import { receiptPanel } from './receipt.js';

/** A row of buttons of which one is on. */
export function choice<T extends string>(label: string, values: readonly T[], current: T, pick: (value: T) => void): TemplateResult {
  return html`<div class="segments" role="group" aria-label=${label}>
    ${values.map(
      (value) =>
        html`<button aria-pressed=${value === current ? 'true' : 'false'} @click=${() => { pick(value); }}>
          ${value.replace(/^./, (c) => c.toUpperCase())}
        </button>`,
    )}
  </div>`;
}

/** A button that is on or off. */
export function toggle(label: string, on: boolean, flip: () => void): TemplateResult {
  return html`<button aria-pressed=${on ? 'true' : 'false'} @click=${flip}>${label}</button>`;
}

export function helpButton(open: boolean, flip: () => void): TemplateResult {
  return html`<button
    class="round"
    aria-expanded=${open ? 'true' : 'false'}
    aria-controls="help"
    aria-label="What is this?"
    @click=${flip}
  >
    ?
  </button>`;
}

export const tableButton = (on: boolean, flip: () => void): TemplateResult => toggle('Table', on, flip);

/** With a report, its receipt lies below. */
export function helpPanel(open: boolean, help: Help, definition: string | undefined, report?: Report): TemplateResult {
  return html`<div id="help" ?hidden=${!open}>
    ${open
      ? html`<div class="help">
          <dl>
            <dt>What it is</dt>
            <dd>${help.what}</dd>
            <dt>How to read it</dt>
            <dd>${help.read}</dd>
            <dt>How it misleads</dt>
            <dd>${help.misleads}</dd>
            <dt>Formula</dt>
            <dd>${help.formula}</dd>
            ${definition
              ? html`<dt>Exact definition</dt>
                  <dd>${definition}</dd>`
              : nothing}
          </dl>
          ${report ? receiptPanel(report, definition) : nothing}
        </div>`
      : nothing}
  </div>`;
}

export function missingPanel({ reason, remedy }: Missing): TemplateResult {
  return html`<div class="missing">
    <p>${reason}</p>
    <p class="summary">${remedy}</p>
  </div>`;
}
