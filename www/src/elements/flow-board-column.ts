/** One column of the board: its head, and its cards in a list that the arrow keys go through. */

import { LitElement, css, html, nothing, svg } from 'lit';
import type { TemplateResult } from 'lit';
import type { CardWords } from '../charts/board-words.js';
import type { ColumnView } from '../charts/board.js';
import { count, plural } from '../charts/format.js';
import { FIRST_CARDS, HIGHEST_LIMIT, LIMITED, limitOf } from '../engine/board-choice.js';
import { controls, tokens } from './styles.js';

/** The keyboard goes on in a neighbouring column. */
export type BoardStepEvent = CustomEvent<{ by: 1 | -1; at: number }>;
/** More cards are wanted than the report holds. */
export type BoardMoreEvent = CustomEvent<undefined>;
/** A limit was set, or taken away. */
export type BoardLimitEvent = CustomEvent<{ column: string; limit: number | null }>;

declare global {
  interface HTMLElementEventMap {
    'flow-board-step': BoardStepEvent;
    'flow-board-more': BoardMoreEvent;
    'flow-board-limit': BoardLimitEvent;
  }
}

/** Where a card is late: the share of the finished that took less time. */
const LATE = 0.85;

export class FlowBoardColumn extends LitElement {
  static override styles = [
    tokens,
    controls,
    css`
      :host {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr);
        min-width: 0;
        border: 1px solid var(--_line);
        border-top: 4px solid var(--_kind);
        border-radius: 12px;
        background: var(--_soft);
        --_kind: var(--_control);
      }
      :host([name='queue']) {
        --_kind: var(--_s2);
      }
      :host([name='active']) {
        --_kind: var(--_s1);
      }
      :host([name='hold']) {
        --_kind: var(--_s4);
      }
      :host([name='done']) {
        --_kind: var(--_s3);
      }
      header {
        display: grid;
        gap: 6px;
        padding: 10px 12px;
        border-bottom: 1px solid var(--_line);
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 10px;
        align-items: baseline;
        justify-content: space-between;
      }
      h4 {
        margin: 0;
        font-size: 15px;
        font-weight: 650;
      }
      .count {
        font-size: 22px;
        font-weight: 680;
        font-variant-numeric: tabular-nums;
        line-height: 1.1;
      }
      .limit {
        font-size: 13px;
        font-variant-numeric: tabular-nums;
      }
      .over {
        padding: 1px 8px;
        border: 1px solid var(--_warn);
        border-radius: 999px;
        background: var(--_warn-soft);
        color: var(--_warn);
        font-weight: 650;
      }
      dl {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 1px 8px;
        margin: 0;
        font-size: 12.5px;
        line-height: 1.4;
      }
      dt {
        color: var(--_muted);
      }
      dd {
        margin: 0;
        font-variant-numeric: tabular-nums;
        text-align: end;
      }
      label {
        display: flex;
        gap: 8px;
        align-items: center;
        justify-content: space-between;
        color: var(--_muted);
        font-size: 12.5px;
      }
      label input[type='number'] {
        width: 84px;
        min-height: 28px;
        padding: 1px 8px;
        color: var(--_text);
        font-size: 13px;
        text-align: end;
      }
      input::placeholder {
        color: var(--_muted);
        opacity: 1;
      }
      input[aria-invalid='true'] {
        border: 2px solid var(--_warn);
      }
      .wrong {
        color: var(--_warn);
        font-size: 12.5px;
      }
      details {
        font-size: 12.5px;
      }
      summary {
        min-height: 24px;
        color: var(--_muted);
      }
      .cards {
        min-height: 0;
        padding: 8px;
        overflow: auto;
        overscroll-behavior: contain;
      }
      ul {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 8px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        position: relative;
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 2px;
        padding: 8px 10px;
        border: 1px solid var(--_line);
        border-radius: 9px;
        background: var(--_surface);
        font-size: 12.5px;
        line-height: 1.4;
        overflow-wrap: anywhere;
      }
      li:hover {
        border-color: var(--_control);
      }
      li:has(:focus-visible) {
        outline: 3px solid var(--_accent);
        outline-offset: 1px;
      }
      button.open {
        min-height: 24px;
        padding: 0;
        border: 0;
        background: none;
        color: var(--_accent);
        font-size: 13.5px;
        font-weight: 650;
        text-align: start;
        overflow-wrap: anywhere;
      }
      /* The whole card opens it. */
      button.open::after {
        content: '';
        position: absolute;
        inset: 0;
        border-radius: 9px;
      }
      button.open:focus-visible {
        outline: none;
      }
      .age {
        font-weight: 600;
      }
      .rank,
      .since,
      .tags {
        color: var(--_muted);
      }
      .rank.late {
        color: var(--_warn);
        font-weight: 600;
      }
      .flag {
        justify-self: start;
        padding: 0 8px;
        border: 1px solid var(--_warn);
        border-radius: 999px;
        background: var(--_warn-soft);
        color: var(--_warn);
        font-weight: 600;
      }
      svg {
        display: block;
        width: 100%;
        height: 6px;
        margin: 3px 0 1px;
      }
      .track {
        fill: var(--_soft);
        stroke: var(--_line);
      }
      .fill {
        fill: var(--_control);
      }
      .fill.late {
        fill: var(--_warn);
      }
      .mark {
        stroke: var(--_text);
        stroke-width: 1.5;
      }
      .none {
        padding: 14px 6px;
        color: var(--_muted);
        font-size: 13px;
        text-align: center;
      }
      .more {
        display: grid;
        gap: 6px;
        justify-items: center;
        padding-top: 8px;
        color: var(--_muted);
        font-size: 13px;
        text-align: center;
      }
      p {
        margin: 0;
      }
      @media print {
        .cards {
          overflow: visible;
        }
        label,
        .more button {
          display: none;
        }
      }
    `,
  ];
  static override properties: Record<string, object> = {
    column: { attribute: false },
    limit: { attribute: false },
    settable: { type: Boolean },
    name: { reflect: true },
    theme: { reflect: true },
    at: { state: true },
    shown: { state: true },
    wrong: { state: true },
  };

