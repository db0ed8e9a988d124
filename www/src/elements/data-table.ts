/** A chart's table: real rows and headers, sortable by every column, tickets as buttons. */

import { LitElement, html, nothing } from 'lit';
import type { CSSResultGroup, TemplateResult } from 'lit';
import type { Cell, Column, Table } from '../charts/chart.js';
import { controls, tables, tokens } from './styles.js';

/** Rows rendered at once; a table of thousands stays quick. */
const PAGE = 200;

export class FlowDataTable extends LitElement {
  static override styles: CSSResultGroup = [tokens, controls, tables];
  static override properties = {
    table: { attribute: false },
    sortBy: { state: true },
    descending: { state: true },
    limit: { state: true },
  };

  declare table: Table | null;
  declare private sortBy: number | null;
  declare private descending: boolean;
  /** Rows shown before the reader asks for more. */
  declare protected limit: number;

  constructor() {
    super();
    this.table = null;
    this.sortBy = null;
    this.descending = true;
    this.limit = PAGE;
  }

  override render(): TemplateResult | typeof nothing {
    const { table } = this;
    if (!table) return nothing;
    const rows = this.sorted(table);
    return html`<div class="scroll tall" tabindex="0" role="region" aria-label=${table.caption}>
        <table>
          <caption>
            ${table.caption}
          </caption>
          <thead>
            <tr>
              ${table.columns.map(
                (column, index) =>
                  html`<th class=${column.numeric ? 'num' : ''} scope="col" aria-sort=${this.sortState(index)}>
                    <button class="link" @click=${() => this.sort(index, column.numeric ?? false)}>
                      ${column.label}<span aria-hidden="true">${this.arrow(index)}</span>
                    </button>
                  </th>`,
              )}
            </tr>
          </thead>
          <tbody>
            ${rows.slice(0, this.limit).map(
              (row) =>
                html`<tr>
                  ${row.map((cell, index) => this.cell(cell, index, table.columns[index]))}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${rows.length > this.limit
        ? html`<p><button @click=${() => (this.limit += PAGE)}>Show ${Math.min(PAGE, rows.length - this.limit)} more rows</button></p>`
        : nothing}
      ${table.note ? html`<p>${table.note}</p>` : nothing}`;
  }

  private cell(cell: Cell, index: number, column?: Column): TemplateResult {
    const { ticket } = cell;
    const kind = column?.numeric ? 'num' : '';
    const content =
      ticket === undefined
        ? cell.text
        : html`<button class="link" @click=${() => this.open(ticket)}>${cell.text}</button>`;
    return index === 0
      ? html`<th scope="row" class=${kind}>${content}</th>`
      : html`<td class=${kind} data-label=${column?.label}>${content}</td>`;
  }

  private open(ticket: number): void {
    this.dispatchEvent(new CustomEvent('flow-ticket-select', { detail: { ticket }, bubbles: true, composed: true }));
  }

  private sort(index: number, numeric: boolean): void {
    this.descending = this.sortBy === index ? !this.descending : numeric;
    this.sortBy = index;
  }

  private sorted(table: Table): Cell[][] {
    const index = this.sortBy;
    if (index === null) return table.rows;
    const sign = this.descending ? -1 : 1;
    return [...table.rows].sort((a, b) => sign * compare(a[index], b[index]));
  }

  private sortState(index: number): 'ascending' | 'descending' | 'none' {
    if (this.sortBy !== index) return 'none';
    return this.descending ? 'descending' : 'ascending';
  }

  private arrow(index: number): string {
    if (this.sortBy !== index) return '';
    return this.descending ? ' ↓' : ' ↑';
  }
}

/** Numbers by value, text by text; what is not recorded sorts below everything. */
function compare(a: Cell | undefined, b: Cell | undefined): number {
  const left = a?.sort === null ? -Infinity : a?.sort;
  const right = b?.sort === null ? -Infinity : b?.sort;
  if (left !== undefined && right !== undefined) return left === right ? 0 : left - right;
  return (a?.text ?? '').localeCompare(b?.text ?? '', 'en');
}
