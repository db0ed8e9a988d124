/** What was read, what counts, what was set aside and why. Nothing is dropped in silence. */

import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { count, dateTime, plural } from '../charts/format.js';
import type { FileReport, LinkReport, Report, Warning } from '../engine/types.js';
import { ROLE_LABELS, reasonLabel } from '../engine/words.js';
import { FlowElement } from './flow-element.js';

/** The rows set aside for a reason are asked for; `null` asks for all. */
export type SetAsideEvent = CustomEvent<{ reason: string | null }>;

declare global {
  interface HTMLElementEventMap {
    'flow-set-aside': SetAsideEvent;
  }
}

export class FlowDataHealth extends FlowElement {
  protected readonly heading = 'Data health';
  static override properties: Record<string, object> = { ...FlowElement.properties, drill: { type: Boolean } };
  /** Whether counts are buttons that ask for their rows: for pages that answer. */
  declare drill: boolean;

  static override styles = [
    ...FlowElement.styles,
    css`
      .strip {
        display: grid;
        gap: 8px;
        padding: 14px 20px;
        border: 1px solid var(--_line);
        border-radius: var(--_radius);
        background: var(--_surface);
      }
      .line > span {
        margin-inline-end: 14px;
      }
      .reason {
        display: inline-block;
      }
      button.link {
        min-height: 26px;
      }
      ::slotted(*) {
        display: block;
      }
      .muted {
        color: var(--_muted);
        font-size: 14px;
      }
      .level {
        padding: 1px 9px;
        border: 1px solid var(--_control);
        border-radius: 999px;
        font-size: 13px;
        font-weight: 650;
      }
      details.warnings > summary {
        color: var(--_warn);
        font-weight: 600;
      }
      ul {
        display: grid;
        gap: 6px;
        margin: 6px 0 4px;
        padding-inline-start: 22px;
        font-size: 14px;
      }
      strong {
        font-variant-numeric: tabular-nums;
      }
      span,
      li {
        overflow-wrap: anywhere;
      }
    `,
  ];

  constructor() {
    super();
    this.drill = false;
  }

  protected content(report: Report): TemplateResult {
    const { files, warnings } = report.input;
    const read = sum(files, (file) => file.rows_read);
    const used = sum(files, (file) => file.rows_used);
    const aside = sum(files, (file) => file.rows_set_aside);
    return html`<section class="strip" aria-label="Data health">
      <div class="line">
        <span><strong>${count(read)}</strong> rows read</span>
        <span><strong>${count(used)}</strong> used</span>
        <span>${this.count(aside, 'set aside', null)}${aside > 0 ? html`: ${this.reasons(files)}` : nothing}</span>
        <span><strong>${count(report.tickets.total)}</strong> tickets, <strong>${count(report.tickets.open)}</strong> open</span>
      </div>
      <div class="line muted">
        <span>As of ${dateTime(Date.parse(report.as_of) / 1000, report.zone)} (${report.zone})</span>
        ${files.length > 1 ? html`<span>${plural(files.length, 'file')}: ${files.map(fileOf).join(', ')}</span>` : nothing}
      </div>
      <slot name="actions"></slot>
      ${warnings.length > 0
        ? html`<details class="warnings">
            <summary>${plural(warnings.length, 'note')} about this data</summary>
            <ul>
              ${warnings.map((warning) => html`<li>${warning.message}${rowsOf(warning, files.length > 1)}</li>`)}
            </ul>
          </details>`
        : nothing}
      ${linksOf(report)}
      <details>
        <summary><span class="level">Evidence ${report.evidence.level}</span> ${report.evidence.meaning}</summary>
        <ul>
          ${report.evidence.reasons.map((reason) => html`<li>${reason}</li>`)}
          ${report.evidence.to_raise.map((step) => html`<li>To raise it: ${step}</li>`)}
        </ul>
      </details>
    </section>`;
  }

