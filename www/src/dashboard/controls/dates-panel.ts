/** When tickets were opened and resolved, and how old they are. */

import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { DAY, HOUR } from '../../charts/format.js';
import { isoDay, spanWith } from '../../engine/question.js';
import type { AgeSpan, Query, Report, Span } from '../../engine/types.js';
import { ageWords, spanWords } from '../../charts/chips.js';
import type { Questions } from '../questions.js';
import { ControlPanel, numberOf, textOf } from './control-panel.js';
import type { Days } from './days.js';
import { daysOf, newest } from './days.js';

const UNITS = { hours: HOUR, days: DAY, weeks: 7 * DAY } as const;
type Unit = keyof typeof UNITS;
type Edge = 'at_least_seconds' | 'at_most_seconds';

const RECENT = [30, 90, 365];

export class FlowDatesPanel extends ControlPanel {
  protected readonly from = 'dates';
  static override properties: Record<string, object> = {
    ...ControlPanel.properties,
    leastUnit: { state: true },
    mostUnit: { state: true },
  };

  declare private leastUnit: Unit;
  declare private mostUnit: Unit;

  constructor() {
    super();
    this.leastUnit = 'days';
    this.mostUnit = 'days';
  }

  protected content(_: Questions, query: Query, whole: Report): TemplateResult {
    const days = daysOf(whole);
    return html`<div class="columns">
      ${this.range('Opened', 'opened', query.opened, days)} ${this.range('Resolved', 'resolved', query.resolved, days)}
      <fieldset>
        <legend>Age</legend>
        <div class="row">${this.age('Older than', 'at_least_seconds', query.age, this.leastUnit)}</div>
        <div class="row">${this.age('Younger than', 'at_most_seconds', query.age, this.mostUnit)}</div>
        <p class="muted">From opened until the ticket left, or until as-of where it is open.</p>
      </fieldset>
    </div>`;
  }

  private range(label: string, field: 'opened' | 'resolved', span: Span | undefined, days: Days): TemplateResult {
    const put = (changed: Span | undefined): void => {
      this.set({ [field]: changed }, changed ? spanWords(label, changed) : `${label} any time`);
    };
    const end = (which: 'from' | 'to', name: string): TemplateResult =>
      html`<label class="field">
        <span>${name}</span>
        <input
          type="date"
          aria-label=${`${label} ${name.toLowerCase()}`}
          .value=${span?.[which] ?? ''}
          @change=${(event: Event) => { put(spanWith(span, which, textOf(event))); }}
        />
      </label>`;
    return html`<fieldset>
      <legend>${label}</legend>
      <div class="row">${end('from', 'From')} ${end('to', 'To')}</div>
      <div class="row">
        ${RECENT.filter((n) => n < days.last - days.first + 1).map(
          (n) => html`<button aria-label=${`${label} in the last ${n} days`} @click=${() => { put(newest(days, n)); }}>Last ${n} days</button>`,
        )}
        <button aria-label=${`${label} any time`} ?disabled=${span === undefined} @click=${() => { put(undefined); }}>Any time</button>
      </div>
      ${field === 'resolved'
        ? html`<p class="muted">Leaves out open and cancelled tickets.</p>`
        : html`<p class="muted">The data run from ${isoDay(days.first)} to ${isoDay(days.last)}.</p>`}
    </fieldset>`;
  }

  private age(label: string, edge: Edge, age: AgeSpan | undefined, unit: Unit): TemplateResult {
    const seconds = age?.[edge];
    const put = (value: number | null, by: Unit): void => {
      const { at_least_seconds, at_most_seconds } = { ...age };
      const changed: AgeSpan = {
        ...(at_least_seconds === undefined ? {} : { at_least_seconds }),
        ...(at_most_seconds === undefined ? {} : { at_most_seconds }),
      };
      if (value === null) Reflect.deleteProperty(changed, edge);
      else changed[edge] = Math.round(value * UNITS[by]);
      const none = Object.keys(changed).length === 0;
      this.set({ age: none ? undefined : changed }, none ? 'Any age' : ageWords(changed));
    };
    const unitChanged = (event: Event): void => {
      const chosen = (event.currentTarget as HTMLSelectElement).value as Unit;
      const value = seconds === undefined ? null : seconds / UNITS[unit];
      if (edge === 'at_least_seconds') this.leastUnit = chosen;
      else this.mostUnit = chosen;
      if (value !== null) put(value, chosen);
    };
    return html`<label>
        <span>${label}</span>
        <input
          type="number"
          min="0"
          step="any"
          inputmode="decimal"
          .value=${seconds === undefined ? '' : String(seconds / UNITS[unit])}
          @change=${(event: Event) => { put(numberOf(event), unit); }}
        />
      </label>
      <select aria-label=${`Unit of ${label.toLowerCase()}`} @change=${unitChanged}>
        ${Object.keys(UNITS).map((name) => html`<option ?selected=${name === unit}>${name}</option>`)}
      </select>`;
  }
}
