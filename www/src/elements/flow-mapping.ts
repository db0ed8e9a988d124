/** The mapping of the files: what is sure is collapsed, doubts stand open with their answers. */

import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { percent, plural } from '../charts/format.js';
import { SURE, answer, headersOf, optionsFor, setField, setState } from '../engine/mapping.js';
import type { Doubt, Field, FieldMapping, Mapping, Options, StateClass } from '../engine/types.js';
import { FlowElement } from './flow-element.js';
import { CLASS_LABELS, FIELD_NAMES } from '../engine/words.js';
import { mappingStyles } from './mapping-styles.js';
import { tables } from './styles.js';

/** The user goes on; `changed` says whether the files must be read again with the options. */
export type MappingAcceptEvent = CustomEvent<{ options: Options; changed: boolean }>;

declare global {
  interface HTMLElementEventMap {
    'flow-mapping-accept': MappingAcceptEvent;
  }
}

export class FlowMapping extends FlowElement {
  protected readonly heading = 'How the file is read';
  static override styles = [...FlowElement.styles, tables, mappingStyles];
  static override properties: Record<string, object> = {
    ...FlowElement.properties,
    mappings: { attribute: false },
    draft: { state: true },
    answers: { state: true },
    changed: { state: true },
    zones: { state: true },
  };

  /** The mappings as the engine proposed or used them. */
  declare mappings: Mapping[];
  declare private draft: Mapping[];
  declare private answers: ReadonlyMap<Doubt, string>;
  declare private changed: boolean;
  declare private zones: string[];

  constructor() {
    super();
    this.mappings = [];
    this.draft = [];
    this.answers = new Map();
    this.changed = false;
    this.zones = [];
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (!changed.has('mappings')) return;
    this.draft = this.mappings;
    this.answers = new Map();
    this.changed = false;
  }

  override render(): TemplateResult {
    const open = this.openBlocking();
    return html`<form class="card" @submit=${(event: SubmitEvent) => { this.accept(event); }}>
      ${this.draft.map((mapping, index) => this.file(mapping, index))} ${this.zone()}
      <div class="actions">
        <button class="primary" type="submit" ?disabled=${open > 0}>
          ${this.changed ? 'Read again with these choices' : 'Show the figures'}
        </button>
        ${open > 0
          ? html`<span class="muted" role="status">${open === 1 ? 'One question must' : `${open} questions must`} be answered first.</span>`
          : nothing}
      </div>
    </form>`;
  }

  protected content(): TemplateResult {
    return this.render();
  }

  private file(mapping: Mapping, index: number): TemplateResult {
    const sure = mapping.fields.filter((field) => field.confidence >= SURE);
    const unsure = mapping.fields.filter((field) => field.confidence < SURE);
    const doubts = [...mapping.doubts].sort((a, b) => Number(b.blocking) - Number(a.blocking));
    return html`
      <div class="title">
        <h2>We think this is a ${mapping.profile.name}, ${percent(mapping.profile.confidence)} sure</h2>
        <p class="muted">
          ${mapping.file}: ${mapping.shape === 'events' ? 'a row per change of a ticket' : 'a row per ticket'}.
          ${mapping.profile.reasons.join('. ')}
        </p>
      </div>
      ${doubts.filter((doubt) => doubt.answers.length > 0).map((doubt, n) => this.doubt(index, doubt, n))}
      ${unsure.length > 0
        ? html`<div>
            <h3>Please have a look at ${unsure.length === 1 ? 'this column' : `these ${unsure.length} columns`}</h3>
            ${this.fields(mapping, index, unsure)}
          </div>`
        : nothing}
      <details>
        <summary>${sure.length === 1 ? 'One column' : `${sure.length} columns`} read with confidence</summary>
        ${this.fields(mapping, index, sure)} ${this.addField(mapping, index)}
      </details>
      ${this.states(mapping, index)}
    `;
  }

  private doubt(index: number, doubt: Doubt, n: number): TemplateResult {
    const name = `doubt-${index}-${n}`;
    return html`<fieldset class=${doubt.blocking ? '' : 'quiet'}>
      <legend>${doubt.question}</legend>
      <div class="samples">${doubt.samples.map((sample) => html`<code>${sample}</code>`)}</div>
      <div class="answers">
        ${doubt.answers.map(
          ({ value, label }) =>
            html`<label>
              <input
                type="radio"
                name=${name}
                .value=${value}
                .checked=${this.answers.get(doubt) === value}
                @change=${() => {
                  this.answer(index, doubt, value);
                }}
              />${label}</label
            >`,
        )}
      </div>
    </fieldset>`;
  }

