/** The busiest handoffs as a table, to lie below their picture. */

import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { count } from '../charts/format.js';
import { busiest } from '../charts/handoffs.js';
import type { Report } from '../engine/types.js';
import { FlowElement } from './flow-element.js';

/** As many as can be taken in at once; on a phone each pair is a block of its own. */
const MOST = 10;
const MOST_NARROW = 4;

declare global {
  interface HTMLElementEventMap {
    /** The reader wants the whole table. */
    'flow-all-rows': CustomEvent<null>;
  }
}

export class FlowHandoffPairs extends FlowElement {
  protected readonly heading = 'Handoffs between teams';
  static override styles = [
    ...FlowElement.styles,
    css`
      .pairs {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 10px;
        justify-items: start;
      }
      flow-fitting-table {
        width: 100%;
      }
    `,
  ];

  protected content(report: Report): TemplateResult | typeof nothing {
    const part = report.handoffs;
    if (!part || part.edges.length === 0) return nothing;
    const most = matchMedia('(max-width: 640px)').matches ? MOST_NARROW : MOST;
    return html`<div class="pairs">
      <flow-fitting-table .table=${busiest(part, most)} theme=${this.theme}></flow-fitting-table>
      ${part.edges.length > most
        ? html`<button @click=${() => { this.emit('flow-all-rows', null); }}>All ${count(part.edges.length)} pairs</button>`
        : nothing}
    </div>`;
  }
}
