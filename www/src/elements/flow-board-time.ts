/** The day of the board: a slider over the days of the data, buttons for a day, and a replay that stops at a touch. */

import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { dayWords } from '../charts/board-words.js';
import { date } from '../charts/format.js';
import { dayNumber, isoDay } from '../engine/question.js';
import type { BoardDays, BoardDesk } from './board-desk.js';
import { controls, tokens } from './styles.js';

const WEEK = 7;
/** A day of the replay, so that the eye can follow. */
const STEP_MS = 450;

export class FlowBoardTime extends LitElement {
  static override styles = [
    tokens,
    controls,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 4px;
        padding: 10px 14px;
        border: 1px solid var(--_line);
        border-radius: 12px;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        gap: 6px 10px;
        align-items: center;
      }
      .day {
        flex: 1 1 220px;
        font-size: 18px;
        font-weight: 650;
        font-variant-numeric: tabular-nums;
      }
      .busy {
        color: var(--_muted);
        font-size: 13px;
        font-weight: 400;
      }
      input[type='range'] {
        width: 100%;
        min-height: 32px;
        margin: 0;
        padding: 0;
        border: 0;
        background: none;
        accent-color: var(--_accent);
      }
      .ends {
        display: flex;
        gap: 12px;
        justify-content: space-between;
        color: var(--_muted);
        font-size: 12.5px;
      }
      .step {
        min-width: 36px;
        padding: 4px 8px;
        font-size: 15px;
      }
      .hint {
        flex: 1 1 auto;
        text-align: center;
      }
      @media (max-width: 560px) {
        .hint {
          display: none;
        }
        .day {
          flex-basis: 100%;
        }
      }
      @media print {
        :host {
          display: none;
        }
      }
    `,
  ];
  static override properties: Record<string, object> = {
    desk: { attribute: false },
    revision: { attribute: false },
    theme: { reflect: true },
    playing: { state: true },
  };

  declare desk: BoardDesk | null;
  declare revision: number;
  declare theme: string;
  declare private playing: boolean;

  private next: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.desk = null;
    this.revision = 0;
    this.theme = 'auto';
    this.playing = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.pause();
  }

  override render(): TemplateResult | typeof nothing {
    const { desk } = this;
    const days = desk?.days;
    if (!desk || !days) return nothing;
    const { first, last, home } = days;
    const shown = this.shown(desk, days);
    const words = dayWords(isoDay(shown));
    const go = (day: number) => (): void => {
      this.pause();
      this.put(day);
    };
    return html`<div class="line">
        <span class="day">${words} <span class="busy">${desk.busy ? 'looking…' : nothing}</span></span>
        <button class="step" aria-label="A week back" ?disabled=${shown <= first} @click=${go(shown - WEEK)}>«</button>
        <button class="step" aria-label="A day back" ?disabled=${shown <= first} @click=${go(shown - 1)}>‹</button>
        <button class="step" aria-label="A day on" ?disabled=${shown >= last} @click=${go(shown + 1)}>›</button>
        <button class="step" aria-label="A week on" ?disabled=${shown >= last} @click=${go(shown + WEEK)}>»</button>
        <button ?disabled=${shown === home} @click=${go(home)}>${home === last ? 'Latest' : `To ${date(isoDay(home))}`}</button>
        ${this.still ? nothing : html`<button id="play" aria-pressed=${this.playing ? 'true' : 'false'} ?disabled=${!this.playing && shown >= last} @click=${() => { this.flip(); }}>${this.playing ? 'Pause' : 'Play'}</button>`}
      </div>
      <input
        type="range"
        id="day"
        min=${first}
        max=${last}
        step="1"
        aria-label="Day of the board"
        aria-valuetext=${words}
        .value=${String(shown)}
        @keydown=${(event: KeyboardEvent) => { this.pressed(event, shown); }}
        @input=${(event: Event) => { go(Number((event.target as HTMLInputElement).value))(); }}
      />
      <div class="ends"><span>${date(isoDay(first))}</span><span class="hint">Arrow keys: a day. Page Up and Page Down: a week.</span><span>${date(isoDay(last))}</span></div>`;
  }

  private shown({ choice }: BoardDesk, { first, last, home }: BoardDays): number {
    const day = choice.day === null ? home : dayNumber(choice.day);
    return Math.min(Math.max(Number.isNaN(day) ? home : day, first), last);
  }

  private get still(): boolean {
    return matchMedia('(prefers-reduced-motion: reduce)').matches;
  }

  /** A range goes a tenth of its length on these keys: years of days. */
  private pressed(event: KeyboardEvent, shown: number): void {
    const by = { PageUp: WEEK, PageDown: -WEEK }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    this.pause();
    this.put(shown + by);
  }

  private put(day: number): void {
    const { desk } = this;
    const days = desk?.days;
    if (!desk || !days || Number.isNaN(day)) return;
    const within = Math.min(Math.max(day, days.first), days.last);
    // The day of the page may not be over: its own instant is the better answer.
    desk.choose({ day: within === days.home ? null : isoDay(within) });
  }

  // ---- replay ----

  private flip(): void {
    if (this.playing) this.pause();
    else {
      this.playing = true;
      this.later();
    }
  }

  private pause(): void {
    this.playing = false;
    clearTimeout(this.next);
  }

  private later(): void {
    this.next = setTimeout(() => { this.play(); }, STEP_MS);
  }

  /** A day on, once the one before is there. */
  private play(): void {
    const { desk } = this;
    const days = desk?.days;
    if (!this.playing || !desk || !days) return;
    const shown = this.shown(desk, days);
    if (shown >= days.last || desk.error) {
      this.pause();
      return;
    }
    if (!desk.busy) this.put(shown + 1);
    this.later();
  }
}
