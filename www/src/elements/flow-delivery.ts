/** The cards of delivery beside the five: week by week, by service, times, links, the wall. */

import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ChartTheme, Missing, View } from '../charts/chart.js';
import { DELIVERY_BY_HELP, DELIVERY_TIMES_HELP, deliveryBy, deliveryDimensions, deliveryTimes } from '../charts/delivery-by.js';
import type { DeliveryByView } from '../charts/delivery-by.js';
import { LINKS_HELP, deliveryLinks } from '../charts/delivery-links.js';
import type { LinksView, WayView } from '../charts/delivery-links.js';
import { deploymentSeries, deployments } from '../charts/deployments.js';
import type { Facts } from '../charts/facts.js';
import { dimensionName } from '../charts/format.js';
import { WALL_HELP, wall } from '../charts/wall.js';
import type { WallView } from '../charts/wall.js';
import type { Report } from '../engine/types.js';
import { barList, barStyles } from './bar-list.js';
import { FlowChart } from './flow-chart.js';
import { FlowFacts, barOf } from './flow-facts.js';
import { rateBar, rateStyles } from './rate-list.js';

declare global {
  interface HTMLElementEventMap {
    /** The reader wants to change how it is asked: which panel of the control bar. */
    'flow-open-control': CustomEvent<{ panel: string }>;
  }
}

export class FlowDeployments extends FlowChart {
  static override styles = [
    ...FlowChart.styles,
    css`
      .tools,
      select {
        min-width: 0;
        max-width: 100%;
      }
    `,
  ];
  static override properties: Record<string, object> = { ...FlowChart.properties, series: {} };
  /** `weekly` (default) or the id of a behaviour chart. */
  declare series: string | null;

  constructor() {
    super();
    this.series = null;
  }

  protected readonly heading = 'Week by week';
  protected readonly topic = 'deployments';
  protected override variant(): string {
    return this.series ?? '';
  }
  protected override extras(): TemplateResult | typeof nothing {
    const offered = this.report ? deploymentSeries(this.report) : [];
    if (offered.length < 2) return nothing;
    const current = offered.find(({ id }) => id === this.series) ?? offered[0];
    return html`<select
      aria-label="Which figure"
      @change=${(event: Event) => {
        this.series = offered[(event.target as HTMLSelectElement).selectedIndex]?.id ?? null;
      }}
    >
      ${offered.map(({ id, label }) => html`<option ?selected=${id === current?.id}>${label}</option>`)}
    </select>`;
  }
  protected definition(report: Report): string | undefined {
    return report.delivery?.frequency?.definition;
  }
  protected view(report: Report, theme: ChartTheme): View {
    return deployments(report, theme, { series: this.series });
  }
}

export class FlowDeliveryBy extends FlowFacts<DeliveryByView> {
  protected readonly heading = 'Who deploys, and what fails';
  protected readonly help = DELIVERY_BY_HELP;
  static override styles = [
    ...FlowFacts.styles,
    rateStyles,
    css`
      .bars {
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr));
        gap: 14px 32px;
      }
      .one .line {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 10px;
      }
    `,
  ];
  static override properties: Record<string, object> = { ...FlowFacts.properties, by: {} };
  /** Name of the dimension; the first one that the report has, where it has not this one. */
  declare by: string | null;

  constructor() {
    super();
    this.by = null;
  }

  private current(report: Report): string | undefined {
    const offered = deliveryDimensions(report);
    return offered.find((name) => name === this.by) ?? offered[0];
  }

  protected definitions(report: Report): (string | undefined)[] {
    return [report.delivery?.change_fail_rate?.definition];
  }

  protected view(report: Report): DeliveryByView | Missing {
    return deliveryBy(report, this.current(report));
  }

  protected override extras(): TemplateResult {
    const { report } = this;
    const offered = report ? deliveryDimensions(report) : [];
    if (!report || offered.length < 2) return html``;
    const current = this.current(report);
    return html`<select
      aria-label="By what"
      @change=${(event: Event) => {
        this.by = offered[(event.target as HTMLSelectElement).selectedIndex] ?? null;
      }}
    >
      ${offered.map((name) => html`<option ?selected=${name === current}>By ${dimensionName(report, name).toLowerCase()}</option>`)}
    </select>`;
  }

