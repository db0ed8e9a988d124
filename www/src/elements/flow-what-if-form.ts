/** What the calculator asks for: how much work comes, who does it, and what is assumed of a swarm. */

import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { plural } from '../charts/format.js';
import { RANGES } from '../engine/swarm-choice.js';
import type { Tier, TierField, WhatIfForm } from '../engine/what-if-form.js';
import { EXAMPLE, MOST_TIERS, assume, examples, fieldName, withMore, withTier, without } from '../engine/what-if-form.js';
import type { Refused } from './assumption.js';
import { ASSUMED, assumption, assumptionStyles } from './assumption.js';
import { controls, tokens } from './styles.js';
import type { WhatIfDesk } from './what-if-desk.js';

const TIER_LABELS: Record<TierField, string> = {
  name: 'Name',
  people: 'People',
  minutes: 'Minutes a ticket',
  escalated: 'Handed on, %',
  cv: 'Variation',
};

/** Fields whose errors stand below their row. */
const TIER_ROW: readonly TierField[] = ['name', 'people', 'minutes', 'escalated'];

interface Field {
  name: string;
  label: string;
  /** Besides the label, where it alone does not say whose it is. */
  of?: string;
  value: string;
  example: boolean;
  hint?: string;
  text?: boolean;
  /** What is wrong with it is said elsewhere. */
  below?: boolean;
  put: (text: string) => void;
}

