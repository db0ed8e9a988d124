/** The desk replayed on request: what one queue or a swarm would have changed, how sure that is, and what it hangs on. */

import { css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import type { Missing } from '../charts/chart.js';
import type { Details, Measure, SwarmView } from '../charts/swarm.js';
import { MEASURES, SWARM_HELP, axisOf, policyRows, swarm, swarmCsv } from '../charts/swarm.js';
import { swarmMoney } from '../charts/swarm-money.js';
import { verdictName } from '../charts/swarm-words.js';
import type { Report } from '../engine/types.js';
import { FlowFacts } from './flow-facts.js';
import { notesList, notesStyles } from './notes.js';
import { policyList, policyStyles } from './policy-rows.js';
import type { SwarmDesk } from './swarm-desk.js';

export class FlowSwarm extends FlowFacts<SwarmView> {
  protected readonly heading = 'What if it had been swarmed?';
  protected readonly help = SWARM_HELP;
  static override styles = [
    ...FlowFacts.styles,
    notesStyles,
    policyStyles,
    css`
      h4 {
        margin: 0;
        font-size: 15px;
      }
      .tag {
        justify-self: start;
        padding: 2px 12px;
        border: 1px solid var(--_control);
        border-radius: 999px;
        font-size: 14px;
        font-weight: 600;
      }
      .measure {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        align-items: center;
        font-weight: 600;
      }
      .answer {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 14px;
      }
      .asking {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 14px;
        padding: 16px;
        border: 1px solid var(--_line);
        border-radius: 12px;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 14px;
        align-items: center;
      }
      .buttons progress {
        width: 120px;
      }
      .parts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 340px), 1fr));
        gap: 18px 36px;
      }
      .parts > div {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 6px;
        align-content: start;
      }
      .parts ul {
        gap: 4px;
        padding-inline-start: 18px;
        list-style: disc;
      }
      .money {
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 240px), 1fr));
      }
      .money li {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 2px;
        align-content: start;
        padding: 14px 16px;
        border: 1px solid var(--_line);
        border-radius: 10px;
      }
      .figure {
        font-size: 24px;
        font-weight: 680;
        line-height: 1.25;
      }
      .failed {
        padding: 10px 14px;
        border-inline-start: 4px solid var(--_warn);
        border-radius: 4px;
        background: var(--_warn-soft);
      }
      .printed {
        display: none;
      }
      @media print {
        .printed {
          display: block;
        }
        .buttons {
          display: none;
        }
      }
    `,
  ];
  static override properties: Record<string, object> = {
    ...FlowFacts.properties,
    desk: { attribute: false },
    revision: { attribute: false },
    measure: { state: true },
  };
  /** What answers; without one the card shows what its report holds. */
  declare desk: SwarmDesk | null;
  /** Grows with each change of the desk. */
  declare revision: number;
  declare private measure: Measure;

  constructor() {
    super();
    this.desk = null;
    this.revision = 0;
    this.measure = 'change_lead_mean';
  }

  /** Which of the buttons has the focus. */
  private pressed: string | null = null;

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    const id = (this.renderRoot as ShadowRoot | undefined)?.activeElement?.id;
    this.pressed = id === 'replay' || id === 'cancel' ? id : null;
  }

  /** A button that goes away leaves the focus to the one in its place. */
  override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.pressed === null || this.renderRoot.querySelector(`#${this.pressed}`)) return;
    this.renderRoot.querySelector<HTMLElement>('#replay, #cancel')?.focus();
  }

  protected definitions({ swarm: part }: Report): (string | undefined)[] {
    return [part?.definition, part?.calibration.definition];
  }

  protected view(report: Report): SwarmView | Missing {
    const view = swarm(report);
    // Why there is no answer does not hang on what is selected.
    if (view.kind === 'missing' || !report.swarm || this.desk?.outdated !== 'question') return view;
    return { ...view, summary: `About what was selected when it was computed, not what is selected now. ${view.summary}` };
  }

  protected override extras(): TemplateResult {
    const part = this.report?.swarm;
    return html`${part ? html`<button @click=${() => { this.emit('flow-take-away', { name: 'swarm.csv', text: swarmCsv(part) }); }}>Download CSV</button>` : nothing}`;
  }

  protected override picture({ details }: SwarmView): TemplateResult {
    const part = this.report?.swarm;
    if (!part || !details) return html``;
    const { zero } = axisOf(part, this.measure);
    return html`<div class=${this.desk?.outdated ? 'answer stale' : 'answer'}>
      <span class="tag">${verdictName(details.verdict)}</span>
      <label class="measure">
        Change of
        <select @change=${(event: Event) => { this.measure = MEASURES[(event.target as HTMLSelectElement).selectedIndex]?.measure ?? 'change_lead_mean'; }}>
          ${MEASURES.map(({ measure, label }) => html`<option ?selected=${measure === this.measure}>${label.toLowerCase()}</option>`)}
        </select>
      </label>
      ${policyList(policyRows(part, this.measure), zero)}
    </div>`;
  }

  protected override more(report: Report, { details }: SwarmView): TemplateResult {
    return html`${this.asking()} ${details ? this.told(details, this.money(report)) : nothing}`;
  }

  // ---- asking ----

  private asking(): TemplateResult | typeof nothing {
    const { desk } = this;
    if (!desk) return nothing;
    return html`<div class="asking">
      <h4>What is assumed</h4>
      <p class="printed">${assumptions(desk)}</p>
      <flow-swarm-controls .desk=${desk} .revision=${this.revision} theme=${this.theme}></flow-swarm-controls>
      ${desk.error ? html`<div class="failed" role="alert"><strong>${desk.error.message}</strong> ${desk.error.remedy}</div>` : nothing}
      ${this.buttons(desk)}
    </div>`;
  }

  private buttons(desk: SwarmDesk): TemplateResult {
    const { running, shown, outdated } = desk;
    if (running === 'full') {
      return html`<div class="buttons">
        <button id="cancel" @click=${() => { desk.cancel(); }}>Cancel</button>
        <progress aria-label="Replaying the desk"></progress>
        <span>Replaying the desk. This takes seconds.</span>
      </div>`;
    }
    const due = shown !== 'full' || outdated !== null;
    const label = shown === null ? 'Replay the desk' : outdated === 'question' ? 'Replay it for what is selected now' : due ? 'Full answer' : 'Replay again';
    return html`<div class="buttons">
      <button id="replay" class=${due ? 'primary' : ''} @click=${() => { desk.replay(); }}>${label}</button>
      <span class="muted">${this.state(desk)}</span>
    </div>`;
  }

  private state({ running, shown, outdated }: SwarmDesk): string {
    if (running === 'quick') return 'Looking: a quick answer follows.';
    if (shown === null) return 'The desk is replayed some hundred times in this browser; that takes seconds and can be cancelled.';
    if (outdated === 'question') return 'These figures are about what was selected when they were computed.';
    if (outdated === 'assumptions') return 'These figures are about other assumptions.';
    if (shown === 'quick') return 'A quick answer: five draws in the model that fits best, no other assumption varied.';
    return 'All assumptions varied. Move one to get a quick answer.';
  }

  // ---- what came of it ----

  private money(report: Report): TemplateResult | typeof nothing {
    const rates = this.desk?.rates ?? { wage: null, delay: null };
    const found = swarmMoney(report, { ...rates, currency: this.desk?.currency ?? '' });
    if (!found) return nothing;
    return html`<h4>What that is in hours and money: ${found.policy.toLowerCase()}</h4>
      <ul class="money figures">
        ${found.lines.map(
          ({ label, figure, range, detail }) =>
            html`<li>
              <strong>${label}</strong>
              <span class="figure">${figure}</span>
              <span class="muted">${range}</span>
              <span class="muted">${detail}</span>
            </li>`,
        )}
      </ul>
      <p class="muted">Over all finished tickets of this page. The two are never added: a waiting ticket costs no salary.</p>`;
  }

  private told({ grade, calibration, models, breakEven, wouldChange, limits, sensitivity }: Details, money: TemplateResult | typeof nothing): TemplateResult {
    const list = (lines: readonly string[]): TemplateResult => html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
    return html`<div class="parts">
        <div>
          <h4>How far the replay can be trusted</h4>
          <p>${grade}</p>
          <p class="muted">${calibration}</p>
        </div>
        <div>
          <h4>From where on swarming is worse</h4>
          <p>${breakEven}</p>
        </div>
        ${wouldChange.length > 0 ? html`<div><h4>What would change this verdict</h4>${list(wouldChange)}</div>` : nothing}
      </div>
      ${this.showTable
        ? nothing
        : html`<details>
            <summary>All models of the desk as it is</summary>
            <flow-fitting-table .table=${models} theme=${this.theme}></flow-fitting-table>
          </details>`}
      ${money}
      ${sensitivity
        ? html`<h4>What the answer hangs on</h4>
            <flow-fitting-table .table=${sensitivity} theme=${this.theme}></flow-fitting-table>`
        : nothing}
      ${notesList('What this cannot say', limits)}`;
  }
}

/** For paper, which has no sliders. */
function assumptions({ choice: { size, alpha, kappa, subset }, rates: { wage, delay }, currency }: SwarmDesk): string {
  const price = (rate: number | null): string => (rate === null ? 'not said' : [rate, currency].filter((one) => one !== '').join(' '));
  return `${size} people on one ticket; alpha ${alpha}; kappa ${kappa}; fixed swarms for: ${subset.join(', ')}; an hour of staff: ${price(wage)}; an hour that a ticket waits: ${price(delay)}.`;
}
