/** Tickets that came back: how many, and how sure that is. */

import { css, html, svg } from 'lit';
import type { TemplateResult } from 'lit';
import { AGAIN_HELP, again } from '../charts/again.js';
import type { Again } from '../charts/again.js';
import type { Missing } from '../charts/chart.js';
import type { Report } from '../engine/types.js';
import { FlowFacts, barOf, gapList, share } from './flow-facts.js';

export class FlowAgain extends FlowFacts<Again> {
  protected readonly heading = 'Again and again';
  protected readonly help = AGAIN_HELP;
  static override styles = [
    ...FlowFacts.styles,
    css`
      .rate {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 4px;
      }
      .rate + .rate {
        padding-top: 14px;
        border-top: 1px solid var(--_line);
      }
      .line {
        display: flex;
        gap: 10px;
        align-items: baseline;
      }
      .figure {
        font-size: 28px;
        font-weight: 680;
        letter-spacing: -0.01em;
      }
      .range {
        fill: none;
        stroke: var(--_text);
        stroke-width: 2;
      }
    `,
  ];

  protected definitions(report: Report): (string | undefined)[] {
    return [report.reopens?.definition, report.reassignments?.definition];
  }

  protected view(report: Report): Again | Missing {
    return again(report);
  }

  protected override picture({ rates }: Again): TemplateResult {
    return html`<ul class="figures">
      ${rates.map(
        (rate) =>
          html`<li class="rate">
            <span class="line"><span class="figure">${rate.figure}</span> <strong>${rate.label}</strong></span>
            <svg height="16" aria-hidden="true">
              <svg y="3" height="10">${barOf(rate.rate, 'c1')}</svg>
              ${svg`<line class="range" x1=${share(rate.lower)} x2=${share(rate.upper)} y1="8" y2="8"></line
                ><line class="range" x1=${share(rate.lower)} x2=${share(rate.lower)} y1="2" y2="14"></line
                ><line class="range" x1=${share(rate.upper)} x2=${share(rate.upper)} y1="2" y2="14"></line>`}
            </svg>
            <span class="muted">${rate.interval}</span>
          </li>`,
      )}
    </ul>`;
  }

  protected override more(_report: Report, { gaps }: Again): ReturnType<typeof gapList> {
    return gapList(gaps);
  }
}
