/** The control bar: what can be asked, what is asked at the moment, how far the answer has come, and the way back. */

import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { count, date, plural } from '../../charts/format.js';
import { isWhole } from '../../engine/question.js';
import type { Query } from '../../engine/types.js';
import { controls, tokens } from '../../elements/styles.js';
import { chipsOf, clockName } from '../../charts/chips.js';
import type { Questions } from '../questions.js';
import { refusals } from './styles.js';

export type Panel = 'filter' | 'dates' | 'as-of' | 'clock' | 'settings' | 'compare' | 'delivery';

export class FlowControls extends LitElement {
  static override styles = [
    tokens,
    controls,
    refusals,
    css`
      :host {
        position: sticky;
        top: 0;
        z-index: 4;
      }
      .bar {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 8px;
        padding: 10px 14px;
        border: 1px solid var(--_line);
        border-radius: var(--_radius);
        background: var(--_surface);
        box-shadow: 0 2px 10px rgb(10 20 30 / 7%);
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        align-items: center;
      }
      .end {
        display: flex;
        gap: 10px;
        align-items: center;
        margin-inline-start: auto;
      }
      .open {
        display: inline-flex;
        gap: 8px;
        align-items: center;
        min-height: 36px;
        font-size: 14px;
        font-weight: 600;
      }
      .open::after {
        content: '';
        width: 7px;
        height: 7px;
        margin-top: -3px;
        border: solid currentcolor;
        border-width: 0 2px 2px 0;
        transform: rotate(45deg);
      }
      .open[aria-expanded='true']::after {
        margin-top: 4px;
        transform: rotate(225deg);
      }
      .open .what {
        font-weight: 400;
      }
      .chips {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        align-items: center;
        min-width: 0;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .chips li {
        min-width: 0;
      }
      .chip {
        display: inline-flex;
        gap: 8px;
        align-items: center;
        max-width: 100%;
        min-height: 30px;
        border-color: var(--_accent);
        background: var(--_soft);
        text-align: start;
        overflow-wrap: anywhere;
      }
      .count {
        color: var(--_muted);
        font-size: 14px;
        font-variant-numeric: tabular-nums;
      }
      .busy {
        display: inline-flex;
        gap: 8px;
        align-items: center;
        color: var(--_muted);
        font-size: 13.5px;
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      progress {
        width: 72px;
        height: 6px;
        accent-color: var(--_accent);
      }
      .panel {
        position: absolute;
        inset-inline: 0;
        top: calc(100% + 6px);
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 12px;
        max-height: min(72vh, 620px);
        overflow: auto;
        padding: 18px 20px;
        border: 1px solid var(--_control);
        border-radius: var(--_radius);
        background: var(--_surface);
        box-shadow: 0 14px 40px rgb(10 20 30 / 22%);
      }
      .close {
        justify-self: end;
      }
      @media (max-width: 900px) {
        :host {
          position: relative;
        }
        .panel {
          position: static;
          max-height: none;
          padding: 14px 2px 2px;
          border: 0;
          border-top: 1px solid var(--_line);
          border-radius: 0;
          box-shadow: none;
        }
        .bar {
          box-shadow: none;
        }
      }
      @media (max-width: 560px) {
        .buttons {
          display: grid;
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
        .open {
          justify-content: space-between;
          text-align: start;
          overflow-wrap: anywhere;
        }
        .chips,
        #clear {
          order: 3;
        }
      }
    `,
  ];
  static override properties: Record<string, object> = {
    questions: { attribute: false },
    revision: { attribute: false },
    theme: { reflect: true },
    panel: { state: true },
  };

  declare questions: Questions | null;
  /** Grows with each change of the questions, which are one object. */
  declare revision: number;
  declare theme: string;
  declare private panel: Panel | null;

  constructor() {
    super();
    this.questions = null;
    this.revision = 0;
    this.theme = 'auto';
    this.panel = null;
  }

  override render(): TemplateResult | typeof nothing {
    const { questions } = this;
    if (!questions?.report) return nothing;
    const { query, refusal } = questions;
    return html`<div class="bar" role="region" aria-label="What is asked" @keydown=${(event: KeyboardEvent) => { this.pressed(event); }}>
      <div class="row">
        <div class="row buttons">
          ${this.button('filter', 'Filter', chosen(query))}
          ${this.button('dates', 'Dates', '')}
          ${this.button('as-of', 'As of', query.as_of ? date(query.as_of) : 'latest')}
          ${this.button('clock', 'Clock', clockName(query).toLowerCase())}
          ${this.button('compare', 'Compare', '')}
          ${this.button('settings', 'Settings', '')}
          ${questions.had.has('delivery') ? this.button('delivery', 'Delivery', '') : nothing}
        </div>
      </div>
      <div class="row">
        <span class="count">${this.counted(questions)}</span>
        ${this.chips(questions, query)}
        <div class="end">
          ${this.progress(questions)}
          <button id="undo-question" ?disabled=${!questions.canUndo} title=${questions.canUndo ? `Take back: ${questions.lastStep}` : 'Nothing to take back'} @click=${() => { questions.undo(); }}>
            Undo
          </button>
        </div>
      </div>
      ${refusal && refusal.from !== this.panel
        ? html`<div class="refusal row" role="alert">
            <span><strong>${refusal.error.message}</strong> ${refusal.error.remedy} The figures on the page are the ones from before.</span>
            <button @click=${() => { questions.undo(); }}>Go back to them</button>
          </div>`
        : nothing}
      ${this.panel === null ? nothing : this.opened(questions, this.panel)}
    </div>`;
  }

