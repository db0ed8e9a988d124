/** One ticket's own timeline: its states and teams as text and as a bar, waiting told from working. */

import { css, html, nothing, svg } from 'lit';
import type { TemplateResult } from 'lit';
import { dateTime, duration, percent } from '../charts/format.js';
import type { SpellDetail, StateClass, TicketDetail } from '../engine/types.js';
import { FlowElement } from './flow-element.js';
import { tables } from './styles.js';

const CLASS_NAMES: Record<StateClass, string> = {
  planned: 'planned',
  queue: 'waiting for us',
  active: 'being worked on',
  hold: 'waiting for others',
  done: 'done',
  cancelled: 'cancelled',
  unknown: 'not known',
};

/** In the order of the engine's fields. */
const RECORDED: Record<string, string> = {
  duration: 'Time to the end',
  on_hold: 'Time on hold',
  waiting: 'Time waiting for us',
  worked: 'Time worked',
};

const INSTANTS = ['opened', 'assigned', 'responded', 'started', 'resolved', 'closed'];

/** The steps up to the resolution: what comes after it, such as the wait for a formal close, is no part of the time taken. */
function withinLead({ open, instants, spells }: TicketDetail): SpellDetail[] {
  const resolved = open ? undefined : instants.resolved;
  if (resolved === undefined) return spells;
  const end = Date.parse(resolved) / 1000;
  return spells.filter((spell) => spell.start < end).map((spell) => ({ ...spell, end: Math.min(spell.end, end) }));
}

