/** The definition switchboard: the same tickets under each clock. */

import { css, html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Missing } from '../charts/chart.js';
import { CLOCKS_HELP, clocks } from '../charts/clocks.js';
import type { ClocksView } from '../charts/clocks.js';
import type { Report } from '../engine/types.js';
import { FlowFacts, barOf } from './flow-facts.js';

/** A colour for each clock; its name stands beside each bar too. */
const COLOURS = ['c1', 'c2', 'c3'];

export class FlowClocks extends FlowFacts<ClocksView> {
  protected readonly heading = 'One lead time, three clocks';
  protected readonly help = CLOCKS_HELP;
  static override styles = [
    ...FlowFacts.styles,
    css`
      .groups {
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 210px), 1fr));
        gap: 18px 28px;
      }
      .groups > li {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 8px;
        align-content: start;
      }
      h4 {
        margin: 0;
        font-size: 15px;
      }
      .line {
        display: flex;
        justify-content: space-between;
        gap: 10px;
        font-size: 14px;
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 2px 12px;
        margin: 0;
        font-size: 14px;
      }
      dd {
        margin: 0;
        color: var(--_muted);
      }
    `,
  ];

  protected definitions(report: Report): (string | undefined)[] {
    return [report.clocks?.definition];
  }

  protected view(report: Report): ClocksView | Missing {
    return clocks(report);
  }

  protected override picture({ groups, legend }: ClocksView): TemplateResult {
    return html`<ul class="figures groups">
        ${groups.map(
          ({ label, bars }) =>
            html`<li>
              <h4>${label}</h4>
              ${bars.map(
                (bar, n) =>
                  html`<div>
                    <div class="line"><span>${bar.label}</span> <strong>${bar.text}</strong></div>
                    <svg height="10" aria-hidden="true">${barOf(bar.length, COLOURS[n % COLOURS.length] ?? 'c1')}</svg>
                  </div>`,
              )}
            </li>`,
        )}
      </ul>
      <dl>
        ${legend.map(({ label, words }) => html`<dt>${label}</dt> <dd>${words}</dd>`)}
      </dl>`;
  }
}
