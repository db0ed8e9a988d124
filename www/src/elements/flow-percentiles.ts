/** Lead, cycle and response time in figures, and lead time by what the tickets are. */

import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Missing } from '../charts/chart.js';
import { dimensionName } from '../charts/format.js';
import { PERCENTILES_HELP, byDimension, dimensions, percentiles } from '../charts/percentiles.js';
import type { Percentiles } from '../charts/percentiles.js';
import type { Report } from '../engine/types.js';
import { FlowFacts, gapList } from './flow-facts.js';

export class FlowPercentiles extends FlowFacts<Percentiles> {
  protected readonly heading = 'Times in figures';
  protected readonly help = PERCENTILES_HELP;
  static override styles = [
    ...FlowFacts.styles,
    css`
      label {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        align-items: center;
        margin-top: 6px;
        font-weight: 600;
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

  protected definitions(report: Report): (string | undefined)[] {
    return [report.lead_time?.definition, report.cycle_time?.definition, report.response_time?.definition];
  }

  protected view(report: Report): Percentiles | Missing {
    return percentiles(report);
  }

  protected override more(report: Report, { gaps }: Percentiles): TemplateResult {
    const offered = dimensions(report);
    const current = this.by !== null && offered.includes(this.by) ? this.by : offered[0];
    return html`${gapList(gaps)} ${current === undefined ? nothing : this.split(report, offered, current)}`;
  }

  private split(report: Report, offered: string[], current: string): TemplateResult {
    return html`<label>
        Lead time by
        <select
          @change=${(event: Event) => {
            this.by = offered[(event.target as HTMLSelectElement).selectedIndex] ?? null;
          }}
        >
          ${offered.map((name) => html`<option ?selected=${name === current}>${dimensionName(report, name)}</option>`)}
        </select>
      </label>
      <flow-fitting-table .table=${byDimension(report, current)} theme=${this.theme}></flow-fitting-table>`;
  }
}
