/** DORA's five as tiles: each with its figure and how sure it is, or with what would supply it. */

import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Missing } from '../charts/chart.js';
import { FIVE_HELP, five } from '../charts/delivery-five.js';
import type { FiveView, Tile } from '../charts/delivery-five.js';
import type { Report } from '../engine/types.js';
import { FlowFacts } from './flow-facts.js';
import { notesList, notesStyles } from './notes.js';
import { rateBar, rateStyles } from './rate-list.js';

export class FlowFive extends FlowFacts<FiveView> {
  protected readonly heading = 'The five of DORA';
  protected readonly help = FIVE_HELP;
  static override styles = [
    ...FlowFacts.styles,
    rateStyles,
    notesStyles,
    css`
      .tiles {
        display: flex;
        flex-wrap: wrap;
        gap: 14px;
      }
      /* The last row is filled, however many stand in it. */
      .tile {
        display: flex;
        flex: 1 1 205px;
        flex-direction: column;
        gap: 6px;
        padding: 14px 16px;
        border: 1px solid var(--_line);
        border-radius: 12px;
      }
      .tile.missing-figure {
        border-style: dashed;
        border-color: var(--_control);
      }
      h4 {
        margin: 0;
        font-size: 14px;
        font-weight: 600;
      }
      .figure {
        white-space: normal;
        line-height: 1.2;
      }
      .unit {
        display: inline-block;
        white-space: nowrap;
        font-size: 15px;
        font-weight: 500;
        letter-spacing: 0;
      }
      .none {
        font-size: 18px;
        font-weight: 650;
      }
      .lines {
        gap: 1px;
        font-size: 14px;
      }
      .benchmarks {
        gap: 2px;
        margin-top: auto;
        padding-top: 8px;
        border-top: 1px solid var(--_line);
        color: var(--_muted);
        font-size: 12.5px;
      }
    `,
  ];

  protected definitions({ delivery }: Report): (string | undefined)[] {
    return [
      delivery?.definition,
      delivery?.frequency?.definition,
      delivery?.frequency?.rule,
      delivery?.change_lead_time?.definition,
      delivery?.change_fail_rate?.definition,
      delivery?.recovery_time?.definition,
      delivery?.rework_rate?.definition,
    ];
  }

  protected view(report: Report): FiveView | Missing {
    return five(report);
  }

  protected override picture({ tiles }: FiveView): TemplateResult {
    return html`<ul class="tiles">
      ${tiles.map((tile) => this.tile(tile))}
    </ul>`;
  }

  protected override more(_report: Report, { cautions }: FiveView): TemplateResult | typeof nothing {
    return notesList('What speaks against these figures', cautions);
  }

  private tile({ id, label, figure, unit, lines, rate, gap, benchmarks }: Tile): TemplateResult {
    return html`<li class=${gap ? 'tile missing-figure' : 'tile'} data-figure=${id}>
      <h4>${label}</h4>
      ${gap
        ? html`<p class="none">Not computable</p>
            <p>${gap.reason}</p>
            <p class="muted">${gap.remedy}</p>`
        : html`<p class="figure">${figure}${unit ? html` <span class="unit">${unit}</span>` : nothing}</p>
            ${rate ? rateBar(rate) : nothing}
            <ul class="lines">
              ${lines.map((line) => html`<li>${line}</li>`)}
            </ul>`}
      ${benchmarks.length > 0
        ? html`<ul class="benchmarks" aria-label="What surveys found">
            ${benchmarks.map((line) => html`<li>${line}</li>`)}
          </ul>`
        : nothing}
    </li>`;
  }
}
