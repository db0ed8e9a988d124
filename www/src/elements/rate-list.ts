/** Rates as large figures, each with its bar, its interval as a whisker, and the interval in words. */

import { css, html, svg } from 'lit';
import type { TemplateResult } from 'lit';
import type { RateView } from '../charts/rates.js';
import { barOf, share } from './flow-facts.js';

export const rateStyles = css`
  .rate {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 4px;
  }
  .rate + .rate {
    padding-top: 14px;
    border-top: 1px solid var(--_line);
  }
  .rate .line {
    display: flex;
    gap: 10px;
    align-items: baseline;
  }
  .figure {
    font-size: 28px;
    font-weight: 680;
    letter-spacing: -0.01em;
    white-space: nowrap;
  }
  .range {
    fill: none;
    stroke: var(--_text);
    stroke-width: 2;
  }
`;

/** The bar alone. */
export function rateBar({ rate, lower, upper }: RateView): TemplateResult {
  return html`<svg height="16" aria-hidden="true">
    <svg y="3" height="10">${barOf(rate, 'c1')}</svg>
    ${svg`<line class="range" x1=${share(lower)} x2=${share(upper)} y1="8" y2="8"></line
      ><line class="range" x1=${share(lower)} x2=${share(lower)} y1="2" y2="14"></line
      ><line class="range" x1=${share(upper)} x2=${share(upper)} y1="2" y2="14"></line>`}
  </svg>`;
}

export function rateList(rates: RateView[]): TemplateResult {
  return html`<ul class="figures">
    ${rates.map(
      (rate) =>
        html`<li class="rate">
          <span class="line"><span class="figure">${rate.figure}</span> <strong>${rate.label}</strong></span>
          ${rateBar(rate)}
          <span class="muted">${rate.interval}</span>
        </li>`,
    )}
  </ul>`;
}