export class FlowTicket extends FlowElement {
  protected readonly heading = 'Ticket';
  static override properties: Record<string, object> = {
    ...FlowElement.properties,
    detail: { attribute: false },
    zone: {},
  };
  static override styles = [
    ...FlowElement.styles,
    tables,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 18px;
        container-type: inline-size;
      }
      section {
        display: grid;
        gap: 16px;
      }
      .big {
        font-size: 20px;
        font-weight: 650;
      }
      dl {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 190px), 1fr));
        gap: 10px 18px;
        margin: 0;
      }
      dt {
        color: var(--_muted);
        font-size: 13px;
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
      }
      svg {
        display: block;
        width: 100%;
        height: 28px;
        border-radius: 6px;
        background: var(--_soft);
      }
      .links {
        display: grid;
        gap: 4px;
        margin: 0;
        padding-inline-start: 20px;
        overflow-wrap: anywhere;
      }
      .c-queue {
        fill: var(--_s2);
      }
      .c-active {
        fill: var(--_s1);
      }
      .c-hold {
        fill: var(--_s4);
      }
      .c-done {
        fill: var(--_s3);
      }
      .c-planned,
      .c-cancelled,
      .c-unknown {
        fill: var(--_control);
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 18px;
        margin: 0;
        padding: 0;
        list-style: none;
        font-size: 14px;
      }
      .legend svg {
        display: inline-block;
        width: 12px;
        height: 12px;
        margin-inline-end: 6px;
        border-radius: 3px;
        vertical-align: -1px;
      }
      @container (max-width: 560px) {
        thead {
          display: none;
        }
        table,
        tbody {
          display: block;
        }
        tr {
          display: grid;
          grid-template-columns: 1fr auto;
          padding: 8px 12px;
          border-top: 1px solid var(--_line);
        }
        td {
          padding: 1px 0;
          border: 0;
        }
        td:nth-child(n + 3) {
          grid-column: 1 / -1;
        }
        td:nth-child(n + 4) {
          color: var(--_muted);
        }
      }
    `,
  ];

  /** The ticket, as the engine describes it. */
  declare detail: TicketDetail | null;
  /** Zone in which instants are shown. */
  declare zone: string;

  constructor() {
    super();
    this.detail = null;
    this.zone = 'UTC';
  }

  override render(): TemplateResult | typeof nothing {
    return this.detail ? this.timeline(this.detail) : super.render();
  }

  protected content(): TemplateResult {
    return html`<p>Choose a ticket.</p>`;
  }

  private timeline(ticket: TicketDetail): TemplateResult {
    const instants = INSTANTS.flatMap((name) => {
      const at = Object.hasOwn(ticket.instants, name) ? ticket.instants[name] : undefined;
      return at === undefined ? [] : [{ name, at }];
    });
    return html`<section>
      <p class="big">${ticket.open ? `Open for ${duration(ticket.seconds)}` : `Took ${duration(ticket.seconds)}`}</p>
      ${ticket.links?.length
        ? html`<ul class="links">
            ${ticket.links.map(({ text }) => html`<li>${text.replace(/^./, (c) => c.toUpperCase())}</li>`)}
          </ul>`
        : nothing}
      ${ticket.spells.length > 0
        ? this.history(ticket)
        : html`<p>This export has one row per ticket, so the steps in between are not known. An audit or history export would show them.</p>`}
      <dl>
        ${instants.map(
          ({ name, at }) =>
            html`<div>
              <dt>${name.replace(/^./, (c) => c.toUpperCase())}</dt>
              <dd>${dateTime(Date.parse(at) / 1000, this.zone)}</dd>
            </div>`,
        )}
        ${Object.entries(RECORDED).flatMap(([name, label]) => {
          const seconds = ticket.recorded?.[name];
          return seconds === undefined
            ? []
            : [
                html`<div>
                  <dt>${label} (as the tool recorded it)</dt>
                  <dd>${duration(seconds)}</dd>
                </div>`,
              ];
        })}
      </dl>
      <details>
        <summary>All values (${ticket.file ? `${ticket.file}, ` : ''}row ${ticket.row})</summary>
        <dl>
          ${Object.entries(ticket.values).map(
            ([name, value]) =>
              html`<div>
                <dt>${name.replaceAll('_', ' ')}</dt>
                <dd>${value || '(none)'}</dd>
              </div>`,
          )}
        </dl>
      </details>
    </section>`;
  }

  private history(ticket: TicketDetail): TemplateResult {
    const spells = ticket.spells;
    const steps = withinLead(ticket);
    const start = steps[0]?.start ?? 0;
    const whole = Math.max(1, (steps.at(-1)?.end ?? start) - start);
    const totals = new Map<StateClass, number>();
    for (const spell of steps) totals.set(spell.class, (totals.get(spell.class) ?? 0) + spell.end - spell.start);
    const spent = [...totals].filter(([, seconds]) => seconds > 0).sort((a, b) => b[1] - a[1]);
    return html`
      <svg viewBox="0 0 1000 28" preserveAspectRatio="none" aria-hidden="true">
        ${steps.map(
          (spell) =>
            svg`<rect class=${`c-${spell.class}`} x=${((spell.start - start) / whole) * 1000} y="0" height="28"
              width=${Math.max(1.5, ((spell.end - spell.start) / whole) * 1000 - 1)} />`,
        )}
      </svg>
      <ul class="legend">
        ${spent.map(
          ([name, seconds]) =>
            html`<li>
              <svg viewBox="0 0 1 1" aria-hidden="true"><rect class=${`c-${name}`} width="1" height="1" /></svg>${percent(seconds / whole)}
              ${CLASS_NAMES[name]} (${duration(seconds)})
            </li>`,
        )}
      </ul>
      <div class="scroll tall" tabindex="0" role="region" aria-label="Steps of this ticket">
        <table>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col" class="num">For</th>
              <th scope="col">State</th>
              <th scope="col">Team</th>
              <th scope="col">Person</th>
            </tr>
          </thead>
          <tbody>
            ${spells.map(
              (spell) =>
                html`<tr>
                  <td>${dateTime(spell.start, this.zone)}</td>
                  <td class="num">${duration(spell.end - spell.start)}</td>
                  <td>${spell.state || '(none)'}${spell.class === 'unknown' ? nothing : html` (${CLASS_NAMES[spell.class]})`}</td>
                  <td>${spell.group || '(none)'}</td>
                  <td>${spell.assignee || '(nobody)'}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    `;
  }
}
