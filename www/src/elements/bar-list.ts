/** Bars below each other, each with its words on a line above it. */

import { css, html } from 'lit';
import type { TemplateResult } from 'lit';
import type { ListBar } from '../charts/bars.js';
import { barOf } from './flow-facts.js';

export const barStyles = css`
  .bar-list li {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 4px;
  }
  .bar-list .line {
    display: flex;
    flex-wrap: wrap;
    gap: 0 10px;
    align-items: baseline;
  }
  .bar-list .value {
    margin-inline-start: auto;
    font-weight: 600;
  }
`;

export function barList(bars: ListBar[], colour = 'c1'): TemplateResult {
  return html`<ul class="figures bar-list">
    ${bars.map(
      (bar) =>
        html`<li>
          <span class="line">
            <strong>${bar.label}</strong> <span class="muted">${bar.detail}</span> <span class="value">${bar.text}</span>
          </span>
          <svg height="10" aria-hidden="true">${barOf(bar.length, colour)}</svg>
        </li>`,
    )}
  </ul>`;
}
