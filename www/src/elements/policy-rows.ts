/** Ways of working against the desk as it is: an interval each, on one axis with its line of no change. */

import { css, html, nothing, svg } from 'lit';
import type { TemplateResult } from 'lit';
import type { PolicyRow } from '../charts/swarm.js';
import { share } from './flow-facts.js';

/** Nearer to an end than this, the middle of the scale would cover the word there. */
const ROOM = 0.28;

export const policyStyles = css`
  .policies li {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 3px;
  }
  .policies .line {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    align-items: baseline;
  }
  .policies .value {
    margin-inline-start: auto;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .refused {
    padding: 10px 14px;
    border: 1px dashed var(--_control);
    border-radius: 10px;
  }
  .zero {
    stroke: var(--_text);
    stroke-width: 2;
  }
  .interval {
    fill: var(--_s1);
    fill-opacity: 0.55;
  }
  .interval.faster {
    fill-opacity: 1;
  }
  .point {
    fill: var(--_surface);
    stroke: var(--_text);
    stroke-width: 2;
  }
  .scale {
    fill: var(--_muted);
    font-size: 12.5px;
    overflow: visible;
  }
  .scale .mid {
    text-anchor: middle;
  }
  .scale .end {
    text-anchor: end;
  }
  .stale svg {
    opacity: 0.45;
  }
`;

/** The words beside each mark say what it says. */
export function policyList(rows: readonly PolicyRow[], zero: number): TemplateResult {
  return html`<ul class="policies">
      ${rows.map((row) => policyRow(row, zero))}
    </ul>
    <svg class="scale" height="18" aria-hidden="true">
      ${zero > ROOM ? svg`<text x="0" y="13">less</text>` : nothing}
      ${svg`<text class="mid" x=${share(zero)} y="13">no change</text>`}
      ${zero < 1 - ROOM ? svg`<text class="end" x="100%" y="13">more</text>` : nothing}
    </svg>`;
}

function policyRow({ name, label, description, text, verdict, refused, interval, lines }: PolicyRow, zero: number): TemplateResult {
  return html`<li class=${refused ? 'refused' : ''} data-policy=${name}>
    <span class="line"><strong>${label}</strong> <span class="muted">${verdict}</span>${refused ? nothing : html` <span class="value">${text}</span>`}</span>
    ${interval
      ? html`<svg height="22" aria-hidden="true">
          ${svg`<rect class="track" y="9" width="100%" height="4" rx="2"></rect
            ><rect class=${interval.to < zero ? 'interval faster' : 'interval'} y="5" x=${share(interval.from)} width=${share(Math.max(0.004, interval.to - interval.from))} height="12" rx="3"></rect
            ><line class="zero" x1=${share(zero)} x2=${share(zero)} y1="0" y2="22"></line
            ><circle class="point" cx=${share(interval.point)} cy="11" r="5"></circle>`}
        </svg>`
      : nothing}
    <span class="muted">${refused ? text : description}</span>
    ${interval?.beyond ? html`<span class="muted">The bar goes on beyond the right edge.</span>` : nothing}
    ${lines.map((line) => html`<span class="muted">${line}</span>`)}
  </li>`;
}