  declare column: ColumnView | null;
  /** The limit set, `null` where there is none. */
  declare limit: number | null;
  /** Whether somebody answers `flow-board-limit` and `flow-board-more`. */
  declare settable: boolean;
  declare name: string;
  declare theme: string;
  /** The card that the keyboard comes to. */
  declare private at: number;
  /** Cards shown before the reader asks for more. */
  declare private shown: number;
  /** What was written is no limit. */
  declare private wrong: boolean;

  constructor() {
    super();
    this.column = null;
    this.limit = null;
    this.settable = false;
    this.name = '';
    this.theme = 'auto';
    this.at = 0;
    this.shown = FIRST_CARDS;
    this.wrong = false;
  }

  override render(): TemplateResult | typeof nothing {
    const { column } = this;
    if (!column) return nothing;
    const cards = column.cards.slice(0, this.shown);
    const at = Math.min(this.at, Math.max(0, cards.length - 1));
    return html`<header>
        <div class="line">
          <h4 id="name">${column.label}</h4>
          <span class="count">${count(column.count)}<span class="visually-hidden"> ${column.count === 1 ? 'card' : 'cards'}</span></span>
        </div>
        ${column.limit ? html`<span class="line"><span class=${column.over ? 'limit over' : 'limit'}>${column.limit}</span></span>` : nothing}
        ${this.limitField(column)}
        ${column.facts.length === 0 ? nothing : html`<dl>${column.facts.map(({ term, text }) => html`<dt>${term}</dt><dd>${text}</dd>`)}</dl>`}
        ${column.states.length < 2
          ? nothing
          : html`<details>
              <summary>${plural(column.states.length, 'state')}</summary>
              <dl>${column.states.map(({ term, text }) => html`<dt>${term}</dt><dd>${text}</dd>`)}</dl>
            </details>`}
      </header>
      <div class="cards" @keydown=${(event: KeyboardEvent) => { this.pressed(event, cards.length, at); }}>
        ${column.nothing ? html`<p class="none">${column.nothing}</p>` : nothing}
        ${cards.length === 0 ? nothing : html`<ul aria-labelledby="name">${cards.map((card, n) => this.card(card, n, n === at))}</ul>`}
        ${this.rest(column, cards.length)}
      </div>`;
  }

  private limitField({ name, label }: ColumnView): TemplateResult | typeof nothing {
    if (!this.settable || !LIMITED.includes(name)) return nothing;
    return html`<label>
        <span>WIP limit<span class="visually-hidden"> of ${label}</span></span>
        <input
          type="number"
          min="1"
          max=${HIGHEST_LIMIT}
          step="1"
          inputmode="numeric"
          placeholder="none"
          .value=${this.limit === null ? '' : String(this.limit)}
          aria-invalid=${this.wrong ? 'true' : 'false'}
          aria-describedby=${this.wrong ? 'wrong' : nothing}
          @change=${(event: Event) => { this.put(event.target as HTMLInputElement); }}
        />
      </label>
      ${this.wrong ? html`<p class="wrong" id="wrong" role="alert">A limit is a whole number from 1. Empty: no limit.</p>` : nothing}`;
  }

