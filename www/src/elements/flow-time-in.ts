/** Where the time of finished tickets went: a bar for each state or team, longest first. */

import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Missing } from '../charts/chart.js';
import { TIME_IN_HELP, timeIn, timeInPart } from '../charts/time-in.js';
import type { TimeInBy, TimeInView } from '../charts/time-in.js';
import type { Report, StateClass } from '../engine/types.js';
import { FlowFacts, barOf } from './flow-facts.js';
import { choice } from './panel.js';

const BY = ['state', 'team'] as const;
type By = (typeof BY)[number];

/** Colours of the classes; the class is also said in words. */
const COLOURS: Partial<Record<StateClass, string>> = { active: 'c1', queue: 'c2', hold: 'c4' };

export class FlowTimeIn extends FlowFacts<TimeInView> {
  protected readonly heading = 'Where time goes';
  protected readonly help = TIME_IN_HELP;
  static override styles = [
    ...FlowFacts.styles,
    css`
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 4px;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        gap: 0 10px;
        align-items: baseline;
      }
      .value {
        margin-inline-start: auto;
        font-weight: 600;
      }
    `,
  ];

  static override properties: Record<string, object> = { ...FlowFacts.properties, by: {} };
  /** `state` (default) or `team`. */
  declare by: By;

  constructor() {
    super();
    this.by = 'state';
  }

  private get key(): TimeInBy {
    return this.by === 'team' ? 'group' : 'state';
  }

  protected definitions(report: Report): (string | undefined)[] {
    return [timeInPart(report, this.key)?.definition];
  }

  protected override extras(): TemplateResult {
    return choice('Split by', BY, this.by, (by) => (this.by = by));
  }

  protected view(report: Report): TimeInView | Missing {
    return timeIn(report, this.key);
  }

  protected override picture({ bars, more }: TimeInView): TemplateResult {
    return html`<ul class="figures">
        ${bars.map(
          (bar) =>
            html`<li>
              <span class="line">
                <strong>${bar.label}</strong> <span class="muted">${bar.detail}</span> <span class="value">${bar.text}</span>
              </span>
              <svg height="10" aria-hidden="true">
                ${barOf(bar.length, bar.class === null ? 'c3' : (COLOURS[bar.class] ?? 'c0'))}
              </svg>
            </li>`,
        )}
      </ul>
      ${more ? html`<p class="muted">${more}</p>` : nothing}`;
  }
}