  private fields(mapping: Mapping, index: number, fields: FieldMapping[]): TemplateResult {
    return html`<div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Your column</th>
            <th scope="col">Values in it</th>
            <th scope="col">How sure, and why</th>
          </tr>
        </thead>
        <tbody>
          ${fields.map(
            (field) =>
              html`<tr>
                <th scope="row">${FIELD_NAMES[field.field]}</th>
                <td>${this.columnSelect(mapping, index, field.field, field.header)}</td>
                <td><div class="samples">${field.samples.map((sample) => html`<code>${sample}</code>`)}</div></td>
                <td>${percent(field.confidence)} <span class="muted">${field.reason}</span></td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  private columnSelect(mapping: Mapping, index: number, field: Field, header: string | null): TemplateResult {
    const headers = headersOf(mapping);
    return html`<select
      aria-label=${`Column for ${FIELD_NAMES[field]}`}
      @change=${(event: Event) => {
        const at = (event.target as HTMLSelectElement).selectedIndex - 1;
        this.change(index, setField(mapping, field, headers[at]?.header ?? null));
      }}
    >
      <option ?selected=${header === null}>(not in this file)</option>
      ${headers.map((entry) => html`<option ?selected=${entry.header === header}>${entry.header || '(no header)'}</option>`)}
    </select>`;
  }

  private addField(mapping: Mapping, index: number): TemplateResult {
    const taken = new Set(mapping.fields.map(({ field }) => field));
    const free = (Object.keys(FIELD_NAMES) as Field[]).filter((field) => !taken.has(field));
    if (free.length === 0) return html``;
    return html`<details>
      <summary>${free.length} fields have no column</summary>
      <div class="scroll">
        <table>
          <tbody>
            ${free.map(
              (field) =>
                html`<tr>
                  <th scope="row">${FIELD_NAMES[field]}</th>
                  <td>${this.columnSelect(mapping, index, field, null)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>`;
  }

  private states(mapping: Mapping, index: number): TemplateResult | typeof nothing {
    if (mapping.states.length === 0) return nothing;
    const doubtful = mapping.states.some((state) => state.confidence < SURE || state.class === 'unknown');
    return html`<details ?open=${doubtful}>
      <summary>${mapping.states.length} states and what they mean</summary>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">State in your file</th>
              <th scope="col">Seen in</th>
              <th scope="col">Means</th>
            </tr>
          </thead>
          <tbody>
            ${mapping.states.map(
              (state) =>
                html`<tr>
                  <th scope="row">${state.state || '(none)'}</th>
                  <td>${plural(state.rows, 'row')}</td>
                  <td>
                    <select
                      aria-label=${`Meaning of ${state.state || '(none)'}`}
                      @change=${(event: Event) => {
                        const chosen = (event.target as HTMLSelectElement).value as StateClass;
                        this.change(index, setState(mapping, state.state, chosen));
                      }}
                    >
                      ${(Object.keys(CLASS_LABELS) as StateClass[]).map(
                        (name) => html`<option value=${name} ?selected=${name === state.class}>${CLASS_LABELS[name]}</option>`,
                      )}
                    </select>
                  </td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>`;
  }

  private zone(): TemplateResult | typeof nothing {
    const first = this.draft[0];
    if (!first) return nothing;
    return html`<div class="zone">
      <label for="zone">Time zone of the file</label>
      <input
        id="zone"
        list="zones"
        autocomplete="off"
        spellcheck="false"
        aria-describedby="zone-why"
        .value=${first.zone}
        @focus=${() => (this.zones = Intl.supportedValuesOf('timeZone'))}
        @change=${(event: Event) => {
          const zone = (event.target as HTMLInputElement).value.trim();
          this.draft = this.draft.map((mapping) => ({ ...mapping, zone }));
          this.changed = true;
        }}
      />
      <datalist id="zones">${['UTC', ...this.zones].map((zone) => html`<option value=${zone}></option>`)}</datalist>
      <span class="muted" id="zone-why">${first.zone_reason}</span>
    </div>`;
  }

  private change(index: number, mapping: Mapping): void {
    this.draft = this.draft.map((entry, n) => (n === index ? mapping : entry));
    this.changed = true;
  }

  /** A file has one order of day and month: the first answer goes to its other dates too, until they get their own. */
  private answer(index: number, doubt: Doubt, value: string): void {
    const mapping = this.draft[index];
    if (!mapping) return;
    const same =
      doubt.kind === 'date_order'
        ? mapping.doubts.filter((other) => other.kind === 'date_order' && !this.answers.has(other))
        : [];
    const answers = new Map(this.answers);
    let changed = mapping;
    for (const each of new Set([doubt, ...same])) {
      answers.set(each, value);
      changed = answer(changed, each, value);
    }
    this.answers = answers;
    this.change(index, changed);
  }

  private openBlocking(): number {
    return this.draft.flatMap(({ doubts }) => doubts).filter((doubt) => doubt.blocking && !this.answers.has(doubt)).length;
  }

  private accept(event: SubmitEvent): void {
    event.preventDefault();
    if (this.openBlocking() > 0) return;
    this.emit('flow-mapping-accept', { options: optionsFor(this.draft, this.answers), changed: this.changed });
  }
}
