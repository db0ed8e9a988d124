/** The board as of any day: moved through time, filtered, with limits; every card opens its ticket. */

import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { BOARD_HELP, board, boardCsv, roleName } from '../charts/board.js';
import type { BoardView } from '../charts/board.js';
import { announced, nounOf } from '../charts/board-words.js';
import type { Missing } from '../charts/chart.js';
import { plural } from '../charts/format.js';
import { ALL_CARDS, DONE_DAYS, withLimit } from '../engine/board-choice.js';
import type { Board, Report } from '../engine/types.js';
import type { BoardDesk, BoardDimension } from './board-desk.js';
import { boardStyles } from './board-styles.js';
import type { BoardLimitEvent, BoardStepEvent, FlowBoardColumn } from './flow-board-column.js';
import { FlowElement } from './flow-element.js';
import type { TicketSelectEvent } from './flow-element.js';
import { helpButton, helpPanel, missingPanel, tableButton } from './panel.js';
import { panel } from './styles.js';

/** What moved is told when it rests: a slider that is held down would never be silent. */
const SAY_AFTER_MS = 700;

const ALL = '\u0000all';

export class FlowBoard extends FlowElement {
  protected readonly heading = 'The board';
  static override styles = [...FlowElement.styles, panel, boardStyles];
  static override properties: Record<string, object> = {
    ...FlowElement.properties,
    desk: { attribute: false },
    revision: { attribute: false },
    showTable: { type: Boolean, attribute: 'table', reflect: true },
    showHelp: { state: true },
    said: { state: true },
  };

  /** Answers what is chosen here; without one, the board is a picture of one day. */
  declare desk: BoardDesk | null;
  /** Grows with each change of the desk, which is one object. */
  declare revision: number;
  /** Show tables instead of columns. */
  declare showTable: boolean;
  declare private showHelp: boolean;
  /** For screen readers: what the board has come to. */
  declare private said: string;

  private saying: ReturnType<typeof setTimeout> | undefined;
  private told: Board | undefined;

