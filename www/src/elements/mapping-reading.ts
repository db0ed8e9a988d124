/** How the text of a file was read, in one line; each part with its reason, and changeable. */

import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { count } from '../charts/format.js';
import type { Choices, Dialect, Mapping } from '../engine/types.js';

export interface ReadingView {
  mapping: Mapping;
  /** What the user chose for this file. */
  choices: Choices;
  open: boolean;
  toggled: (open: boolean) => void;
  choose: (choice: Choices) => void;
}

const ENCODINGS = [
  'UTF-8',
  'UTF-16LE',
  'UTF-16BE',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1257',
  'ISO-8859-2',
  'ISO-8859-15',
  'macintosh',
  'IBM866',
  'Shift_JIS',
  'EUC-JP',
  'GB18030',
  'Big5',
  'EUC-KR',
];

const DELIMITERS: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar', ':': 'colon', ' ': 'space' };
const QUOTES: Record<string, string> = { '"': 'double quotes "', "'": "single quotes '", '': 'nothing' };
const ESCAPES: Record<string, string> = { '"': 'by doubling it', "'": 'by doubling it', '\\': 'by a backslash' };
const FORMATS: Record<string, string> = { json: 'JSON', ndjson: 'JSON, one value per line', xes: 'XES event log', workbook: 'workbook' };

function named(names: Record<string, string>, value: string): string {
  return (Object.hasOwn(names, value) ? names[value] : undefined) ?? `“${value}”`;
}

/** "Read as UTF-8, cells between commas, header in row 1." */
function sentence({ container, format = '', encoding, delimiter, line_ends, header_rows = [] }: Dialect): string {
  const header = header_rows.length === 0 ? '' : `header in row ${header_rows.map(count).join(' and ')}`;
  return [
    container === 'plain' || container === '' || format === 'workbook' ? '' : `unpacked from ${container}`,
    format === '' ? '' : format === 'workbook' ? `${container} workbook` : named(FORMATS, format),
    encoding === '' ? '' : `text in ${encoding}`,
    delimiter === '' ? '' : `${named(DELIMITERS, delimiter)} between cells`,
    line_ends ? `lines end in ${line_ends}` : '',
    header,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

export function readingLine(view: ReadingView): TemplateResult {
  const { mapping, choices, open, toggled } = view;
  const { dialect } = mapping;
  const said = sentence(dialect);
  const chosen = Object.keys(choices).length;
  return html`<details
    .open=${open}
    @toggle=${(event: Event) => {
      toggled((event.currentTarget as HTMLDetailsElement).open);
    }}
  >
    <summary>
      How the file was read${said ? html`: <span class="muted">${said}</span>` : nothing}
      ${chosen > 0 ? html`<span class="badge">changed by you</span>` : nothing}
    </summary>
    ${open
      ? html`<div class="reading">
          ${dialect.encoding === ''
            ? nothing
            : part('Text is in', select(view, 'encoding', options(ENCODINGS, dialect.encoding), dialect.encoding), dialect.encoding_reason)}
          ${dialect.delimiter === ''
            ? nothing
            : html`${part(
                  'Between cells is a',
                  select(view, 'delimiter', Object.entries(DELIMITERS), named(DELIMITERS, dialect.delimiter)),
                  dialect.delimiter_reason,
                )}
                ${part(
                  'Cells are quoted with',
                  select(view, 'quote', Object.entries(QUOTES), named(QUOTES, dialect.quote ?? '')),
                  dialect.quote_reason ?? '',
                )}
                ${part(
                  'A quote inside is marked',
                  select(
                    view,
                    'escape',
                    [
                      ['"', 'by doubling it'],
                      ['\\', 'by a backslash'],
                    ],
                    named(ESCAPES, dialect.escape || '"'),
                  ),
                  '',
                )}`}
          ${headerRow(view)}
        </div>`
      : nothing}
  </details>`;
}

function options(values: readonly string[], current: string): [string, string][] {
  const all = values.includes(current) ? values : [current, ...values];
  return all.map((value) => [value, value]);
}

function part(label: string, control: TemplateResult, reason: string): TemplateResult {
  return html`<label><span>${label}</span>${control}</label> <span class="muted">${reason}</span>`;
}

function select(
  { choices, choose }: ReadingView,
  name: 'encoding' | 'delimiter' | 'quote' | 'escape',
  values: [string, string][],
  found: string,
): TemplateResult {
  const current = choices[name] ?? null;
  return html`<select
    @change=${(event: Event) => {
      const at = (event.target as HTMLSelectElement).selectedIndex - 1;
      choose({ [name]: values[at]?.[0] ?? null });
    }}
  >
    <option .selected=${current === null}>${current === null ? `${found} (as found)` : 'as found in the file'}</option>
    ${values.map(([value, label]) => html`<option .selected=${value === current}>${label}</option>`)}
  </select>`;
}

function headerRow({ mapping, choices, choose }: ReadingView): TemplateResult {
  const { header_rows = [], header_reason = '' } = mapping.dialect;
  const chosen = choices.header_row ?? null;
  const found = header_rows.at(-1);
  return part(
    'Header is in row',
    html`<input
      type="number"
      min="0"
      max="1000000"
      step="1"
      placeholder=${found === undefined ? 'as found' : String(found)}
      .value=${chosen === null ? '' : String(chosen)}
      @change=${(event: Event) => {
        const { value, valueAsNumber } = event.target as HTMLInputElement;
        const sound = value !== '' && Number.isInteger(valueAsNumber) && valueAsNumber >= 0;
        choose({ header_row: sound ? valueAsNumber : null });
      }}
    />`,
    [header_reason, '0: there is none'].filter((text) => text !== '').join('; '),
  );
}
