/** Chooses an element of the operating model and a dimension of it; the table of figures lies in its slot. */

import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { count, dimensionName } from '../../charts/format.js';
import type { Lens, Report } from '../../engine/types.js';
import { card, controls, panel, tokens } from '../../elements/styles.js';
import { hidesPeople, lensesOf, shownDimensions } from '../lenses.js';
import { PEOPLE_WHY } from '../people.js';

export type LookEvent = CustomEvent<{ dimension: string }>;

declare global {
  interface HTMLElementEventMap {
    'flow-look': LookEvent;
  }
}

export class FlowLens extends LitElement {
  static override styles = [
    tokens,
    controls,
    card,
    panel,
    css`
      .lenses {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
      }
      .lenses button,
      .dimensions button {
        min-height: 34px;
        font-size: 14px;
      }
      .lenses button[aria-pressed='true'],
      .dimensions button[aria-pressed='true'] {
        background: var(--_soft);
        font-weight: 650;
      }
      .dimensions {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        align-items: center;
      }
      .question {
        font-size: 17px;
        font-weight: 600;
      }
      label {
        display: inline-flex;
        gap: 8px;
        align-items: center;
        min-height: 28px;
        font-size: 14px;
      }
      input[type='checkbox'] {
        width: 18px;
        height: 18px;
        margin: 0;
        accent-color: var(--_accent);
      }
      .muted {
        color: var(--_muted);
        font-size: 14px;
      }
      .n {
        color: var(--_muted);
        font-weight: 400;
      }
    `,
  ];
  static override properties: Record<string, object> = {
    report: { attribute: false },
    dimension: {},
    theme: { reflect: true },
    lens: { state: true },
    people: { state: true },
  };

  /** The one that knows lenses and dimensions. */
  declare report: Report | null;
  /** The dimension that the table is of. */
  declare dimension: string | null;
  declare theme: string;
  declare private lens: string | null;
  declare private people: boolean;

  constructor() {
    super();
    this.report = null;
    this.dimension = null;
    this.theme = 'auto';
    this.lens = null;
    this.people = false;
  }

  override render(): TemplateResult | typeof nothing {
    const { report } = this;
    if (!report) return nothing;
    const lenses = lensesOf(report);
    const current = lenses.find(({ id }) => id === this.lens) ?? lenses.find(({ dimensions }) => this.dimension !== null && dimensions.includes(this.dimension)) ?? lenses[0];
    if (!current) return nothing;
    return html`<section class="card" aria-label="Every figure by an element of the operating model">
      <div class="lenses" role="group" aria-label="Elements of the operating model">
        ${lenses.map((lens) => html`<button aria-pressed=${lens === current ? 'true' : 'false'} @click=${() => { this.pick(lens, report); }}>${lens.label}</button>`)}
      </div>
      <p class="question">${current.question}</p>
      ${this.dimensions(current, report)} ${this.personal(current, report)}
      <slot></slot>
    </section>`;
  }

  private dimensions(lens: Lens, report: Report): TemplateResult {
    const shown = shownDimensions(lens, report, this.people);
    if (shown.length === 0) {
      return html`<div class="missing">
        <p>${hidesPeople(lens, report) ? 'The only columns that speak of it are of people.' : 'No column of this file speaks of it.'}</p>
        <p class="summary">What would: ${lens.columns}.</p>
      </div>`;
    }
    return html`<div class="dimensions" role="group" aria-label="By">
      ${shown.map(
        ({ name, values }) =>
          html`<button aria-pressed=${name === this.dimension ? 'true' : 'false'} @click=${() => { this.look(name); }}>
            ${dimensionName(report, name)} <span class="n">${count(values)}</span>
          </button>`,
      )}
    </div>`;
  }

  private personal(lens: Lens, report: Report): TemplateResult | typeof nothing {
    if (!hidesPeople(lens, report)) return nothing;
    return html`<label>
        <input type="checkbox" .checked=${this.people} @change=${() => (this.people = !this.people)} />
        <span>Show people</span>
      </label>
      <p class="muted">${PEOPLE_WHY}</p>`;
  }

  private pick(lens: Lens, report: Report): void {
    this.lens = lens.id;
    const shown = shownDimensions(lens, report, this.people);
    const [first] = shown;
    if (first && !shown.some(({ name }) => name === this.dimension)) this.look(first.name);
  }

  private look(dimension: string): void {
    this.dispatchEvent(new CustomEvent('flow-look', { detail: { dimension }, bubbles: true, composed: true }));
  }
}
