/** The day at which the report stands: a slider over the days of the data, and a date field. */

import { css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { date } from '../../charts/format.js';
import { dayNumber, isoDay } from '../../engine/question.js';
import type { Query, Report } from '../../engine/types.js';
import type { Questions } from '../questions.js';
import { ControlPanel, textOf } from './control-panel.js';
import { daysOf } from './days.js';

export class FlowAsOfPanel extends ControlPanel {
  protected readonly from = 'as-of';
  static override styles = [
    ...ControlPanel.styles,
    css`
      input[type='range'] {
        width: 100%;
        min-height: 32px;
        padding: 0;
        border: 0;
        background: none;
        accent-color: var(--_accent);
      }
      .ends {
        display: flex;
        justify-content: space-between;
        gap: 12px;
        color: var(--_muted);
        font-size: 13px;
      }
      .day {
        font-size: 18px;
        font-weight: 650;
      }
    `,
  ];

  protected content(_: Questions, query: Query, whole: Report): TemplateResult {
    const { first, last } = daysOf(whole);
    const now = query.as_of ? dayNumber(query.as_of) : last;
    const shown = Number.isNaN(now) ? last : now;
    return html`<h2 id="as-of-title">The board at the end of a day</h2>
      <p>
        Whatever happened after that day is not known yet: what was open then is open, with the age that it had.
        <br /><span class="day">${query.as_of ? date(query.as_of) : `${date(isoDay(last))} (the latest in the data)`}</span>
      </p>
      <div>
        <input
          type="range"
          id="day"
          min=${first}
          max=${last}
          step="1"
          aria-label="As of"
          aria-valuetext=${date(isoDay(shown))}
          .value=${String(shown)}
          @input=${(event: Event) => { this.put(Number(textOf(event)), last); }}
        />
        <div class="ends"><span>${date(isoDay(first))}</span><span>${date(isoDay(last))}</span></div>
      </div>
      <div class="row">
        <button aria-label="The day before" ?disabled=${shown <= first} @click=${() => { this.put(shown - 1, last); }}>− 1 day</button>
        <button aria-label="The day after" ?disabled=${shown >= last} @click=${() => { this.put(shown + 1, last); }}>+ 1 day</button>
        <label>
          <span>Date</span>
          <input
            type="date"
            .value=${isoDay(shown)}
            aria-invalid=${this.refused ? 'true' : 'false'}
            @change=${(event: Event) => { this.put(dayNumber(textOf(event)), last); }}
          />
        </label>
        <button ?disabled=${!query.as_of} @click=${() => { this.set({ as_of: undefined }, 'As of the latest'); }}>Latest in the data</button>
        <button @click=${() => { this.put(Math.floor(Date.now() / 86_400_000), last); }}>Today</button>
      </div>
      <p class="muted">The arrow keys move the slider by a day, Page Up and Page Down by more.</p>`;
  }

  private put(day: number, last: number): void {
    if (Number.isNaN(day)) return;
    // The last day is not over where the data end: its own instant is the better answer.
    this.set({ as_of: day === last ? undefined : isoDay(day) }, 'As-of');
  }
}
