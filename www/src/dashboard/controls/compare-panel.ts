/** What the selection is compared with: another period, other values, or all tickets. */

import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { dimensionName } from '../../charts/format.js';
import { filtered, isWhole, periodBefore, selectionOf, valuesOf, withoutSelection } from '../../engine/question.js';
import type { Query, Report, Selection, Span } from '../../engine/types.js';
import { selectionWords, spanWords, valueName } from '../../charts/chips.js';
import { isPersonal } from '../people.js';
import type { Questions } from '../questions.js';
import { ControlPanel, textOf } from './control-panel.js';

/** Values offered in a list; the filter has all of them. */
const LISTED = 200;

export class FlowComparePanel extends ControlPanel {
  protected readonly from = 'compare';
  static override properties: Record<string, object> = {
    ...ControlPanel.properties,
    dimension: { state: true },
    field: { state: true },
    span: { state: true },
  };

  declare private dimension: string | null;
  declare private field: 'opened' | 'resolved';
  declare private span: { from: string; to: string };

  constructor() {
    super();
    this.dimension = null;
    this.field = 'opened';
    this.span = { from: '', to: '' };
  }

  protected content(questions: Questions, query: Query, whole: Report): TemplateResult {
    return html`<p>
        The selection of the page, <strong>${selectionWords(query, whole)}</strong>, on the same axes as another one, with what the data can say about the difference.
      </p>
      <div class="columns">
        ${this.ready(query, whole)} ${this.otherPeriod(query)} ${this.otherValue(questions, query, whole)}
      </div>
      ${query.compare
        ? html`<div class="row">
            <span>Compared with <strong>${query.compare.label}</strong>.</span>
            <button @click=${() => { this.set({ compare: undefined }, 'No comparison'); }}>Stop comparing</button>
          </div>`
        : nothing}`;
  }

  private compare(compare: Selection): void {
    this.set({ compare }, `Compare with ${compare.label ?? 'another selection'}`);
  }

  private ready(query: Query, whole: Report): TemplateResult {
    const choices: { text: string; selection: Selection }[] = [];
    for (const field of ['opened', 'resolved'] as const) {
      const before = periodBefore(query[field]);
      if (!before) continue;
      const label = spanWords(field === 'opened' ? 'Opened' : 'Resolved', before);
      choices.push({ text: `The period before: ${label.toLowerCase()}`, selection: { ...selectionOf(query, label), [field]: before } });
    }
    if (!isWhole(query)) choices.push({ text: 'All tickets', selection: selectionOf(withoutSelection(query), 'All tickets') });
    const names = Object.keys(query.filter ?? {});
    const [only] = names;
    if (names.length > 1 && only !== undefined) {
      for (const name of names) {
        const label = `Any ${dimensionName(whole, name).toLowerCase()}`;
        choices.push({ text: label, selection: selectionOf(filtered(query, name, []), label) });
      }
    }
    return html`<fieldset>
      <legend>Ready made</legend>
      ${choices.length === 0
        ? html`<p class="muted">Filter first, or choose a period, and the period before and all tickets can be had with one click.</p>`
        : choices.map(({ text, selection }) => html`<div><button @click=${() => { this.compare(selection); }}>${text}</button></div>`)}
    </fieldset>`;
  }

  private otherPeriod(query: Query): TemplateResult {
    const { from, to } = this.span;
    const span: Span = { ...(from ? { from } : {}), ...(to ? { to } : {}) };
    const name = this.field === 'opened' ? 'Opened' : 'Resolved';
    return html`<fieldset>
      <legend>Another period</legend>
      <label class="field">
        <span>Which date</span>
        <select @change=${(event: Event) => (this.field = (event.currentTarget as HTMLSelectElement).selectedIndex === 0 ? 'opened' : 'resolved')}>
          <option ?selected=${this.field === 'opened'}>Opened</option>
          <option ?selected=${this.field === 'resolved'}>Resolved</option>
        </select>
      </label>
      <div class="row">
        ${(['from', 'to'] as const).map(
          (end) =>
            html`<label class="field">
              <span>${end === 'from' ? 'From' : 'To'}</span>
              <input type="date" aria-label=${`Compare ${name.toLowerCase()} ${end}`} .value=${this.span[end]} @change=${(event: Event) => (this.span = { ...this.span, [end]: textOf(event) })} />
            </label>`,
        )}
      </div>
      <div>
        <button ?disabled=${!from && !to} @click=${() => { this.compare({ ...selectionOf(query, spanWords(name, span)), [this.field]: span }); }}>
          Compare with this period
        </button>
      </div>
    </fieldset>`;
  }

  private otherValue(questions: Questions, query: Query, whole: Report): TemplateResult | typeof nothing {
    const dimensions = whole.input.dimensions.filter(({ name, label, values }) => values > 1 && !isPersonal(name, label));
    const name = this.dimension ?? (dimensions.some((one) => one.name === 'group') ? 'group' : dimensions[0]?.name);
    if (name === undefined) return nothing;
    const label = dimensionName(whole, name);
    const known = questions.values.get(name);
    const values = known?.state === 'known' ? known.values.slice(0, LISTED).map(({ value }) => value) : [];
    const mine = valuesOf(query, name);
    return html`<fieldset>
      <legend>Another team or value</legend>
      <label class="field">
        <span>Of</span>
        <select @focus=${() => { questions.open(name); }} @change=${(event: Event) => {
          this.dimension = dimensions[(event.currentTarget as HTMLSelectElement).selectedIndex]?.name ?? null;
          if (this.dimension !== null) questions.open(this.dimension);
        }}>
          ${dimensions.map((one) => html`<option ?selected=${one.name === name}>${dimensionName(whole, one.name)}</option>`)}
        </select>
      </label>
      <label class="field">
        <span>Compare with</span>
        <select id="compare-value" @focus=${() => { questions.open(name); }} @change=${(event: Event) => {
          const select = event.currentTarget as HTMLSelectElement;
          const value = values[select.selectedIndex - 1];
          select.selectedIndex = 0;
          if (value !== undefined) this.compare(selectionOf(filtered(query, name, [value]), `${label}: ${valueName(value)}`));
        }}>
          <option>${known?.state === 'asking' ? 'Looking for its values…' : 'Choose a value'}</option>
          ${values.map((value) => html`<option ?disabled=${mine.length === 1 && mine[0] === value}>${valueName(value)}</option>`)}
        </select>
      </label>
    </fieldset>`;
  }

  override updated(): void {
    this.need('group');
  }
}