  private counted({ report, whole, query, busy }: Questions): string {
    if (busy) return 'Counting…';
    const all = whole?.tickets.total ?? 0;
    const kept = report?.tickets.total ?? 0;
    return isWhole(query) && kept === all ? `All ${plural(all, 'ticket')}` : `${count(kept)} of ${plural(all, 'ticket')}`;
  }

  private button(panel: Panel, label: string, what: string): TemplateResult {
    const open = this.panel === panel;
    return html`<button class="open" id=${`open-${panel}`} aria-expanded=${open ? 'true' : 'false'} aria-controls="panel" @click=${() => { this.toggle(panel); }}>
      <span>${label}${what ? html`<span class="what">: ${what}</span>` : nothing}</span>
    </button>`;
  }

  private chips(questions: Questions, query: Query): TemplateResult | typeof nothing {
    const chips = questions.report ? chipsOf(query, questions.report) : [];
    if (chips.length === 0) return nothing;
    return html`<ul class="chips" aria-label="Set at the moment">
        ${chips.map(
          ({ text, without }) =>
            html`<li>
              <button class="chip" aria-label=${`Remove: ${text}`} @click=${() => { this.drop(questions, without, text); }}>
                <span>${text}</span><span aria-hidden="true">×</span>
              </button>
            </li>`,
        )}
      </ul>
      <button class="link" id="clear" @click=${() => { this.drop(questions, {}, 'everything'); }}>Clear all</button>`;
  }

  private progress({ progress, busy }: Questions): TemplateResult | typeof nothing {
    if (!progress) return nothing;
    const { done, total } = progress;
    return html`<span class="busy">
      <progress aria-label="Figures computed" max=${total} .value=${done}></progress>
      ${busy ? 'Computing' : `${done} of ${total} parts`}
    </span>`;
  }

  private opened(questions: Questions, panel: Panel): TemplateResult {
    return html`<div class="panel" id="panel">
      ${panelOf(panel, questions, this.revision, this.theme)}
      <button class="close" @click=${() => { this.close(); }}>Done</button>
    </div>`;
  }

  /** Opens a panel from elsewhere on the page, with the keyboard in it. */
  async show(panel: Panel): Promise<void> {
    if (this.panel !== panel) this.toggle(panel);
    await this.updateComplete;
    this.scrollIntoView({ block: 'start' });
    this.renderRoot.querySelector<HTMLElement>(`#open-${panel}`)?.focus({ preventScroll: true });
  }

  private toggle(panel: Panel): void {
    this.panel = this.panel === panel ? null : panel;
    void this.updateComplete.then(() => {
      this.bring();
    });
  }

  /** A panel that hangs over the edge of the window: the bar goes to the top, where it stays. */
  private bring(): void {
    const panel = this.renderRoot.querySelector('.panel');
    if (!panel || panel.getBoundingClientRect().bottom <= innerHeight) return;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    scrollBy({ top: this.getBoundingClientRect().top, behavior: calm ? 'auto' : 'smooth' });
  }

  private pressed(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || this.panel === null) return;
    event.stopPropagation();
    this.close();
  }

  /** The focus goes back to where the panel was opened. */
  private close(): void {
    const { panel } = this;
    this.panel = null;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#open-${panel ?? 'filter'}`)?.focus());
  }

  /** The chip that had the focus goes away: the bar itself goes on. */
  private drop(questions: Questions, query: Query, text: string): void {
    questions.ask(query, `Without ${text}`, 'filter');
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.chip, #open-filter')?.focus());
  }
}

function chosen(query: Query): string {
  const count = Object.keys(query.filter ?? {}).length;
  return count === 0 ? '' : String(count);
}

function panelOf(panel: Panel, questions: Questions, revision: number, theme: string): TemplateResult {
  switch (panel) {
    case 'filter':
      return html`<flow-filter-panel .questions=${questions} .revision=${revision} theme=${theme}></flow-filter-panel>`;
    case 'dates':
      return html`<flow-dates-panel .questions=${questions} .revision=${revision} theme=${theme}></flow-dates-panel>`;
    case 'as-of':
      return html`<flow-as-of-panel .questions=${questions} .revision=${revision} theme=${theme}></flow-as-of-panel>`;
    case 'clock':
      return html`<flow-clock-panel .questions=${questions} .revision=${revision} theme=${theme}></flow-clock-panel>`;
    case 'settings':
      return html`<flow-settings-panel .questions=${questions} .revision=${revision} theme=${theme}></flow-settings-panel>`;
    case 'delivery':
      return html`<flow-delivery-panel .questions=${questions} .revision=${revision} theme=${theme}></flow-delivery-panel>`;
    case 'compare':
      return html`<flow-compare-panel .questions=${questions} .revision=${revision} theme=${theme}></flow-compare-panel>`;
  }
}
