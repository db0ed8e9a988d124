/** The proven lower bound of waiting: one sentence, one bar in three parts. */

import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Missing } from '../charts/chart.js';
import { WAITING_HELP, waiting } from '../charts/waiting.js';
import type { Waiting } from '../charts/waiting.js';
import type { Report } from '../engine/types.js';
import { FlowFacts } from './flow-facts.js';
import { segmentBar, segmentStyles } from './segment-bar.js';

export class FlowWaiting extends FlowFacts<Waiting> {
  protected readonly heading = 'Waiting';
  protected readonly help = WAITING_HELP;
  static override styles = [...FlowFacts.styles, segmentStyles];

  protected definitions(report: Report): (string | undefined)[] {
    return [report.queue?.definition, ...(report.queue?.assumptions ?? []).map((text) => `Assumed: ${text}`)];
  }

  protected view(report: Report): Waiting | Missing {
    return waiting(report);
  }

  protected override picture({ segments, note }: Waiting): TemplateResult {
    return html`${segmentBar(segments)} ${note ? html`<p class="muted">${note}</p>` : nothing}`;
  }
}
