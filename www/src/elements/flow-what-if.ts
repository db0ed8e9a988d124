/** The calculator: what swarming would change by numbers that the reader types, without a single ticket. */

import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Table } from '../charts/chart.js';
import type { WhatIfView } from '../charts/what-if.js';
import { CALCULATED, WHAT_IF_HELP, whatIf, whatIfCsv } from '../charts/what-if.js';
import type { WhatIfAnswer } from '../engine/types.js';
import type { Theme } from './flow-element.js';
import { FlowFacts } from './flow-facts.js';
import { notesList, notesStyles } from './notes.js';
import { helpButton, helpPanel } from './panel.js';
import { policyList, policyStyles } from './policy-rows.js';
import type { WhatIfDesk } from './what-if-desk.js';

export class FlowWhatIf extends LitElement {
  static override styles = [
    ...FlowFacts.styles,
    notesStyles,
    policyStyles,
    css`
      h4 {
        margin: 0;
        font-size: 15px;
      }
      .origin {
        justify-self: start;
        padding: 4px 14px;
        border: 1px solid var(--_warn);
        border-radius: 16px;
        background: var(--_warn-soft);
        font-size: 14px;
        font-weight: 600;
      }
      .asking {
        padding: 16px;
        border: 1px solid var(--_line);
        border-radius: 12px;
      }
      /* What follows stands beside what is typed, where there is room. */
      .desk {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 500px), 1fr));
        gap: 16px 32px;
        align-items: start;
      }
      .answer,
      .first {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 16px;
      }
      #finding {
        display: grid;
        gap: 8px;
      }
      .state {
        min-height: 21px;
      }
      .old {
        padding: 10px 14px;
        border-inline-start: 4px solid var(--_warn);
        border-radius: 4px;
        background: var(--_warn-soft);
        font-size: 14px;
      }
      .stale {
        margin-inline-start: -14px;
        padding-inline-start: 12px;
        border-inline-start: 2px dashed var(--_control);
      }
    `,
  ];
  static override properties: Record<string, object> = {
    desk: { attribute: false },
    revision: { attribute: false },
    theme: { reflect: true },
    heading: {},
    showHelp: { state: true },
  };

  declare desk: WhatIfDesk | null;
  /** Grows with each change of the desk. */
  declare revision: number;
  declare theme: Theme;
  declare heading: string;
  declare private showHelp: boolean;

  constructor() {
    super();
    this.desk = null;
    this.revision = 0;
    this.theme = 'auto';
    this.heading = 'Calculate what swarming would change';
    this.showHelp = false;
  }

  /** The first answer is to the examples, so that a reader sees what there will be. */
  override firstUpdated(): void {
    this.desk?.start();
  }

  override render(): TemplateResult | typeof nothing {
    const { desk } = this;
    if (!desk) return nothing;
    const { answer } = desk;
    const view = answer ? whatIf(answer) : null;
    const shown = desk.wrong.size > 0 || desk.error ? 'answer stale' : 'answer';
    const busy = desk.running ? 'true' : 'false';
    return html`<section class="card" aria-labelledby="title">
      <div class="head">
        <h3 id="title">${this.heading}</h3>
        ${helpButton(this.showHelp, () => (this.showHelp = !this.showHelp))}
        <div class="tools">${answer ? html`<button @click=${() => { this.takeAway(answer); }}>Download CSV</button>` : nothing}</div>
      </div>
      ${helpPanel(this.showHelp, WHAT_IF_HELP, answer ? `${answer.definition}\n${answer.source}` : undefined)}
      <div class="body">
        <strong class="origin">${CALCULATED}</strong>
        <div class="desk">
          <div class="asking">
            <flow-what-if-form .desk=${desk} .revision=${this.revision} theme=${this.theme}></flow-what-if-form>
          </div>
          <div class="first">
            ${this.state(desk)} ${view ? html`<div class=${shown} aria-busy=${busy}>${this.first(view)}</div>` : nothing}
          </div>
        </div>
        ${view ? html`<div class=${shown} aria-busy=${busy}>${this.tables(view)}</div>` : nothing}
      </div>
    </section>`;
  }

  /** Whether the figures below are about the numbers above. */
  private state({ wrong, error, answer, running }: WhatIfDesk): TemplateResult {
    const old = answer ? ' The figures below are old: they are of the numbers before.' : '';
    if (error) return html`<div class="old" role="alert"><strong>${error.message}</strong> ${error.remedy}${old}</div>`;
    if (wrong.size > 0) {
      const which = wrong.size === 1 ? 'One field holds' : `${wrong.size} fields hold`;
      return html`<div class="old" role="alert">${which} what cannot be used; it is said there.${old}</div>`;
    }
    return html`<p class="muted state">${running ? 'Calculating…' : 'The answer follows each change.'}</p>`;
  }

  private first({ headline, finding, basis, rows, zero, breakEven }: WhatIfView): TemplateResult {
    return html`<div id="finding">
        <p class="headline">${headline}</p>
        ${finding === '' ? nothing : html`<p>${finding}</p>`}
      </div>
      <p class="summary">${basis}</p>
      <h4>Change of the mean lead time against the desk as it is</h4>
      <div>${policyList(rows, zero)}</div>
      <h4>From where on swarming is worse</h4>
      <p id="break-even">${breakEven}</p>`;
  }

  private tables({ policies, further, tiers, unstable, limits }: WhatIfView): TemplateResult {
    const table = (one: Table): TemplateResult => html`<flow-fitting-table .table=${one} theme=${this.theme}></flow-fitting-table>`;
    return html`${table(policies)}
      <details>
        <summary>Waits, work in progress and the formulas</summary>
        ${table(further)}
      </details>
      <h4>Each tier as it is</h4>
      ${unstable.length > 0 ? html`<p class="old">Unstable: ${unstable.join(', ')}. More work comes than these people can do, so the queue grows without end.</p>` : nothing}
      ${table(tiers)} ${notesList('What this cannot say', limits)}`;
  }

  private takeAway(answer: WhatIfAnswer): void {
    this.dispatchEvent(new CustomEvent('flow-take-away', { detail: { name: 'what-if.csv', text: whatIfCsv(answer) }, bubbles: true, composed: true }));
  }
}
