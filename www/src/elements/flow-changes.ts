/** Change practice: outcomes, kinds, windows, collisions, and how long each step takes. */

import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { CHANGES_HELP, changeDimensions, changePractice, changesBy, timesTable } from '../charts/change-practice.js';
import type { PracticeView } from '../charts/change-practice.js';
import type { Missing } from '../charts/chart.js';
import { dimensionName } from '../charts/format.js';
import type { Report } from '../engine/types.js';
import { barList, barStyles } from './bar-list.js';
import { FlowFacts, gapList } from './flow-facts.js';
import { notesList, notesStyles } from './notes.js';
import { rateList, rateStyles } from './rate-list.js';
import { segmentBar, segmentStyles } from './segment-bar.js';

export class FlowChanges extends FlowFacts<PracticeView> {
  protected readonly heading = 'Change practice';
  protected readonly help = CHANGES_HELP;
  static override styles = [
    ...FlowFacts.styles,
    barStyles,
    rateStyles,
    segmentStyles,
    notesStyles,
    css`
      .parts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr));
        gap: 24px 36px;
      }
      .parts > div {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 10px;
        align-content: start;
      }
      h4 {
        margin: 0;
        font-size: 15px;
      }
      .lines {
        gap: 4px;
        font-size: 14px;
      }
      label.by {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        align-items: center;
        margin-top: 6px;
        font-weight: 600;
      }
    `,
  ];
  static override properties: Record<string, object> = { ...FlowFacts.properties, by: {} };
  /** Name of the dimension; the first one that the report has, where it has not this one. */
  declare by: string | null;

  constructor() {
    super();
    this.by = null;
  }

  protected definitions({ changes }: Report): (string | undefined)[] {
    return [changes?.definition, changes?.success?.definition, changes?.window?.definition, changes?.collisions?.definition];
  }

  protected view(report: Report): PracticeView | Missing {
    return changePractice(report);
  }

  protected override picture({ outcomes, kinds, rates, window, collisions }: PracticeView): TemplateResult {
    const list = (lines: readonly string[]): TemplateResult => html`<ul class="lines">
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ul>`;
    return html`<div class="parts">
      <div>
        <h4>How they ended</h4>
        ${segmentBar(outcomes)}
      </div>
      ${kinds.length > 0
        ? html`<div>
            <h4>Of which kind</h4>
            ${barList(kinds)}
          </div>`
        : nothing}
      ${window
        ? html`<div>
            <h4>Planned against actual</h4>
            ${rateList(rates)} ${list(window.lines)}
          </div>`
        : nothing}
      ${collisions
        ? html`<div>
            <h4>Collisions in the schedule</h4>
            ${list(collisions.lines)} ${barList(collisions.bars)}
          </div>`
        : nothing}
    </div>`;
  }

  protected override more(report: Report, { gaps, cautions }: PracticeView): TemplateResult {
    const times = this.showTable || !report.changes ? null : timesTable(report.changes);
    const offered = changeDimensions(report);
    const current = offered.find((name) => name === this.by) ?? offered[0];
    return html`${times ? html`<flow-fitting-table .table=${times} theme=${this.theme}></flow-fitting-table>` : nothing}
      ${current === undefined
        ? nothing
        : html`<label class="by">
              Changes by
              <select
                @change=${(event: Event) => {
                  this.by = offered[(event.target as HTMLSelectElement).selectedIndex] ?? null;
                }}
              >
                ${offered.map((name) => html`<option ?selected=${name === current}>${dimensionName(report, name)}</option>`)}
              </select>
            </label>
            <flow-fitting-table .table=${changesBy(report, current)} theme=${this.theme}></flow-fitting-table>`}
      ${gapList(gaps)} ${notesList('What speaks against these figures', cautions)}`;
  }
}
