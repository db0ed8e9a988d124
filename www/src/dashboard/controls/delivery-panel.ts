/** What counts as a deployment, where change lead time begins, and how incidents are linked to what caused them. */

import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { LEAD_FROM } from '../../charts/chips.js';
import { HOUR, plural } from '../../charts/format.js';
import { withDelivery } from '../../engine/question.js';
import type { DeliveryQuery, EnvironmentCount, LeadFrom, Query } from '../../engine/types.js';
import type { Questions } from '../questions.js';
import { ControlPanel, numberOf } from './control-panel.js';

/** As a report calls deployments without an environment; a query calls them by the empty text. */
const NONE = '(none)';

/** Hours that the guess by time starts with. */
const HOURS = 4;

export class FlowDeliveryPanel extends ControlPanel {
  protected readonly from = 'delivery';
  static override styles = [
    ...ControlPanel.styles,
    css`
      .indent {
        padding-inline-start: 26px;
      }
      label {
        overflow-wrap: anywhere;
      }
    `,
  ];

  /** All that any answer named: one that leaves nothing of them must not take the way back. */
  private readonly environments = new Map<string, EnvironmentCount>();

  protected content(questions: Questions, query: Query): TemplateResult {
    const asked = query.delivery ?? {};
    return html`<div class="columns">${this.production(questions, asked)} ${this.start(asked)} ${this.links(asked)}</div>`;
  }

  private put(changes: { [K in keyof DeliveryQuery]?: DeliveryQuery[K] | undefined }, what: string): void {
    if (this.questions) this.ask(withDelivery(this.questions.wanted.query, changes), what);
  }

  private production({ report }: Questions, asked: DeliveryQuery): TemplateResult {
    for (const environment of report?.delivery?.environments ?? []) this.environments.set(environment.environment, environment);
    const all = [...this.environments.values()];
    const counts = (name: string, production: boolean): boolean => asked.production?.includes(name) ?? production;
    const chosen = all.filter(({ environment, production }) => counts(valueOf(environment), production)).map(({ environment }) => valueOf(environment));
    return html`<fieldset>
      <legend>Production is</legend>
      ${all.length === 0 ? html`<p class="muted">No deployment names an environment: all of them count.</p>` : nothing}
      ${all.map(({ environment, deployments }) => {
        const name = valueOf(environment);
        const on = chosen.includes(name);
        return html`<label>
          <input
            type="checkbox"
            .checked=${on}
            ?disabled=${on && chosen.length === 1}
            @change=${() => {
              const production = on ? chosen.filter((one) => one !== name) : [...chosen, name];
              this.put({ production }, on ? `${environment} is not production` : `${environment} is production`);
            }}
          />
          <span>${environment} <span class="muted">${plural(deployments, 'deployment')}</span></span>
        </label>`;
      })}
      ${asked.production
        ? html`<div class="row"><button @click=${() => { this.put({ production: undefined }, 'Production as in the mapping'); }}>As in the mapping</button></div>`
        : html`<p class="muted">As in the mapping, until you choose here.</p>`}
    </fieldset>`;
  }

  private start(asked: DeliveryQuery): TemplateResult {
    const names = Object.keys(LEAD_FROM) as LeadFrom[];
    const current = asked.lead_from ?? 'auto';
    return html`<fieldset>
      <legend>Change lead time begins</legend>
      <label class="field">
        <span>The clock starts</span>
        <select
          id="lead-from"
          @change=${(event: Event) => {
            const lead = names[(event.currentTarget as HTMLSelectElement).selectedIndex] ?? 'auto';
            this.put({ lead_from: lead }, `Change lead time ${LEAD_FROM[lead]}`);
          }}
        >
          ${names.map((name) => html`<option ?selected=${name === current}>${LEAD_FROM[name]}</option>`)}
        </select>
      </label>
    </fieldset>`;
  }

  private links({ link_by_text: text, link_by_time_seconds: time }: DeliveryQuery): TemplateResult {
    return html`<fieldset>
      <legend>Incidents are linked</legend>
      <p class="muted">By columns that name the change, always. Besides:</p>
      <label>
        <input
          type="checkbox"
          id="link-text"
          .checked=${text ?? false}
          @change=${(event: Event) => {
            const on = (event.currentTarget as HTMLInputElement).checked;
            this.put({ link_by_text: on }, on ? 'Linked by change numbers in text' : 'Not linked by text');
          }}
        />
        <span>by a change number in their text</span>
      </label>
      <label>
        <input
          type="checkbox"
          id="link-time"
          .checked=${time !== undefined}
          @change=${(event: Event) => {
            const on = (event.currentTarget as HTMLInputElement).checked;
            this.put({ link_by_time_seconds: on ? HOURS * HOUR : undefined }, on ? 'Guess: linked by time' : 'Not linked by time');
          }}
        />
        <span>by time, which is a guess: the last deployment of the same service</span>
      </label>
      ${time === undefined
        ? nothing
        : html`<label class="indent">
            <span>that ended within</span>
            <input
              type="number"
              id="link-hours"
              min="0"
              step="any"
              inputmode="decimal"
              .value=${String(Math.round((time / HOUR) * 100) / 100)}
              @change=${(event: Event) => {
                const hours = numberOf(event);
                if (hours !== null && hours > 0) this.put({ link_by_time_seconds: Math.round(hours * HOUR) }, `Guess: linked by time within ${hours} h`);
                else this.requestUpdate();
              }}
            />
            <span>hours before</span>
          </label>`}
    </fieldset>`;
  }
}

const valueOf = (environment: string): string => (environment === NONE ? '' : environment);