  constructor() {
    super();
    this.desk = null;
    this.revision = 0;
    this.showTable = false;
    this.showHelp = false;
    this.said = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.saying);
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    const now = this.report?.board;
    if (now === this.told) return;
    const first = this.told === undefined;
    this.told = now;
    clearTimeout(this.saying);
    if (!first && now && this.desk?.touched) this.saying = setTimeout(() => (this.said = announced(now)), SAY_AFTER_MS);
  }

  protected override content(report: Report): TemplateResult {
    const view = board(report);
    const { desk } = this;
    return html`<section
      class="card"
      aria-labelledby="title"
      @flow-ticket-select=${(event: TicketSelectEvent) => { this.selected(event, report); }}
      @flow-board-step=${(event: BoardStepEvent) => { this.step(event); }}
      @flow-board-more=${() => { desk?.choose({ cards: ALL_CARDS }); }}
      @flow-board-limit=${({ detail: { column, limit } }: BoardLimitEvent) => { desk?.choose({ limits: withLimit(desk.choice, column, limit).limits }); }}
    >
      <div class="head">
        <h3 id="title">${this.heading}</h3>
        ${helpButton(this.showHelp, () => (this.showHelp = !this.showHelp))}
        ${desk ? this.logs(desk) : nothing}
        <div class="tools">
          ${view.kind === 'facts' ? tableButton(this.showTable, () => (this.showTable = !this.showTable)) : nothing}
          ${report.board ? html`<button @click=${() => { this.takeAway(report.board); }}>Download CSV</button>` : nothing}
        </div>
      </div>
      ${helpPanel(this.showHelp, BOARD_HELP, report.board?.definition, report)}
      ${view.kind === 'facts' ? html`<p class="headline">${view.headline}</p>` : nothing}
      ${desk ? html`${this.time(desk)} ${this.filters(desk)} ${this.trouble(desk, report)}` : nothing}
      <div class="stage" aria-busy=${desk?.busy ? 'true' : 'false'}>${this.body(view)}</div>
      <div class="visually-hidden" role="status" aria-live="polite">${this.said}</div>
    </section>`;
  }

  private body(view: BoardView | Missing): TemplateResult {
    if (view.kind === 'missing') return missingPanel(view);
    return html`${this.showTable
        ? [view.table, ...(view.further ?? [])].map((table) => html`<flow-fitting-table .table=${table} theme=${this.theme}></flow-fitting-table>`)
        : this.columns(view)}
      <p class="summary">${view.summary}</p>
      <details>
        <summary>How this is known${view.cautions.length > 0 ? `, and ${plural(view.cautions.length, 'thing')} to mind` : ''}</summary>
        <ul class="cautions">
          <li>${view.known}</li>
          ${view.cautions.map((text) => html`<li>${text}</li>`)}
        </ul>
      </details>`;
  }

  private columns({ columns }: BoardView): TemplateResult {
    return html`<div class="jumps" role="group" aria-label="Go to a column">
        ${columns.map(
          ({ name, label, count: n, over }) =>
            html`<button @click=${() => { this.jump(name); }}>${label} <strong>${n}</strong>${over ? html` <span class="over">over</span>` : nothing}</button>`,
        )}
      </div>
      <div class="columns">
        ${columns.map(
          (column) =>
            html`<flow-board-column
              role="group"
              aria-label=${`${column.label}: ${plural(column.count, 'card')}`}
              name=${column.name}
              .column=${column}
              .limit=${this.desk?.choice.limits[column.name] ?? null}
              ?settable=${this.desk !== null}
              theme=${this.theme}
            ></flow-board-column>`,
        )}
      </div>
      <p class="keys">In a column the arrow keys go from card to card, left and right to the next column. Enter opens the ${nounOf(this.report?.board?.of ?? 'tickets')}.</p>`;
  }

  // ---- controls ----

  private logs(desk: BoardDesk): TemplateResult | typeof nothing {
    if (desk.roles.length < 2) return nothing;
    return html`<div class="segments" role="group" aria-label="Board of">
      ${desk.roles.map(
        (role) =>
          html`<button aria-pressed=${role === desk.of ? 'true' : 'false'} @click=${() => { if (role !== desk.of) desk.choose({ of: role, group: null, service: null }); }}>
            ${roleName(role)}
          </button>`,
      )}
    </div>`;
  }

  private time(desk: BoardDesk): TemplateResult | typeof nothing {
    return desk.days && desk.days.first < desk.days.last ? html`<flow-board-time .desk=${desk} .revision=${this.revision} theme=${this.theme}></flow-board-time>` : nothing;
  }

  private filters(desk: BoardDesk): TemplateResult {
    return html`<div class="filters" role="group" aria-label="What the board shows">
      ${this.select(desk, 'group', 'Team')} ${this.select(desk, 'service', 'Service')}
      <label>
        <span>Done in the last</span>
        <select
          .value=${String(desk.choice.doneDays)}
          @change=${(event: Event) => { desk.choose({ doneDays: Number((event.target as HTMLSelectElement).value) }); }}
        >
          ${DONE_DAYS.map((days) => html`<option value=${days} ?selected=${days === desk.choice.doneDays}>${plural(days, 'day')}</option>`)}
        </select>
      </label>
      ${desk.touched ? html`<button class="link" @click=${() => { desk.reset(); }}>Back to the board of the page</button>` : nothing}
    </div>`;
  }

  private select(desk: BoardDesk, dimension: BoardDimension, name: string): TemplateResult | typeof nothing {
    const known = desk.values(dimension);
    if (!known) return nothing;
    const chosen = desk.choice[dimension];
    const { values, everything } = known;
    // What is chosen stays in the list while its values are on their way.
    const listed = values ?? (chosen === null ? [] : [{ value: chosen, tickets: 0 }]);
    return html`<label>
      <span>${name}</span>
      <select @change=${(event: Event) => { this.pick(desk, dimension, (event.target as HTMLSelectElement).value); }}>
        <option value=${ALL} ?selected=${chosen === null}>${everything}</option>
        ${listed.map(({ value, tickets }) => html`<option value=${value} ?selected=${value === chosen}>${value || '(none)'}${tickets > 0 ? ` (${tickets})` : nothing}</option>`)}
        ${values === null ? html`<option disabled>Looking them up…</option>` : nothing}
      </select>
    </label>`;
  }

  private pick(desk: BoardDesk, dimension: BoardDimension, value: string): void {
    desk.choose({ [dimension]: value === ALL ? null : value });
  }

  private trouble({ error, unselected, of }: BoardDesk, report: Report): TemplateResult | typeof nothing {
    if (error) return html`<p class="trouble" role="alert"><strong>${error.message}</strong> ${error.remedy}${report.board ? ' The board is the one from before.' : ''}</p>`;
    if (unselected) return html`<p class="summary">What the page selects are other rows: the board shows all ${roleName(of).toLowerCase()}.</p>`;
    return nothing;
  }

  // ---- what is done with it ----

  /** Tables do not know whose numbers they show. */
  private selected(event: TicketSelectEvent, { board: part }: Report): void {
    if (event.detail.of !== undefined || !part) return;
    event.stopPropagation();
    this.emit('flow-ticket-select', { ticket: event.detail.ticket, of: part.of, board: true });
  }

  private takeAway(part: Board | undefined): void {
    if (part) this.emit('flow-take-away', { name: `board-${part.of}-${part.date}.csv`, text: boardCsv(part) });
  }

  private all(): FlowBoardColumn[] {
    return [...this.renderRoot.querySelectorAll<FlowBoardColumn>('flow-board-column')];
  }

  /** To the next column that has a card. */
  private step({ detail: { by, at }, target }: BoardStepEvent): void {
    const columns = this.all();
    const from = columns.indexOf(target as FlowBoardColumn);
    const rest = by > 0 ? columns.slice(from + 1) : columns.slice(0, Math.max(from, 0)).reverse();
    rest.find(({ hasCards }) => hasCards)?.focusCard(at);
  }

  private jump(name: string): void {
    const column = this.all().find((one) => one.name === name);
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    column?.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'nearest', inline: 'start' });
  }
}
