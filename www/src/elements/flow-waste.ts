/** Where a ticket's time goes: one bar, both estimates of work, and the same by group, service, priority and way. */

import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Missing } from '../charts/chart.js';
import type { Strip, WasteView } from '../charts/waste.js';
import { WASTE_HELP, waste, wasteBy, wasteCsv, wasteDimensionName, wasteDimensions, wasteStrips } from '../charts/waste.js';
import type { Report } from '../engine/types.js';
import { barList, barStyles } from './bar-list.js';
import { FlowFacts } from './flow-facts.js';
import { notesList, notesStyles } from './notes.js';
import { segmentBar, segmentStrip, segmentStyles } from './segment-bar.js';

export class FlowWaste extends FlowFacts<WasteView> {
  protected readonly heading = 'Where the time goes';
  protected readonly help = WASTE_HELP;
  static override styles = [
    ...FlowFacts.styles,
    barStyles,
    segmentStyles,
    notesStyles,
    css`
      .halves {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 380px), 1fr));
        gap: 20px 36px;
      }
      .halves > div {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 10px;
        align-content: start;
      }
      h4 {
        margin: 0;
        font-size: 15px;
      }
      label.by {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        align-items: center;
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

  protected definitions({ queue }: Report): (string | undefined)[] {
    return [queue?.waste?.definition, ...(queue?.waste?.estimates ?? []).map(({ definition }) => definition)];
  }

  protected view(report: Report): WasteView | Missing {
    return waste(report);
  }

  protected override extras(): TemplateResult {
    const { report } = this;
    return html`${report?.queue?.waste
      ? html`<button @click=${() => { this.emit('flow-take-away', { name: 'where-the-time-goes.csv', text: wasteCsv(report) }); }}>Download CSV</button>`
      : nothing}`;
  }

  protected override picture({ segments, estimates, lines }: WasteView): TemplateResult {
    return html`<div class="halves">
      <div>${segmentBar(segments)}</div>
      <div>
        <h4>${estimates.length > 1 ? 'Two ways to estimate work' : 'How work is known'}</h4>
        ${barList(estimates, 'c2')}
        ${lines.map((line) => html`<p class="muted">${line}</p>`)}
      </div>
    </div>`;
  }

  protected override more(report: Report, { cautions }: WasteView): TemplateResult {
    const offered = wasteDimensions(report);
    const current = offered.find((name) => name === this.by) ?? offered[0];
    return html`${notesList('What to mind', cautions)}
    ${current === undefined
      ? nothing
      : html`<label class="by">
            The same by
            <select
              @change=${(event: Event) => {
                this.by = offered[(event.target as HTMLSelectElement).selectedIndex] ?? null;
              }}
            >
              ${offered.map((name) => html`<option ?selected=${name === current}>${wasteDimensionName(report, name)}</option>`)}
            </select>
          </label>
          ${this.showTable ? nothing : strips(wasteStrips(report, current))}
          <flow-fitting-table .table=${wasteBy(report, current)} theme=${this.theme}></flow-fitting-table>`}`;
  }
}

/** Each value as a bar of its own; patterns as in the legend above. */
function strips(rows: Strip[]): TemplateResult | typeof nothing {
  if (rows.length === 0) return nothing;
  return html`<ul class="figures bar-list">
    ${rows.map(
      ({ label, detail, text, segments }) =>
        html`<li>
          <span class="line"><strong>${label}</strong> <span class="muted">${detail}</span> <span class="value">${text}</span></span>
          ${segmentStrip(segments, 14)}
        </li>`,
    )}
  </ul>`;
}