  protected override picture({ rates, more, table }: DeliveryByView): TemplateResult {
    return html`<ul class="figures bars">
        ${rates.map(
          (rate) =>
            html`<li class="one">
              <span class="line"><strong>${rate.label}</strong> <span>${rate.figure}</span></span>
              ${rateBar(rate)}
            </li>`,
        )}
      </ul>
      ${more ? html`<p class="muted">${more}</p>` : nothing}
      ${rates.length === 0 ? html`<flow-fitting-table .table=${table} theme=${this.theme}></flow-fitting-table>` : nothing}`;
  }
}

/** Figures alone: a table says them best. */
export class FlowDeliveryTimes extends FlowFacts<Facts> {
  protected readonly heading = 'How long changes and repairs take';
  protected readonly help = DELIVERY_TIMES_HELP;

  protected definitions({ delivery }: Report): (string | undefined)[] {
    return [delivery?.change_lead_time?.definition, delivery?.recovery_time?.definition];
  }

  protected view(report: Report): Facts | Missing {
    return deliveryTimes(report);
  }
}

export class FlowDeliveryLinks extends FlowFacts<LinksView> {
  protected readonly heading = 'What is linked to what';
  protected readonly help = LINKS_HELP;
  static override styles = [
    ...FlowFacts.styles,
    css`
      .ways {
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr));
        gap: 16px 36px;
      }
      .way {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 4px;
      }
      .way .line {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 8px;
        align-items: center;
      }
      .tag {
        padding: 0 9px;
        border: 1px solid var(--_control);
        border-radius: 999px;
        font-size: 12.5px;
      }
      .tag.guess {
        border-color: var(--_warn);
        background: var(--_warn-soft);
        color: var(--_warn);
      }
      .unused {
        fill: none;
        stroke: var(--_control);
        stroke-dasharray: 4 3;
      }
      .actions {
        justify-self: start;
      }
    `,
  ];

  protected definitions({ delivery }: Report): (string | undefined)[] {
    return [delivery?.definition];
  }

  protected view(report: Report): LinksView | Missing {
    return deliveryLinks(report);
  }

  protected override picture({ ways }: LinksView): TemplateResult {
    return html`<ul class="figures ways">
      ${ways.map((way) => this.way(way))}
    </ul>`;
  }

  protected override more(): TemplateResult {
    return html`<button class="actions" @click=${() => { this.emit('flow-open-control', { panel: 'delivery' }); }}>Change how they are linked</button>`;
  }

  private way({ label, between, guess, used, share, text }: WayView): TemplateResult {
    return html`<li class="way">
      <span class="line">
        <strong>${label}</strong> <span class="muted">${between}</span>
        ${guess ? html`<span class="tag guess">guess</span>` : nothing}
        <span class="tag">${used ? 'used' : 'not used'}</span>
      </span>
      <svg height="10" aria-hidden="true">${used ? barOf(share, 'c1') : barOf(share, 'unused')}</svg>
      <span class="muted">${text}</span>
    </li>`;
  }
}

export class FlowWall extends FlowFacts<WallView> {
  protected readonly heading = 'Across the wall';
  protected readonly help = WALL_HELP;
  static override styles = [
    ...FlowFacts.styles,
    barStyles,
    css`
      .sides {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: 12px 20px;
      }
      h4 {
        margin: 0 0 4px;
        font-size: 14px;
      }
      .names {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 18px;
        font-size: 14px;
      }
    `,
  ];

  protected definitions({ delivery }: Report): (string | undefined)[] {
    return [delivery?.wall?.definition];
  }

  protected view(report: Report): WallView | Missing {
    return wall(report);
  }

  protected override picture({ crossings, groups }: WallView): TemplateResult {
    return html`${barList(crossings)}
      <div class="sides">
        ${groups.map(
          ({ title, names }) =>
            html`<div>
              <h4>${title}</h4>
              ${names.length > 0
                ? html`<ul class="names">
                    ${names.map((name) => html`<li>${name}</li>`)}
                  </ul>`
                : html`<p class="muted">No team yet: set it in the mapping.</p>`}
            </div>`,
        )}
      </div>`;
  }
}
