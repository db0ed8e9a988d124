/** Filters: a dimension is chosen from a list that can be searched, then any of its values, with how many tickets each has. */

import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { count, dimensionName, plural } from '../../charts/format.js';
import { filtered, toggled, valuesOf } from '../../engine/question.js';
import type { DimensionInfo, Query, Report } from '../../engine/types.js';
import { valueName } from '../../charts/chips.js';
import { PEOPLE_WHY, isPersonal } from '../people.js';
import type { DimensionValue, Questions } from '../questions.js';
import { ControlPanel } from './control-panel.js';

/** Values listed at once; search finds the others. */
const LISTED = 60;
/** Lists as short as this need no search. */
const SHORT = 10;

export class FlowFilterPanel extends ControlPanel {
  protected readonly from = 'filter';
  static override styles = [
    ...ControlPanel.styles,
    css`
      .split {
        display: grid;
        grid-template-columns: minmax(180px, 240px) minmax(0, 1fr);
        gap: 12px 28px;
        align-items: start;
      }
      .pick {
        display: grid;
        gap: 8px;
        align-content: start;
      }
      .scroll {
        max-height: 300px;
        overflow: auto;
        padding: 3px;
      }
      li > button {
        display: flex;
        gap: 8px;
        justify-content: space-between;
        width: 100%;
        border-color: transparent;
        border-radius: 8px;
        text-align: start;
        font-size: 14.5px;
        overflow-wrap: anywhere;
      }
      li > button[aria-pressed='true'] {
        border-color: var(--_accent);
        background: var(--_soft);
        font-weight: 600;
      }
      .values label {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        gap: 10px;
        padding: 2px 6px;
        border-radius: 6px;
        overflow-wrap: anywhere;
      }
      .values label:hover {
        background: var(--_soft);
      }
      .values {
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 230px), 1fr));
        column-gap: 16px;
      }
      .n {
        color: var(--_muted);
        font-variant-numeric: tabular-nums;
      }
      @media (max-width: 700px) {
        .split {
          grid-template-columns: minmax(0, 1fr);
        }
        .pick .scroll {
          max-height: 180px;
          border: 1px solid var(--_line);
          border-radius: 8px;
        }
      }
    `,
  ];
  static override properties: Record<string, object> = {
    ...ControlPanel.properties,
    dimension: { state: true },
    wantedDimension: { state: true },
    wantedValue: { state: true },
    people: { state: true },
  };

  declare private dimension: string | null;
  declare private wantedDimension: string;
  declare private wantedValue: string;
  declare private people: boolean;

  constructor() {
    super();
    this.dimension = null;
    this.wantedDimension = '';
    this.wantedValue = '';
    this.people = false;
  }

  override updated(): void {
    if (this.questions && this.dimension === null) {
      const [first] = this.dimensions(this.questions);
      if (first) this.choose(first.name);
    }
  }

  private dimensions({ whole, wanted }: Questions): DimensionInfo[] {
    const all = whole?.input.dimensions ?? [];
    const rank = (name: string): number => ['priority', 'group', 'kind', 'category', 'state'].indexOf(name) + 1 || 99;
    return all
      .filter(({ name, label, values }) => values > 0 && (this.people || !isPersonal(name, label) || valuesOf(wanted.query, name).length > 0))
      .sort((a, b) => rank(a.name) - rank(b.name));
  }

  private choose(name: string): void {
    this.dimension = name;
    this.wantedValue = '';
    this.questions?.open(name);
  }

