/** How figures are taken, what they are held against, what an hour costs, and what to forecast. */

import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { HOUR } from '../../charts/format.js';
import { withTarget } from '../../engine/question.js';
import type { ForecastQuery, Query, Rates, Report } from '../../engine/types.js';
import { valueName } from '../../charts/chips.js';
import type { Questions } from '../questions.js';
import { ControlPanel, numberOf, textOf } from './control-panel.js';

export class FlowSettingsPanel extends ControlPanel {
  protected readonly from = 'settings';
  static override styles = [
    ...ControlPanel.styles,
    css`
      .target {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto auto;
        max-width: 320px;
        overflow-wrap: anywhere;
      }
    `,
  ];

  override updated(): void {
    this.need('priority');
  }

  protected content(questions: Questions, query: Query, whole: Report): TemplateResult {
    return html`<div class="columns">
      ${this.methods(query)} ${this.targets(questions, query, whole)} ${this.rates(query)} ${this.forecast(query)}
    </div>`;
  }

  private methods(query: Query): TemplateResult {
    const method = query.percentile_method ?? 'hyndman_fan7';
    const limits = query.limits ?? 'mean';
    return html`<fieldset>
      <legend>How figures are taken</legend>
      <label class="field">
        <span>Percentiles</span>
        <select @change=${(event: Event) => {
          const nearest = (event.currentTarget as HTMLSelectElement).selectedIndex === 1;
          this.set({ percentile_method: nearest ? 'nearest_rank' : undefined }, nearest ? 'Percentiles by nearest rank' : 'Percentiles between ranks');
        }}>
          <option ?selected=${method === 'hyndman_fan7'}>Between ranks (as Excel and R)</option>
          <option ?selected=${method === 'nearest_rank'}>Nearest rank (a time that occurred)</option>
        </select>
      </label>
      <label class="field">
        <span>Limits of behaviour charts</span>
        <select @change=${(event: Event) => {
          const median = (event.currentTarget as HTMLSelectElement).selectedIndex === 1;
          this.set({ limits: median ? 'median' : undefined }, median ? 'Limits from the median' : 'Limits from the mean');
        }}>
          <option ?selected=${limits === 'mean'}>From the mean</option>
          <option ?selected=${limits === 'median'}>From the median (outliers move them less)</option>
        </select>
      </label>
    </fieldset>`;
  }

  private targets(questions: Questions, query: Query, whole: Report): TemplateResult {
    const known = questions.values.get('priority');
    const priorities = known?.state === 'known' ? known.values.map(({ value }) => value).filter((value) => value !== '').sort((a, b) => a.localeCompare(b, 'en')) : [];
    const offered = priorities.length > 0 || whole.input.dimensions.some(({ name }) => name === 'priority') ? priorities.slice(0, 12) : [];
    return html`<fieldset>
      <legend>Targets</legend>
      <p class="muted">Hours within which a ticket should be resolved, on the clock that was chosen.</p>
      ${[...offered, ''].map((priority) => {
        const target = (query.targets ?? []).find((one) => (one.priority ?? '') === priority);
        const name = priority === '' ? (offered.length > 0 ? 'All others' : 'Every ticket') : valueName(priority);
        return html`<label class="target">
          <span>${name}</span>
          <input
            type="number"
            min="0"
            step="any"
            inputmode="decimal"
            .value=${target ? String(Math.round((target.seconds / HOUR) * 100) / 100) : ''}
            @change=${(event: Event) => {
              const hours = numberOf(event);
              this.ask(withTarget(query, priority, hours === null ? null : Math.round(hours * HOUR)), `Target for ${name.toLowerCase()}`);
            }}
          />
          <span>h</span>
        </label>`;
      })}
    </fieldset>`;
  }

  private rates(query: Query): TemplateResult {
    const rates = query.rates ?? {};
    const put = (field: keyof Rates, value: string | number | null): void => {
      const others = Object.entries(rates).filter(([name]) => name !== field);
      const changed = Object.fromEntries(value === null || value === '' ? others : [...others, [field, value]]) as Rates;
      this.set({ rates: Object.keys(changed).length > 0 ? changed : undefined }, 'Rates');
    };
    const amount = (field: 'wage_per_hour' | 'delay_per_hour' | 'minutes_per_handoff', label: string): TemplateResult =>
      html`<label class="field">
        <span>${label}</span>
        <input type="number" min="0" step="any" inputmode="decimal" .value=${rates[field] === undefined ? '' : String(rates[field])} @change=${(event: Event) => { put(field, numberOf(event)); }} />
      </label>`;
    return html`<fieldset>
      <legend>What an hour costs</legend>
      <div class="row">
        ${amount('wage_per_hour', 'Hour of staff')} ${amount('delay_per_hour', 'Hour that a ticket waits')}
        ${amount('minutes_per_handoff', 'Staff minutes a handoff')}
        <label class="field">
          <span>Currency</span>
          <input size="6" maxlength="12" .value=${rates.currency ?? ''} @change=${(event: Event) => { put('currency', textOf(event)); }} />
        </label>
      </div>
      <p class="muted">Your own figures: nothing is assumed. Without them there are hours and no money.</p>
    </fieldset>`;
  }

  private forecast(query: Query): TemplateResult {
    const forecast = query.forecast ?? {};
    const put = (field: keyof ForecastQuery, value: string | number | boolean | null): void => {
      const others = Object.entries(forecast).filter(([name]) => name !== field);
      const changed = Object.fromEntries(value === null || value === '' ? others : [...others, [field, value]]) as ForecastQuery;
      this.set({ forecast: Object.keys(changed).length > 0 ? changed : undefined }, 'Forecast settings');
    };
    const block = forecast.block_days ?? 1;
    return html`<fieldset>
      <legend>Forecast</legend>
      <div class="row">
        <label class="field">
          <span>When will so many be done?</span>
          <input type="number" min="1" step="1" inputmode="numeric" placeholder="all open" .value=${forecast.items === undefined ? '' : String(forecast.items)} @change=${(event: Event) => { put('items', whole(numberOf(event))); }} />
        </label>
        <label class="field">
          <span>How many by this date?</span>
          <input type="date" .value=${forecast.by ?? ''} @change=${(event: Event) => { put('by', textOf(event)); }} />
        </label>
        <label class="field">
          <span>Days of history, the newest</span>
          <input type="number" min="1" step="1" inputmode="numeric" placeholder="all" .value=${forecast.history_days === undefined ? '' : String(forecast.history_days)} @change=${(event: Event) => { put('history_days', whole(numberOf(event))); }} />
        </label>
      </div>
      <label class="field">
        <span>Days drawn together</span>
        <select @change=${(event: Event) => { put('block_days', [null, 5, 7][(event.currentTarget as HTMLSelectElement).selectedIndex] ?? null); }}>
          <option ?selected=${block === 1}>1: days do not depend on each other</option>
          <option ?selected=${block === 5}>5: keeps the rhythm of working weeks</option>
          <option ?selected=${block === 7}>7: keeps the rhythm of weeks</option>
        </select>
      </label>
      <label>
        <input type="checkbox" .checked=${forecast.business_days ?? false} @change=${(event: Event) => { put('business_days', (event.currentTarget as HTMLInputElement).checked || null); }} />
        <span>Working days only</span>
      </label>
      ${forecast.by !== undefined || forecast.items !== undefined || block !== 1 ? html`<p class="muted">Counted from as-of, at the pace of the past.</p>` : nothing}
    </fieldset>`;
  }
}

const whole = (value: number | null): number | null => (value === null ? null : Math.max(1, Math.round(value)));
