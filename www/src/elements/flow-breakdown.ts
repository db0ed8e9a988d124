/** Figures by the values of a dimension: a table that is sorted by any of them, with a bar for the one it is sorted by. */

import { css, html, nothing, svg } from 'lit';
import type { TemplateResult } from 'lit';
import type { SortKey } from '../charts/breakdown.js';
import { barLength, better, breakdownCsv, figureWords, firstFigures, isOther, sorted } from '../charts/breakdown.js';
import { missing } from '../charts/chart.js';
import { count, dimensionName, plural } from '../charts/format.js';
import type { Breakdown, BreakdownRow, FigureInfo, Report } from '../engine/types.js';
import { FlowElement } from './flow-element.js';
import { missingPanel } from './panel.js';
import { panel, tables } from './styles.js';

/** The tickets of a row are wanted alone. */
export type FilterEvent = CustomEvent<{ dimension: string; value: string; label: string }>;
/** A file is wanted. */
export type TakeAwayEvent = CustomEvent<{ name: string; text: string }>;
/** What stands behind a figure is asked for. */
export type ExplainEvent = CustomEvent<{ figure: string; label: string; dimension?: string; value?: string }>;

declare global {
  interface HTMLElementEventMap {
    'flow-filter': FilterEvent;
    'flow-take-away': TakeAwayEvent;
    'flow-explain': ExplainEvent;
  }
}

/** Rows shown before the reader asks for more. */
const PAGE = 25;
/** Figures that fit beside each other. */
const FIRST_FIGURES = 5;

export class FlowBreakdown extends FlowElement {
  protected readonly heading = 'Side by side';
  static override styles = [
    ...FlowElement.styles,
    panel,
    tables,
    css`
      .scroll {
        overflow-x: auto;
      }
      td,
      tbody th {
        vertical-align: middle;
        font-weight: 400;
      }
      tbody th {
        min-width: 130px;
        font-weight: 600;
      }
      td svg {
        display: block;
        width: 100%;
        min-width: 70px;
        height: 6px;
        margin-top: 3px;
      }
      .track {
        fill: var(--_soft);
      }
      .bar {
        fill: var(--_s1);
      }
      .n {
        color: var(--_muted);
        font-size: 12.5px;
        white-space: nowrap;
      }
      .none {
        color: var(--_muted);
        font-size: 13px;
      }
      .other th {
        font-weight: 400;
        font-style: italic;
      }
      thead th {
        vertical-align: bottom;
        white-space: normal;
        min-width: 92px;
      }
      .columns {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 18px;
        padding: 8px 0;
      }
      .columns label {
        display: inline-flex;
        gap: 7px;
        align-items: center;
        min-height: 28px;
        font-size: 14px;
      }
      .columns input {
        width: 17px;
        height: 17px;
        margin: 0;
        accent-color: var(--_accent);
      }
      details summary {
        color: var(--_accent);
        font-size: 14px;
        font-weight: 600;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 14px;
        align-items: center;
        justify-content: space-between;
      }
    `,
  ];
  static override properties: Record<string, object> = {
    ...FlowElement.properties,
    by: {},
    explains: { type: Boolean },
    sortBy: { state: true },
    descending: { state: true },
    limit: { state: true },
    chosen: { state: true },
  };

  /** Which of the report's breakdowns; the first where it names none. */
  declare by: string | null;
  /** Whether somebody answers `flow-explain`. */
  declare explains: boolean;
  declare private sortBy: SortKey;
  declare private descending: boolean;
  declare private limit: number;
  /** Ids of the figures shown; `null`: the first that have data. */
  declare private chosen: string[] | null;

  constructor() {
    super();
    this.by = null;
    this.explains = false;
    this.sortBy = 'tickets';
    this.descending = true;
    this.limit = PAGE;
    this.chosen = null;
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (changed.has('by')) this.limit = PAGE;
  }

