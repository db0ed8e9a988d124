/** Steps back in the flow. */

import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Missing } from '../charts/chart.js';
import { REWORK_HELP, rework } from '../charts/rework.js';
import type { ReworkView } from '../charts/rework.js';
import type { Report } from '../engine/types.js';
import { barList, barStyles } from './bar-list.js';
import { FlowFacts } from './flow-facts.js';
import { rateList, rateStyles } from './rate-list.js';

export class FlowRework extends FlowFacts<ReworkView> {
  protected readonly heading = 'Steps back';
  protected readonly help = REWORK_HELP;
  static override styles = [...FlowFacts.styles, barStyles, rateStyles];

  protected definitions(report: Report): (string | undefined)[] {
    return [report.rework?.definition];
  }

  protected view(report: Report): ReworkView | Missing {
    return rework(report);
  }

  protected override picture({ rates, bars, rest }: ReworkView): TemplateResult {
    return html`${rateList(rates)} ${barList(bars, 'c2')} ${rest ? html`<p class="muted">${rest}</p>` : nothing}`;
  }
}
