/** The answers first: plain sentences, each a link to its chart. */

import { css, html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Report } from '../engine/types.js';
import { FlowElement } from './flow-element.js';

/** A sentence was chosen: which part of the report it stands on. */
export type PartSelectEvent = CustomEvent<{ part: string }>;

declare global {
  interface HTMLElementEventMap {
    'flow-part-select': PartSelectEvent;
  }
}

export class FlowSentences extends FlowElement {
  protected readonly heading = 'In short';
  static override styles = [
    ...FlowElement.styles,
    css`
      ol {
        display: grid;
        /* Four, two or one a row: three and one left over would look like a mistake. */
        grid-template-columns: repeat(4, minmax(0, 1fr));
        gap: 14px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      :host {
        container-type: inline-size;
      }
      @container (max-width: 1000px) {
        ol {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
      }
      @container (max-width: 560px) {
        ol {
          grid-template-columns: minmax(0, 1fr);
        }
      }
      li {
        display: flex;
      }
      button {
        flex: 1;
        display: flex;
        flex-direction: column;
        justify-content: space-between;
        gap: 12px;
        padding: 18px 20px;
        border-radius: var(--_radius);
        font-size: 17px;
        line-height: 1.45;
        font-weight: 500;
        text-align: start;
        overflow-wrap: anywhere;
      }
      .go {
        color: var(--_accent);
        font-size: 13.5px;
        font-weight: 600;
      }
    `,
  ];

  protected content(report: Report): TemplateResult {
    if (report.sentences.length === 0) {
      return html`<p>The data answers none of the first questions yet. The cards below say what would.</p>`;
    }
    return html`<ol>
      ${report.sentences.map(
        (sentence) =>
          html`<li>
            <button @click=${() => { this.emit('flow-part-select', { part: sentence.part }); }}>
              <span class="text">${sentence.text}</span>
              <span class="go">See the chart <span aria-hidden="true">↓</span></span>
            </button>
          </li>`,
      )}
    </ol>`;
  }
}