  protected content(questions: Questions, query: Query, whole: Report): TemplateResult {
    const all = this.dimensions(questions);
    if (all.length === 0) return html`<p>These data have no column of repeated values to filter by.</p>`;
    const found = all.filter((one) => includes(dimensionName(whole, one.name), this.wantedDimension));
    const hidden = whole.input.dimensions.some(({ name, label }) => isPersonal(name, label));
    return html`<div class="split">
      <div class="pick">
        <h2 id="dimensions">Filter by</h2>
        ${all.length > SHORT ? this.search('Search columns', this.wantedDimension, (text) => (this.wantedDimension = text)) : nothing}
        <ul class="scroll" aria-labelledby="dimensions">
          ${found.map(({ name }) => {
            const chosen = valuesOf(query, name).length;
            return html`<li>
              <button aria-pressed=${name === this.dimension ? 'true' : 'false'} @click=${() => { this.choose(name); }}>
                <span>${dimensionName(whole, name)}</span>${chosen > 0 ? html`<span class="n">${count(chosen)} chosen</span>` : nothing}
              </button>
            </li>`;
          })}
        </ul>
        ${found.length === 0 ? html`<p class="muted" role="status">No column is called that.</p>` : nothing}
        ${hidden
          ? html`<label>
              <input type="checkbox" .checked=${this.people} @change=${() => (this.people = !this.people)} />
              <span>Show people</span>
            </label>
            <p class="muted">${PEOPLE_WHY}</p>`
          : nothing}
      </div>
      ${this.dimension === null ? nothing : this.valueList(questions, query, whole, this.dimension)}
    </div>`;
  }

  private valueList(questions: Questions, query: Query, whole: Report, name: string): TemplateResult {
    const label = dimensionName(whole, name);
    const known = questions.values.get(name);
    const chosen = valuesOf(query, name);
    return html`<div class="pick">
      <h2 id="values">${label}</h2>
      ${known?.state === 'failed' ? html`<p role="alert">${known.error.message} ${known.error.remedy}</p>` : nothing}
      ${known?.state === 'asking' ? html`<p role="status">Looking for its values…</p>` : nothing}
      ${known?.state === 'known' ? this.choices(known.values, query, name, label) : nothing}
      <div class="row">
        <button ?disabled=${chosen.length === 0} @click=${() => { this.ask(filtered(query, name, []), `${label}: any`); }}>
          Any value
        </button>
      </div>
    </div>`;
  }

  private choices(values: readonly DimensionValue[], query: Query, name: string, label: string): TemplateResult {
    const chosen = new Set(valuesOf(query, name));
    const found = values.filter(({ value }) => includes(valueName(value), this.wantedValue));
    // What is chosen stays in sight, however long the list.
    const listed = found.filter(({ value }, n) => n < LISTED || chosen.has(value));
    return html`${values.length > SHORT ? this.search(`Search ${count(values.length)} values`, this.wantedValue, (text) => (this.wantedValue = text)) : nothing}
      <ul class="scroll values" aria-labelledby="values">
        ${listed.map(
          ({ value, tickets }) =>
            html`<li>
              <label>
                <input
                  type="checkbox"
                  .checked=${chosen.has(value)}
                  @change=${() => { this.toggle(name, value, label); }}
                />
                <span>${valueName(value)}</span>
                <span class="n"><span class="visually-hidden">, </span>${count(tickets)}<span class="visually-hidden"> tickets</span></span>
              </label>
            </li>`,
        )}
      </ul>
      <p class="muted" role="status">
        ${found.length === 0
          ? 'No value is called that.'
          : found.length > listed.length
            ? `${plural(found.length - listed.length, 'more value')}: search to find them.`
            : nothing}
      </p>`;
  }

  /** Of the question as it is now: two boxes may be ticked before the page is drawn anew. */
  private toggle(name: string, value: string, label: string): void {
    if (this.questions) this.ask(toggled(this.questions.wanted.query, name, value), `${label}: ${valueName(value)}`);
  }

  private search(label: string, text: string, put: (text: string) => void): TemplateResult {
    return html`<input
      type="search"
      class="wide"
      aria-label=${label}
      placeholder=${label}
      .value=${text}
      @input=${(event: Event) => { put((event.currentTarget as HTMLInputElement).value); }}
    />`;
  }
}

const includes = (text: string, wanted: string): boolean => text.toLowerCase().includes(wanted.trim().toLowerCase());
