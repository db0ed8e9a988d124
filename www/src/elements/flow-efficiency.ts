/** Work against waiting by the states, and what was blocked. */

import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Missing } from '../charts/chart.js';
import { FLOW_EFFICIENCY_HELP, flowEfficiency } from '../charts/flow-efficiency.js';
import type { EfficiencyView } from '../charts/flow-efficiency.js';
import type { Report } from '../engine/types.js';
import { barList, barStyles } from './bar-list.js';
import { FlowFacts } from './flow-facts.js';
import { segmentBar, segmentStyles } from './segment-bar.js';

export class FlowEfficiencyCard extends FlowFacts<EfficiencyView> {
  protected readonly heading = 'Work and waiting';
  protected readonly help = FLOW_EFFICIENCY_HELP;
  static override styles = [
    ...FlowFacts.styles,
    segmentStyles,
    barStyles,
    css`
      .blocked {
        padding-top: 14px;
        border-top: 1px solid var(--_line);
      }
    `,
  ];

  protected definitions(report: Report): (string | undefined)[] {
    return [report.flow_efficiency?.definition, report.flow_efficiency?.blocked.definition];
  }

  protected view(report: Report): EfficiencyView | Missing {
    return flowEfficiency(report);
  }

  protected override picture({ segments }: EfficiencyView): TemplateResult {
    return segmentBar(segments);
  }

  protected override more(_report: Report, { blocked, blockedBars }: EfficiencyView): TemplateResult {
    return html`<p class="blocked">${blocked}</p>
      ${this.showTable || blockedBars.length === 0 ? nothing : barList(blockedBars, 'c4')}`;
  }
}
