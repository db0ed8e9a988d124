/** A card of figures without a chart library: title, "?", the summary in words, and a picture of plain marks or its table. */

import { css, html, nothing, svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';
import type { Missing } from '../charts/chart.js';
import type { Facts, Gap } from '../charts/facts.js';
import type { Help } from '../charts/help.js';
import type { Report } from '../engine/types.js';
import { FlowElement } from './flow-element.js';
import { helpButton, helpPanel, missingPanel, tableButton } from './panel.js';
import { panel } from './styles.js';

export abstract class FlowFacts<V extends Facts> extends FlowElement {
  static override styles = [
    ...FlowElement.styles,
    panel,
    css`
      .body {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 14px;
      }
      .body,
      li {
        overflow-wrap: anywhere;
      }
      .figures {
        font-variant-numeric: tabular-nums;
      }
      svg {
        display: block;
        width: 100%;
      }
      ul {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 12px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .help dd {
        white-space: pre-line;
      }
      .headline {
        font-size: 20px;
        font-weight: 600;
        line-height: 1.35;
        text-wrap: pretty;
      }
      .muted {
        color: var(--_muted);
        font-size: 14px;
      }
      .gap {
        padding: 12px 16px;
        border: 1px dashed var(--_control);
        border-radius: 10px;
        font-size: 14px;
      }
      .track {
        fill: var(--_soft);
      }
      .c1 {
        fill: var(--_s1);
      }
      .c2 {
        fill: var(--_s2);
      }
      .c3 {
        fill: var(--_s3);
      }
      .c4 {
        fill: var(--_s4);
      }
      .c0 {
        fill: var(--_control);
      }
    `,
  ];

  static override properties: Record<string, object> = {
    ...FlowElement.properties,
    showTable: { type: Boolean, attribute: 'table', reflect: true },
    showHelp: { state: true },
  };

  /** Show the table instead of the picture. */
  declare showTable: boolean;
  declare private showHelp: boolean;

  constructor() {
    super();
    this.showTable = false;
    this.showHelp = false;
  }

  protected abstract readonly help: Help;
  /** What the report prints below "Exact definition", a line each. */
  protected abstract definitions(report: Report): (string | undefined)[];
  protected abstract view(report: Report): V | Missing;
  /** The marks; absent where the table is all there is. */
  protected picture?(view: V): TemplateResult;
  /** Buttons of its own, beside "Table". */
  protected extras?(): TemplateResult;
  /** Below picture or table. */
  protected more?(report: Report, view: V): TemplateResult | typeof nothing;

  protected override content(report: Report): TemplateResult {
    const view = this.view(report);
    return html`<section class="card" aria-labelledby="title">
      <div class="head">
        <h3 id="title">${this.heading}</h3>
        ${helpButton(this.showHelp, () => (this.showHelp = !this.showHelp))}
        <div class="tools">
          ${this.extras?.() ?? nothing}
          ${view.kind === 'facts' && this.picture && view.table.columns.length > 0 ? tableButton(this.showTable, () => (this.showTable = !this.showTable)) : nothing}
        </div>
      </div>
      ${helpPanel(this.showHelp, this.help, this.definitions(report).filter(Boolean).join('\n'), report)}
      ${view.kind === 'missing' ? missingPanel(view) : html`<div class="body">${this.body(report, view)}</div>`}
    </section>`;
  }

  private body(report: Report, view: V): TemplateResult {
    return html`${view.headline ? html`<p class="headline">${view.headline}</p>` : nothing}
      <p class="summary" id="summary">${view.summary}</p>
      ${this.picture && !this.showTable
        ? this.picture(view)
        : [view.table, ...(view.further ?? [])].map(
            (table) => html`<flow-fitting-table .table=${table} theme=${this.theme}></flow-fitting-table>`,
          )}
      ${this.more?.(report, view) ?? nothing}`;
  }
}

/** Figures of a card that this report does not hold. */
export function gapList(gaps: Gap[]): TemplateResult | typeof nothing {
  if (gaps.length === 0) return nothing;
  return html`<ul>
    ${gaps.map(
      ({ label, reason, remedy }) =>
        html`<li class="gap">
          <strong>${label}</strong>
          <p>${reason}</p>
          <p class="muted">${remedy}</p>
        </li>`,
    )}
  </ul>`;
}

export const share = (value: number): string => `${Math.round(value * 10_000) / 100}%`;

/** A bar on its track; the words beside it say the same. */
export function barOf(length: number, colour: string, height = 10): SVGTemplateResult {
  const round = height / 2;
  return svg`<rect class="track" width="100%" height=${height} rx=${round}></rect
    ><rect class=${colour} width=${share(length)} height=${height} rx=${round}></rect>`;
}
