/** People and groups per ticket, and how long those took that went through more. */

import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Missing } from '../charts/chart.js';
import { TOUCHES_HELP, touchedBy, touches } from '../charts/touches.js';
import type { TouchedBy, TouchesView } from '../charts/touches.js';
import type { Report } from '../engine/types.js';
import { barList, barStyles } from './bar-list.js';
import { FlowFacts } from './flow-facts.js';
import { choice } from './panel.js';
import { rateList, rateStyles } from './rate-list.js';

export class FlowTouches extends FlowFacts<TouchesView> {
  protected readonly heading = 'How many hands';
  protected readonly help = TOUCHES_HELP;
  static override styles = [...FlowFacts.styles, barStyles, rateStyles];
  static override properties: Record<string, object> = { ...FlowFacts.properties, by: {} };
  /** `people` (default) or `groups`. */
  declare by: TouchedBy;

  constructor() {
    super();
    this.by = 'people';
  }

  protected definitions(report: Report): (string | undefined)[] {
    return [report.touches?.definition];
  }

  protected override extras(): TemplateResult {
    const offered = this.report ? touchedBy(this.report) : [];
    return offered.length > 1 ? choice('Counted', offered, this.by, (by) => (this.by = by)) : html``;
  }

  protected view(report: Report): TouchesView | Missing {
    return touches(report, this.by);
  }

  protected override picture({ bars }: TouchesView): TemplateResult {
    return barList(bars);
  }

  protected override more(_report: Report, { rates }: TouchesView): TemplateResult {
    return rateList(rates);
  }
}
