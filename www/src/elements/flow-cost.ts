/** What waiting and handing over cost: two figures side by side, never one. */

import { css, html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Missing } from '../charts/chart.js';
import { COST_HELP, cost } from '../charts/cost.js';
import type { CostView } from '../charts/cost.js';
import type { Report } from '../engine/types.js';
import { FlowFacts } from './flow-facts.js';

export class FlowCost extends FlowFacts<CostView> {
  protected readonly heading = 'What it costs';
  protected readonly help = COST_HELP;
  static override styles = [
    ...FlowFacts.styles,
    css`
      .lines {
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 220px), 1fr));
      }
      .lines li {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 4px;
        align-content: start;
        padding: 16px 18px;
        border: 1px solid var(--_line);
        border-radius: 10px;
      }
      .figure {
        font-size: 26px;
        font-weight: 680;
        letter-spacing: -0.01em;
        line-height: 1.25;
      }
    `,
  ];

  protected definitions(report: Report): (string | undefined)[] {
    const part = report.cost;
    return [part?.definition, part?.delay.definition, part?.cash.definition];
  }

  protected view(report: Report): CostView | Missing {
    return cost(report);
  }

  protected override picture({ lines }: CostView): TemplateResult {
    return html`<ul class="figures lines">
      ${lines.map(
        ({ label, figure, detail }) =>
          html`<li>
            <strong>${label}</strong>
            <span class="figure">${figure}</span>
            <span class="muted">${detail}</span>
          </li>`,
      )}
    </ul>`;
  }
}