export class FlowWhatIfForm extends LitElement {
  static override styles = [
    tokens,
    controls,
    assumptionStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 16px;
        container-type: inline-size;
      }
      p,
      h4 {
        margin: 0;
      }
      h4 {
        font-size: 15px;
      }
      .muted,
      .field .hint {
        color: var(--_muted);
        font-size: 14px;
      }
      .top {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(120px, 1fr));
        gap: 12px 28px;
      }
      .field {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 4px;
        align-content: start;
      }
      .field input {
        width: 100%;
        font-variant-numeric: tabular-nums;
      }
      .top .field input {
        max-width: 120px;
      }
      input.example {
        color: var(--_muted);
        font-style: italic;
        border-style: dashed;
      }
      ol {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 10px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      /* Labels and fields of a row stand on the same lines; what is wrong with them has the whole width below. */
      .tier {
        display: grid;
        grid-template-columns: minmax(110px, 2fr) repeat(3, minmax(64px, 1fr)) 32px;
        grid-template-rows: auto auto;
        gap: 4px 12px;
        margin: 0;
        padding: 12px;
        min-width: 0;
        border: 1px solid var(--_line);
        border-radius: 10px;
      }
      .tier .field {
        grid-row: span 2;
        grid-template-rows: subgrid;
      }
      .tier label,
      .tier .label {
        align-self: end;
        font-size: 13.5px;
        font-weight: 600;
      }
      .tier .nobody {
        align-self: center;
        color: var(--_muted);
        font-size: 14px;
      }
      .tier > button {
        grid-row: 2;
        grid-column: 5;
        width: 32px;
        align-self: center;
        padding: 0;
      }
      .tier .wrong {
        grid-column: 1 / -1;
        margin-top: 4px;
      }
      .cvs {
        display: grid;
        margin-bottom: 8px;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 180px), 1fr));
        gap: 12px 28px;
        margin-top: 8px;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 14px;
      }
      .assumed {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 210px), 1fr));
        gap: 2px 28px;
        align-items: start;
      }
      @container (max-width: 460px) {
        .tier {
          grid-template-columns: repeat(2, minmax(0, 1fr));
          grid-template-rows: none;
          gap: 10px 14px;
        }
        .tier .field {
          grid-row: auto;
          grid-template-rows: none;
          align-content: end;
        }
        .tier .field.name {
          grid-column: 1 / -1;
        }
        .tier > button {
          grid-row: auto;
          grid-column: auto;
          align-self: end;
          justify-self: end;
        }
      }
      @media print {
        .buttons,
        .tier > button {
          display: none;
        }
      }
    `,
  ];
  static override properties: Record<string, object> = {
    desk: { attribute: false },
    revision: { attribute: false },
    theme: { reflect: true },
    refused: { state: true },
  };

  declare desk: WhatIfDesk | null;
  declare revision: number;
  declare theme: string;
  /** A slider's field that holds no number of its range. */
  declare private refused: Refused | null;
  /** Where the keyboard goes on after a tier came or went. */
  private next: string | null = null;

  constructor() {
    super();
    this.desk = null;
    this.revision = 0;
    this.theme = 'auto';
    this.refused = null;
  }

  override updated(changed: PropertyValues): void {
    super.updated(changed);
    const target = this.next === null ? null : this.renderRoot.querySelector<HTMLElement>(`#${this.next}`);
    if (!target) return;
    this.next = null;
    target.focus();
  }

  override render(): TemplateResult | typeof nothing {
    const { desk } = this;
    if (!desk) return nothing;
    const { form } = desk;
    return html`<p class="muted" id="examples">${exampleWords(form)}</p>
      <span class="visually-hidden" id="example">An example: write your own number.</span>
      <div class="top">
        ${this.field({
          name: 'arrivals',
          label: 'Tickets a working day',
          value: form.arrivals,
          example: form.arrivalsFrom === 'example',
          hint: form.arrivalsFrom === 'file' ? 'From your file: so many are opened on a working day.' : form.arrivalsFrom === 'example' ? 'An example' : 'Your own number',
          put: (arrivals) => { desk.put({ ...form, arrivals, arrivalsFrom: 'reader' }); },
        })}
        ${this.field({
          name: 'hours',
          label: 'Hours of a working day',
          value: form.hours,
          example: form.hoursFrom === 'example',
          hint: form.hoursFrom === 'example' ? 'An example' : 'Your own number',
          put: (hours) => { desk.put({ ...form, hours, hoursFrom: 'reader' }); },
        })}
      </div>
      <h4 id="tiers">Tiers, in the order in which tickets are handed on</h4>
      <ol aria-labelledby="tiers">
        ${form.tiers.map((tier, n) => this.tier(desk, tier, n))}
      </ol>
      <div class="buttons">
        ${form.tiers.length < MOST_TIERS
          ? html`<button
              id="add"
              @click=${() => {
                this.next = fieldName('name', form.tiers.length);
                desk.put(withMore(form));
              }}
            >
              Add a tier
            </button>`
          : nothing}
        <button id="reset" @click=${() => { desk.put(EXAMPLE); }}>Back to the examples</button>
      </div>
      ${this.more(desk)}
      <h4 id="assumed">What is assumed of a swarm</h4>
      <div class="assumed" role="group" aria-labelledby="assumed">
        ${ASSUMED.map(({ name, label, hint }) =>
          assumption({
            name,
            label,
            hint: hint(form[name], form.size),
            value: form[name],
            range: RANGES[name],
            allowed: RANGES[name],
            refused: this.refused,
            put: (value) => { desk.put(assume(form, name, value ?? form[name])); },
            refuse: (refused) => (this.refused = refused),
          }),
        )}
      </div>`;
  }

  private tier(desk: WhatIfDesk, tier: Tier, n: number): TemplateResult {
    const { form } = desk;
    const one = (field: TierField): TemplateResult => this.tierField(desk, tier, n, field);
    const whose = tier.name.trim() || `tier ${n + 1}`;
    return html`<li>
      <div class="tier" role="group" aria-label=${whose}>
        ${one('name')} ${one('people')} ${one('minutes')}
        ${n < form.tiers.length - 1
          ? one('escalated')
          : html`<div class="field">
              <span class="label">${TIER_LABELS.escalated}</span>
              <span class="nobody">None: last</span>
            </div>`}
        ${form.tiers.length > 1
          ? html`<button
              aria-label=${`Remove ${whose}`}
              title=${`Remove ${whose}`}
              @click=${() => {
                this.next = fieldName('name', Math.max(0, n - 1));
                desk.put(without(form, n));
              }}
            >
              <span aria-hidden="true">×</span>
            </button>`
          : nothing}
        ${TIER_ROW.map((field) => {
          const wrong = desk.wrong.get(fieldName(field, n));
          return wrong === undefined ? nothing : html`<p class="wrong" id=${`wrong-${fieldName(field, n)}`}>${TIER_LABELS[field]}: ${wrong.replace(/^./, (first) => first.toLowerCase())}</p>`;
        })}
      </div>
    </li>`;
  }

  private tierField(desk: WhatIfDesk, tier: Tier, n: number, field: TierField, label = TIER_LABELS[field]): TemplateResult {
    return this.field({
      name: fieldName(field, n),
      label,
      of: tier.name.trim() || `tier ${n + 1}`,
      value: tier[field],
      // A name is no number that an answer hangs on, and 1 is what is usual of the variation.
      example: field !== 'name' && field !== 'cv' && !tier.own.includes(field),
      text: field === 'name',
      below: field !== 'cv',
      put: (text) => { desk.put(withTier(desk.form, n, field, text)); },
    });
  }

  private more(desk: WhatIfDesk): TemplateResult {
    const { form, wrong } = desk;
    const hidden = form.tiers.some((_, n) => wrong.has(fieldName('cv', n)));
    return html`<details ?open=${hidden}>
      <summary>More: how much the work varies, and what a fixed swarm takes</summary>
      <div class="cvs">
        ${form.tiers.map((tier, n) => this.tierField(desk, tier, n, 'cv', `Variation, ${tier.name.trim() || `tier ${n + 1}`}`))}
        <div class="field">
          <label for="subset">Tickets for a fixed swarm</label>
          <select
            id="subset"
            @change=${(event: Event) => { desk.put({ ...form, subset: (event.target as HTMLSelectElement).selectedIndex === 0 ? 'escalated' : 'all' }); }}
          >
            <option ?selected=${form.subset === 'escalated'}>Those that are handed on</option>
            <option ?selected=${form.subset === 'all'}>All of them</option>
          </select>
        </div>
      </div>
      <p class="muted">
        The variation is the standard deviation of the work on a ticket over its mean: 0 where each takes equally long, 1 where most are short and few are long,
        more where few take very long.
      </p>
    </details>`;
  }

  private field({ name, label, of, value, example, hint, text = false, below = false, put }: Field): TemplateResult {
    const wrong = this.desk?.wrong.get(name);
    const told = [wrong === undefined ? '' : `wrong-${name}`, example ? 'example' : '', hint === undefined || wrong !== undefined ? '' : `hint-${name}`].filter(Boolean).join(' ');
    return html`<div class=${name.startsWith('name-') ? 'field name' : 'field'}>
      <label for=${name}>${label}${of === undefined || label.includes(of) ? nothing : html`<span class="visually-hidden">, ${of}</span>`}</label>
      <input
        id=${name}
        class=${example ? 'example' : ''}
        type="text"
        inputmode=${text ? 'text' : 'decimal'}
        autocomplete="off"
        spellcheck="false"
        maxlength=${text ? 60 : 12}
        aria-invalid=${wrong === undefined ? 'false' : 'true'}
        aria-describedby=${told === '' ? nothing : told}
        .value=${value}
        @input=${(event: Event) => { put((event.target as HTMLInputElement).value); }}
      />
      ${wrong !== undefined ? (below ? nothing : html`<p class="wrong" id=${`wrong-${name}`}>${wrong}</p>`) : hint === undefined ? nothing : html`<span class="hint" id=${`hint-${name}`}>${hint}</span>`}
    </div>`;
  }
}

function exampleWords(form: WhatIfForm): string {
  const { left, all } = examples(form);
  if (left === 0) return 'All numbers are your own.';
  const rest = left === all ? 'All numbers below are examples' : `${plural(left, 'number')} of ${all} ${left === 1 ? 'is' : 'are'} still ${left === 1 ? 'an example' : 'examples'}`;
  return `${rest} (slanted, with a dashed edge). Replace them with yours: rough guesses are good enough to begin with.`;
}
