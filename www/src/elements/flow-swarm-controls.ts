/** What is assumed of a swarm, and what an hour costs: sliders, each with a field for the exact number. */

import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Assumed, Range } from '../engine/swarm-choice.js';
import { RANGES, within } from '../engine/swarm-choice.js';
import { controls, tokens } from './styles.js';
import type { SwarmDesk, SwarmRates } from './swarm-desk.js';

const ASSUMED: readonly { name: Assumed; label: string; hint: (value: number, size: number) => string }[] = [
  { name: 'size', label: 'People on one ticket', hint: (value) => `At most ${value} together` },
  {
    name: 'alpha',
    label: 'Help each other (alpha)',
    hint: (value, size) => `${size} people are ${(size ** value).toFixed(1)} times as fast as one`,
  },
  {
    name: 'kappa',
    label: 'Slower in another group (kappa)',
    hint: (value) => (value === 1 ? 'Everybody is as good at everything' : `Work takes them ${value.toFixed(2)} times as long`),
  },
];

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
    css`
      :host {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 250px), 1fr));
        gap: 2px 28px;
        align-items: start;
      }
      /* Label, slider and hint of all in a row stand on the same lines. */
      .one,
      fieldset {
        display: grid;
        grid-row: span 3;
        grid-template-rows: subgrid;
        grid-template-columns: minmax(0, 1fr);
        margin: 0 0 14px;
        min-width: 0;
        padding: 0;
        border: 0;
      }
      .one > label {
        align-self: end;
      }
      .line {
        display: flex;
        gap: 12px;
        align-items: center;
      }
      label,
      legend {
        padding: 0;
        font-weight: 600;
        font-size: 14px;
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
      input[type='range'] {
        flex: 1 1 auto;
        min-width: 0;
        min-height: 32px;
        margin: 0;
        padding: 0;
        border: 0;
        background: none;
        accent-color: var(--_accent);
      }
      input[type='number'] {
        flex: none;
        width: 84px;
        font-variant-numeric: tabular-nums;
      }
      input[aria-invalid='true'] {
        border: 2px solid var(--_warn);
      }
      .hint {
        color: var(--_muted);
        font-size: 13px;
      }
      .wrong {
        padding: 4px 10px;
        border-inline-start: 4px solid var(--_warn);
        background: var(--_warn-soft);
        font-size: 13px;
      }
      p {
        margin: 0;
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
  /** The field that holds no number of its range, and what is wrong with it. */
  declare private wrong: { name: string; text: string } | null;

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
    return html`${ASSUMED.map(({ name, label, hint }) =>
        this.slider(name, label, hint(choice[name], choice.size), choice[name], RANGES[name], RANGES[name], (value) => {
          desk.choose({ [name]: value ?? choice[name] });
        }),
      )}
      ${this.subset(desk)}
      ${PRICES.map(({ name, label }) =>
        this.slider(
          name,
          currency === '' ? label : `${label} (${currency})`,
          rates[name] === null ? 'Not said: nothing is assumed' : 'Your own figure',
          rates[name],
          { min: 0, max: SLIDER_PRICE, step: 1 },
          PRICE,
          (value) => { desk.price({ [name]: value }); },
          true,
        ),
      )}`;
  }

  private slider(
    name: string,
    label: string,
    hint: string,
    value: number | null,
    range: Range,
    allowed: Range,
    put: (value: number | null) => void,
    optional = false,
  ): TemplateResult {
    const wrong = this.wrong?.name === name ? this.wrong.text : null;
    return html`<div class="one">
      <label for=${name}>${label}</label>
      <div class="line">
        <input
          type="range"
          aria-label=${label}
          aria-valuetext=${value === null ? 'not said' : `${value}: ${hint}`}
          min=${range.min}
          max=${range.max}
          step=${range.step}
          .value=${String(value ?? range.min)}
          @input=${(event: Event) => {
            this.wrong = null;
            put(Number((event.target as HTMLInputElement).value));
          }}
        />
        <input
          type="number"
          id=${name}
          min=${allowed.min}
          max=${optional ? nothing : allowed.max}
          step=${allowed.step === 0 ? 'any' : allowed.step}
          inputmode="decimal"
          aria-invalid=${wrong === null ? 'false' : 'true'}
          aria-describedby=${wrong === null ? nothing : 'wrong'}
          .value=${value === null ? '' : String(value)}
          @change=${(event: Event) => { this.written(name, (event.target as HTMLInputElement).value, allowed, put, optional); }}
        />
      </div>
      ${wrong === null ? html`<span class="hint">${hint}</span>` : html`<p class="wrong" id="wrong" role="alert">${wrong}</p>`}
    </div>`;
  }

  /** What is no number of the range is not asked with, and said where it was written. */
  private written(name: string, text: string, allowed: Range, put: (value: number | null) => void, optional: boolean): void {
    const value = within(text, allowed);
    if (value === null && !(optional && text.trim() === '')) {
      const kind = allowed.step === 1 ? 'whole number' : 'number';
      this.wrong = { name, text: optional ? 'Write a number from 0 on, or nothing.' : `Write a ${kind} from ${allowed.min} to ${allowed.max}.` };
      return;
    }
    this.wrong = null;
    put(value);
  }

  private subset(desk: SwarmDesk): TemplateResult {
    const { subset } = desk.choice;
    const { priorities } = desk;
    const at = subset[0] === 'escalated' ? 0 : subset[0] === 'all' ? 1 : CHOSEN;
    const offered = at === CHOSEN || (priorities ?? []).length > 0;
    return html`<fieldset>
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
