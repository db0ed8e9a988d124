/** Tickets that came back: how many, and how sure that is. */

import type { TemplateResult } from 'lit';
import { AGAIN_HELP, again } from '../charts/again.js';
import type { Again } from '../charts/again.js';
import type { Missing } from '../charts/chart.js';
import type { Report } from '../engine/types.js';
import { FlowFacts, gapList } from './flow-facts.js';
import { rateList, rateStyles } from './rate-list.js';

export class FlowAgain extends FlowFacts<Again> {
  protected readonly heading = 'Again and again';
  protected readonly help = AGAIN_HELP;
  static override styles = [...FlowFacts.styles, rateStyles];

  protected definitions(report: Report): (string | undefined)[] {
    return [report.reopens?.definition, report.reassignments?.definition];
  }

  protected view(report: Report): Again | Missing {
    return again(report);
  }

  protected override picture({ rates }: Again): TemplateResult {
    return rateList(rates);
  }

  protected override more(_report: Report, { gaps }: Again): ReturnType<typeof gapList> {
    return gapList(gaps);
  }
}