  /** Most frequent first. */
  private reasons(files: FileReport[]): TemplateResult[] {
    const all = new Map<string, number>();
    for (const file of files) {
      for (const [reason, n] of Object.entries(file.set_aside_by_reason)) all.set(reason, (all.get(reason) ?? 0) + n);
    }
    return [...all]
      .sort((a, b) => b[1] - a[1])
      .map(([reason, n], at) => html`<span class="reason">${this.count(n, reasonLabel(reason), reason)}${at < all.size - 1 ? ',' : ''}</span> `);
  }

  private count(n: number, label: string, reason: string | null): TemplateResult {
    const text = html`<strong>${count(n)}</strong> ${label}`;
    if (!this.drill || n === 0) return text;
    return html`<button class="link" @click=${() => { this.emit('flow-set-aside', { reason }); }}>${text}</button>`;
  }
}

function sum(files: FileReport[], of: (file: FileReport) => number): number {
  return files.reduce((total, file) => total + of(file), 0);
}

function rowsOf(warning: Warning, several: boolean): string {
  const file = several && warning.file && !warning.message.includes(warning.file) ? warning.file : '';
  if (warning.rows.length === 0) return file && ` (${file})`;
  const more = warning.count > warning.rows.length ? ', …' : '';
  return ` (${file && `${file}, `}row ${warning.rows.map((row) => count(row)).join(', ')}${more})`;
}

/** What its rows are is worth saying only where it is not what most files are. */
function fileOf({ name, role }: FileReport): string {
  return role && role !== 'tickets' ? `${name} (${ROLE_LABELS[role].name.toLowerCase()})` : name;
}

/** Whether the ids by which tickets name changes, problems and parents found them. */
function linksOf({ input }: Report): TemplateResult | typeof nothing {
  const columns = new Map<string, LinkReport[]>();
  for (const link of input.links ?? []) {
    const key = JSON.stringify([link.from, link.field, link.column]);
    columns.set(key, [...(columns.get(key) ?? []), link]);
  }
  if (columns.size === 0) return nothing;
  const all = [...columns.values()].flat();
  const found = all.reduce((total, { linked }) => total + linked, 0);
  const lost = all.reduce((total, { unlinked }) => total + unlinked, 0);
  return html`<details class="links">
    <summary>
      <strong>${count(found)}</strong> ${found === 1 ? 'link' : 'links'} between tickets found${lost > 0 ? html`, <strong>${count(lost)}</strong> not in the files` : nothing}
    </summary>
    <ul>
      ${[...columns.values()].map((links) => html`<li>${linkSentence(links)}</li>`)}
    </ul>
  </details>`;
}

/** "12 of 14 tickets name a change that is in the files; 2 do not: row 9 (CHG0001)." */
export function linkSentence(links: readonly LinkReport[]): string {
  const [first] = links;
  if (!first) return '';
  const unlinked = links.reduce((total, link) => total + link.unlinked, 0);
  const named = unlinked + links.reduce((total, link) => total + link.linked, 0);
  const found = links.filter((link, at) => at === 0 || link.linked > 0).map((link) => `${count(link.linked)} ${link.linked === 1 ? 'names' : 'name'} a ${nounOf(link)}`);
  const all = ROLE_LABELS[first.from].name.toLowerCase();
  const who = named === 1 ? all.replace(/s$/, '') : all;
  const examples = links.flatMap((link) => link.examples);
  const rows = examples.map(({ row, file, value }) => [file, `row ${count(row)}`].filter(Boolean).join(', ') + (value ? ` (${value})` : ''));
  const rest = unlinked > examples.length && examples.length > 0 ? '; …' : '';
  const lost = unlinked > 0 ? `; ${count(unlinked)} ${unlinked === 1 ? 'does' : 'do'} not${rows.length > 0 ? `: ${rows.join('; ')}${rest}` : ''}` : '';
  const remedy = links.find((link) => link.remedy)?.remedy;
  return `Of ${count(named)} ${who} with “${first.column}”, ${found.join(', ')} that is in the files${lost}.${remedy ? ` ${remedy}` : ''}`;
}

function nounOf({ to, field }: LinkReport): string {
  if (to === 'changes') return 'change';
  if (to === 'deployments') return 'deployment';
  return field === 'problem' ? 'problem' : 'ticket';
}
