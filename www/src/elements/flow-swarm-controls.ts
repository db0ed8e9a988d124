/** What is assumed of a swarm, and what an hour costs: sliders, each with a field for the exact number. */

import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Range } from '../engine/swarm-choice.js';
import { RANGES } from '../engine/swarm-choice.js';
import type { Refused } from './assumption.js';
import { ASSUMED, assumption, assumptionStyles } from './assumption.js';
import { controls, tokens } from './styles.js';
import type { SwarmDesk, SwarmRates } from './swarm-desk.js';

const PRICE: Range = { min: 0, max: 1e9, step: 0 };
/** End of the slider; the field takes more. */
const SLIDER_PRICE = 200;

const PRICES: readonly { name: keyof SwarmRates; label: string }[] = [
  { name: 'wage', label: 'An hour of staff costs' },
  { name: 'delay', label: 'An hour that a ticket waits costs' },
];

const CHOSEN = 2;

export class FlowSwarmControls extends LitElement {
  static override styles = [
    tokens,
    controls,
    assumptionStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 250px), 1fr));
        gap: 2px 28px;
        align-items: start;
      }
      .boxes {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 14px;
      }
      .boxes label {
        display: inline-flex;
        gap: 8px;
        align-items: center;
        min-height: 28px;
        font-weight: 400;
        overflow-wrap: anywhere;
      }
      input[type='checkbox'] {
        flex: none;
        width: 18px;
        height: 18px;
        margin: 0;
        accent-color: var(--_accent);
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
    wrong: { state: true },
  };

  declare desk: SwarmDesk | null;
  declare revision: number;
  declare theme: string;
  declare private wrong: Refused | null;

  constructor() {
    super();
    this.desk = null;
    this.revision = 0;
    this.theme = 'auto';
    this.wrong = null;
  }

  override render(): TemplateResult | typeof nothing {
    const { desk } = this;
    if (!desk) return nothing;
    const { choice, rates, currency } = desk;
    const refuse = (refused: Refused | null): void => {
      this.wrong = refused;
    };
    return html`${ASSUMED.map(({ name, label, hint }) =>
        assumption({
          name,
          label,
          hint: hint(choice[name], choice.size),
          value: choice[name],
          range: RANGES[name],
          allowed: RANGES[name],
          refused: this.wrong,
          put: (value) => { desk.choose({ [name]: value ?? choice[name] }); },
          refuse,
        }),
      )}
      ${this.subset(desk)}
      ${PRICES.map(({ name, label }) =>
        assumption({
          name,
          label: currency === '' ? label : `${label} (${currency})`,
          hint: rates[name] === null ? 'Not said: nothing is assumed' : 'Your own figure',
          value: rates[name],
          range: { min: 0, max: SLIDER_PRICE, step: 1 },
          allowed: PRICE,
          refused: this.wrong,
          put: (value) => { desk.price({ [name]: value }); },
          refuse,
          optional: true,
        }),
      )}`;
  }

  private subset(desk: SwarmDesk): TemplateResult {
    const { subset } = desk.choice;
    const { priorities } = desk;
    const at = subset[0] === 'escalated' ? 0 : subset[0] === 'all' ? 1 : CHOSEN;
    const offered = at === CHOSEN || (priorities ?? []).length > 0;
    return html`<fieldset class="one">
      <legend>Tickets for a fixed swarm</legend>
      <select
        aria-label="Tickets for a fixed swarm"
        @focus=${() => { desk.lookUp(); }}
        @change=${(event: Event) => {
          const chosen = (event.target as HTMLSelectElement).selectedIndex;
          desk.choose({ subset: chosen === 0 ? ['escalated'] : chosen === 1 ? ['all'] : (priorities ?? []).slice(0, 1) });
        }}
      >
        <option ?selected=${at === 0}>Those that were handed on</option>
        <option ?selected=${at === 1}>All of them</option>
        ${offered ? html`<option ?selected=${at === CHOSEN}>Those of some priorities</option>` : nothing}
      </select>
      ${at === CHOSEN
        ? html`<div class="boxes">
            ${(priorities ?? []).map(
              (priority) =>
                html`<label>
                  <input
                    type="checkbox"
                    .checked=${subset.includes(priority)}
                    ?disabled=${subset.length === 1 && subset.includes(priority)}
                    @change=${() => {
                      desk.choose({ subset: subset.includes(priority) ? subset.filter((one) => one !== priority) : [...subset, priority] });
                    }}
                  />
                  ${priority}
                </label>`,
            )}
          </div>`
        : nothing}
    </fieldset>`;
  }
}