  protected content(report: Report): TemplateResult | typeof nothing {
    const breakdown = report.breakdowns?.find(({ by }) => this.by === null || by === this.by);
    if (!breakdown) return missingPanel(missing(report, 'breakdowns'));
    if (breakdown.rows.length === 0) return html`<p class="summary">No ticket of this selection has a value here.</p>`;
    const ids = this.chosen ?? firstFigures(breakdown, FIRST_FIGURES);
    const columns = breakdown.figures.flatMap((figure, at) => (ids.includes(figure.id) ? [{ figure, at }] : []));
    const rows = sorted(breakdown.rows, this.sortBy, this.descending);
    const label = dimensionName(report, breakdown.by);
    return html`<div class="line">
        <p class="summary">${this.summary(breakdown, label)}</p>
        <button @click=${() => { this.emit('flow-take-away', { name: `by-${breakdown.by.replaceAll(/[^\w-]+/g, '-')}.csv`, text: breakdownCsv(breakdown) }); }}>
          Download CSV
        </button>
      </div>
      ${this.columns(breakdown, ids)}
      <div class="scroll" tabindex="0" role="region" aria-label=${`Figures by ${label}`}>
        <table>
          <caption class="visually-hidden">Figures by ${label}</caption>
          <thead>
            <tr>
              ${this.header('key', label, '', false)} ${this.header('tickets', 'Tickets', '', true)}
              ${columns.map(({ figure, at }) => this.header(at, figure.label, `${figure.definition} ${better(figure)}`, true))}
              <th scope="col"><span class="visually-hidden">Filter</span></th>
            </tr>
          </thead>
          <tbody>
            ${rows.slice(0, this.limit).map((row) => this.row(breakdown, row, columns, label))}
          </tbody>
        </table>
      </div>
      ${columns.some(({ figure }) => figure.minimum_n !== undefined)
        ? html`<p class="summary">Few: too few tickets for a bound of 95 % at this percentile; take it as a hint.</p>`
        : nothing}
      ${rows.length > this.limit
        ? html`<p><button @click=${() => (this.limit += 4 * PAGE)}>Show ${plural(Math.min(4 * PAGE, rows.length - this.limit), 'more row')}</button></p>`
        : nothing}`;
  }

  private summary({ rows, folded }: Breakdown, label: string): string {
    const values = rows.filter((row) => !isOther(row)).length;
    const rest = folded > 0 ? `, and ${plural(folded, 'more value')} with too few tickets, as one row: "other"` : '';
    return `${plural(values, 'value')} of ${label.toLowerCase()}${rest}. Small groups differ by chance: mind the n.`;
  }

  private columns({ figures }: Breakdown, ids: readonly string[]): TemplateResult {
    return html`<details>
      <summary>Choose columns (${ids.length} of ${figures.length})</summary>
      <div class="columns" role="group" aria-label="Columns">
        ${figures.map(
          ({ id, label }) =>
            html`<label>
              <input
                type="checkbox"
                .checked=${ids.includes(id)}
                @change=${() => (this.chosen = ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id])}
              />
              <span>${label}</span>
            </label>`,
        )}
      </div>
    </details>`;
  }

  private header(by: SortKey, label: string, hint: string, numeric: boolean): TemplateResult {
    const current = this.sortBy === by;
    const order = current ? (this.descending ? 'descending' : 'ascending') : 'none';
    return html`<th class=${numeric ? 'num' : ''} scope="col" aria-sort=${order} title=${hint || nothing}>
      <button
        class="link"
        @click=${() => {
          this.descending = current ? !this.descending : numeric;
          this.sortBy = by;
        }}
      >
        ${label}<span aria-hidden="true">${current ? (this.descending ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </th>`;
  }

  private row(breakdown: Breakdown, row: BreakdownRow, columns: readonly { figure: FigureInfo; at: number }[], label: string): TemplateResult {
    const value = row.key === '(none)' ? '' : row.key;
    return html`<tr class=${isOther(row) ? 'other' : ''}>
      <th scope="row">${isOther(row) ? `other (${plural(breakdown.folded, 'value')})` : row.key}</th>
      <td class="num">${count(row.tickets)}${this.bar(breakdown, row, 'tickets')}</td>
      ${columns.map(({ figure, at }) => this.figure(breakdown, row, figure, at, value))}
      <td>
        ${isOther(row)
          ? nothing
          : html`<button aria-label=${`Only ${row.key}`} @click=${() => { this.emit('flow-filter', { dimension: breakdown.by, value, label: `${label}: ${row.key}` }); }}>Filter</button>`}
      </td>
    </tr>`;
  }

  private figure(breakdown: Breakdown, row: BreakdownRow, figure: FigureInfo, at: number, value: string): TemplateResult {
    const number = row.values[at] ?? null;
    if (number === null) return html`<td class="num"><span class="none">no data</span></td>`;
    const text = figureWords(number, figure, this.report?.query.clock);
    const n = row.n[at] ?? 0;
    const few = figure.minimum_n !== undefined && n < figure.minimum_n;
    const asked = (): void => {
      this.emit('flow-explain', { figure: figure.id, label: `${figure.label}: ${row.key}`, dimension: breakdown.by, value });
    };
    return html`<td class="num">
      ${this.explains && !isOther(row) ? html`<button class="link" aria-label=${`${text}: what stands behind it`} @click=${asked}>${text}</button>` : text}
      <span class="n">n ${count(n)}${few ? ', few' : ''}</span>${this.bar(breakdown, row, at)}
    </td>`;
  }

  private bar(breakdown: Breakdown, row: BreakdownRow, by: SortKey): TemplateResult | typeof nothing {
    const length = this.sortBy === by ? barLength(breakdown, row, by) : null;
    if (length === null) return nothing;
    return html`<svg aria-hidden="true">
      ${svg`<rect class="track" width="100%" height="6" rx="3"></rect><rect class="bar" width=${`${Math.round(length * 1000) / 10}%`} height="6" rx="3"></rect>`}
    </svg>`;
  }
}