  private put(input: HTMLInputElement): void {
    // What is no number at all comes as an empty text.
    const limit = input.validity.badInput ? undefined : limitOf(input.value);
    this.wrong = limit === undefined;
    if (limit === undefined || limit === this.limit) return;
    this.dispatchEvent(new CustomEvent('flow-board-limit', { detail: { column: this.name, limit }, bubbles: true, composed: true }));
  }

  private card(card: CardWords, n: number, current: boolean): TemplateResult {
    const { id, age, rank, percentile, since, tags, window: plan, overdue, result, failed } = card;
    return html`<li>
      <button
        class="open"
        tabindex=${current ? '0' : '-1'}
        aria-describedby=${`about-${n}`}
        @focus=${() => (this.at = n)}
        @click=${() => { this.dispatchEvent(new CustomEvent('flow-ticket-select', { detail: { ticket: card.ticket }, bubbles: true, composed: true })); }}
      >
        ${id}
      </button>
      <div id=${`about-${n}`}>
        <div><span class="age">${age}</span>${since ? html`<span class="since">, ${since}</span>` : nothing}</div>
        ${rank ? html`<div class=${(percentile ?? 0) > LATE ? 'rank late' : 'rank'}>${rank}</div>` : nothing} ${percentile === null ? nothing : bar(percentile)}
        ${plan ? html`<div><span class="visually-hidden">Plan: </span>${plan}</div>` : nothing} ${overdue ? html`<div class="flag">${overdue}</div>` : nothing}
        ${result ? html`<div class=${failed ? 'flag' : 'age'}>${result}</div>` : nothing}
        ${tags.length === 0
          ? nothing
          : html`<div class="tags">${tags.map(({ term, text }, at) => html`${at > 0 ? ' · ' : nothing}<span class="visually-hidden">${term}: </span>${text}`)}</div>`}
      </div>
    </li>`;
  }

  private rest(column: ColumnView, shown: number): TemplateResult | typeof nothing {
    const held = column.cards.length - shown;
    const left = held + column.more;
    if (left <= 0 || column.cards.length === 0) return nothing;
    const can = held > 0 || (this.settable && column.cards.length <= FIRST_CARDS);
    return html`<div class="more">
      <p>${count(left)} more</p>
      ${can ? html`<button aria-label=${`Show more of ${column.label}`} @click=${() => { this.more(column); }}>Show more</button>` : html`<p>Choose a team or a service to see them.</p>`}
    </div>`;
  }

  private more(column: ColumnView): void {
    this.shown = Infinity;
    if (column.more > 0) this.dispatchEvent(new CustomEvent('flow-board-more', { bubbles: true, composed: true }));
  }

  // ---- the keyboard ----

  private pressed(event: KeyboardEvent, cards: number, at: number): void {
    if (event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof Element) || !event.target.matches('.open')) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: cards - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.focusCard(Math.min(Math.max(to, 0), cards - 1));
    } else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      event.preventDefault();
      const by = event.key === 'ArrowRight' ? 1 : -1;
      this.dispatchEvent(new CustomEvent('flow-board-step', { detail: { by, at }, bubbles: true, composed: true }));
    }
  }

  get hasCards(): boolean {
    return (this.column?.cards.length ?? 0) > 0;
  }

  /** The card at this place, or the last one above it. */
  focusCard(at: number): void {
    const buttons = [...this.renderRoot.querySelectorAll<HTMLElement>('.open')];
    const button = buttons[Math.min(at, buttons.length - 1)];
    button?.focus();
    button?.closest('li')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
}

/** Which share of the finished took less time; a line at 85 %. The words above it say the same. */
function bar(percentile: number): TemplateResult {
  const width = `${Math.round(Math.min(Math.max(percentile, 0), 1) * 1000) / 10}%`;
  return html`<svg aria-hidden="true">
    ${svg`<rect class="track" width="100%" height="6" rx="3"></rect><rect class=${percentile > LATE ? 'fill late' : 'fill'} width=${width} height="6" rx="3"></rect><line class="mark" x1="85%" x2="85%" y1="0" y2="6"></line>`}
  </svg>`;
}
