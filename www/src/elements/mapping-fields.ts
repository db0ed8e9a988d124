/** The one table of the mapping: our field, the file's column, values in it, how sure and why. */

import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { count, percent, plural } from '../charts/format.js';
import { SURE, headersOf } from '../engine/mapping.js';
import type { Field, FieldMapping, Mapping } from '../engine/types.js';
import { FIELD_NAMES } from '../engine/words.js';

export interface FieldsView {
  mapping: Mapping;
  /** Tells this table's controls from those of other tables. */
  key: string;
  open: ReadonlySet<string>;
  toggle: (part: string) => void;
  /** The one select whose options are there: with thousands of columns, each select's own would be too many. */
  filled: string;
  fill: (select: string) => void;
  choose: (field: Field, header: string | null) => void;
}

/** Headers listed at once of those that are not read. */
const LISTED = 150;

export function fieldsTable(view: FieldsView): TemplateResult {
  const { mapping, key } = view;
  const sure = mapping.fields.filter(({ confidence }) => confidence >= SURE);
  const unsure = mapping.fields.filter(({ confidence }) => confidence < SURE);
  const taken = new Set(mapping.fields.map(({ field }) => field));
  const free = (Object.keys(FIELD_NAMES) as Field[]).filter((field) => !taken.has(field));
  const [sureOpen, freeOpen] = [view.open.has(`${key} sure`), view.open.has(`${key} free`)];
  return html`<div class="scroll fields" data-group=${key}>
    <table>
      <caption class="visually-hidden">
        Fields and their columns
      </caption>
      ${unsure.length > 0 || sureOpen || freeOpen
        ? html`<thead>
            <tr>
              <th scope="col">Our field</th>
              <th scope="col">Your column</th>
              <th scope="col">Values in it</th>
              <th scope="col">How sure, and why</th>
            </tr>
          </thead>`
        : nothing}
      ${unsure.length > 0
        ? html`<tbody class="doubtful">
            ${rows(view, unsure)}
          </tbody>`
        : nothing}
      ${sure.length > 0
        ? fold(view, 'sure', sureOpen, `${plural(sure.length, 'column')} read with confidence`, names(sure), () => rows(view, sure))
        : nothing}
      ${free.length > 0
        ? fold(view, 'free', freeOpen, `${plural(free.length, 'field')} without a column`, '', () => freeRow(view, free))
        : nothing}
    </table>
  </div>`;
}

function names(fields: FieldMapping[]): string {
  return fields.map(({ field }) => FIELD_NAMES[field]).join(', ');
}

function fold(
  { key, toggle }: FieldsView,
  part: string,
  open: boolean,
  label: string,
  hint: string,
  rows: () => unknown,
): TemplateResult {
  return html`<tbody>
    <tr class="fold">
      <th colspan="4" scope="rowgroup">
        <button type="button" class="fold-button" aria-expanded=${open ? 'true' : 'false'} @click=${() => { toggle(`${key} ${part}`); }}>
          <span class="caret" aria-hidden="true"></span>${label} ${hint && !open ? html`<span class="muted hint">${hint}</span>` : nothing}
        </button>
      </th>
    </tr>
    ${open ? rows() : nothing}
  </tbody>`;
}

/** By field: a control keeps its place and the keyboard, whatever moves around it. */
function rows(view: FieldsView, fields: FieldMapping[]): unknown {
  return repeat(fields, ({ field }) => field, (field) => row(view, field));
}

function row(view: FieldsView, { field, header, samples, confidence, reason }: FieldMapping): TemplateResult {
  return html`<tr>
    <th scope="row">${FIELD_NAMES[field]}</th>
    <td>${columnSelect(view, field, header)}</td>
    <td>
      <div class="samples">
        ${samples.length > 0 ? samples.map((sample) => html`<code>${sample}</code>`) : html`<span class="muted">shown after reading</span>`}
      </div>
    </td>
    <td class="why"><span class=${confidence >= SURE ? 'sure' : 'sure low'}>${percent(confidence)}</span> <span class="muted">${reason}</span></td>
  </tr>`;
}

/** Fields that nothing fills yet, side by side: there is nothing to say of them but their names. */
function freeRow(view: FieldsView, free: Field[]): TemplateResult {
  return html`<tr>
    <td colspan="4">
      <div class="free">
        ${repeat(free, (field) => field, (field) => html`<div><span aria-hidden="true">${FIELD_NAMES[field]}</span>${columnSelect(view, field, null)}</div>`)}
      </div>
    </td>
  </tr>`;
}

const NONE = '(not in this file)';

/** Holds only what is chosen until it is about to be opened. */
function columnSelect({ mapping, key, filled, fill, choose }: FieldsView, field: Field, header: string | null): TemplateResult {
  const name = `${key} ${field}`;
  const ready = (): void => {
    if (filled !== name) fill(name);
  };
  const current = header === null ? NONE : header || '(no header)';
  return html`<select
    data-field=${field}
    aria-label=${`Column for ${FIELD_NAMES[field]}`}
    @pointerdown=${ready}
    @focus=${ready}
    @change=${(event: Event) => {
      const at = (event.target as HTMLSelectElement).selectedIndex - 1;
      choose(field, headersOf(mapping)[at]?.header ?? null);
    }}
  >
    ${filled === name
      ? html`<option .selected=${header === null}>${NONE}</option>
          ${headersOf(mapping).map((entry) => html`<option .selected=${entry.header === header}>${entry.header || '(no header)'}</option>`)}`
      : html`<option selected>${current}</option>`}
  </select>`;
}

/** What becomes of the columns that fill no field. */
export function otherColumns(mapping: Mapping, open: boolean, toggled: (open: boolean) => void): TemplateResult | typeof nothing {
  const { dimensions, ignored } = mapping;
  if (dimensions.length + ignored.length === 0) return nothing;
  const parts = [
    dimensions.length > 0 ? `${plural(dimensions.length, 'more column')} to group by` : '',
    ignored.length > 0 ? `${plural(ignored.length, 'column')} not read` : '',
  ];
  return html`<details
    .open=${open}
    @toggle=${(event: Event) => {
      toggled((event.currentTarget as HTMLDetailsElement).open);
    }}
  >
    <summary>${parts.filter((part) => part !== '').join(', ')}</summary>
    ${open
      ? html`<div class="others">
          ${dimensions.length > 0
            ? html`<p>Each value of these can be looked at alone:</p>
                <div class="samples">${dimensions.map(({ header }) => html`<code>${header}</code>`)}</div>`
            : nothing}
          ${ignored.length > 0
            ? html`<p>These are not read. Give one to a field above where it says more than the column that is there.</p>
                <div class="samples">
                  ${ignored.slice(0, LISTED).map((header) => html`<code>${header || '(no header)'}</code>`)}
                  ${ignored.length > LISTED ? html`<span class="muted">and ${count(ignored.length - LISTED)} more</span>` : nothing}
                </div>`
            : nothing}
        </div>`
      : nothing}
  </details>`;
}
