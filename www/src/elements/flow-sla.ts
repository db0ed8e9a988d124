/** Service levels: as recorded, against targets, and the open tickets about to miss theirs. */

import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Missing } from '../charts/chart.js';
import { SLA_HELP, sla } from '../charts/sla.js';
import type { SlaView } from '../charts/sla.js';
import type { Report } from '../engine/types.js';
import { FlowFacts, gapList } from './flow-facts.js';
import { rateBar, rateStyles } from './rate-list.js';

export class FlowSla extends FlowFacts<SlaView> {
  protected readonly heading = 'Service levels';
  protected readonly help = SLA_HELP;
  static override styles = [
    ...FlowFacts.styles,
    rateStyles,
    css`
      .lists {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 340px), 1fr));
        gap: 20px 32px;
      }
      h4 {
        margin: 0 0 10px;
        font-size: 15px;
      }
      .one .line {
        display: flex;
        justify-content: space-between;
        gap: 10px;
      }
    `,
  ];

  protected definitions(report: Report): (string | undefined)[] {
    return [report.sla?.definition, report.sla?.recorded?.rate.definition];
  }

  protected view(report: Report): SlaView | Missing {
    return sla(report);
  }

  protected override picture({ lists }: SlaView): TemplateResult {
    return html`<div class="lists">
      ${lists.map(
        ({ title, rates }) =>
          html`<div>
            <h4>${title}</h4>
            <ul class="figures">
              ${rates.map(
                (rate) =>
                  html`<li class="one">
                    <span class="line"><span>${rate.label}</span> <strong>${rate.figure}</strong></span>
                    ${rateBar(rate)}
                  </li>`,
              )}
            </ul>
          </div>`,
      )}
    </div>`;
  }

  protected override more(_report: Report, { atRisk, gaps }: SlaView): TemplateResult {
    return html`${atRisk ? html`<flow-fitting-table .table=${atRisk} theme=${this.theme}></flow-fitting-table>` : nothing} ${gapList(gaps)}`;
  }
}
