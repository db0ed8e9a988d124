/** The chart elements: each names its chart, its help and its switches. */

import type { TemplateResult } from 'lit';
import { ageing } from '../charts/ageing.js';
import type { ChartTheme, View } from '../charts/chart.js';
import { handoffs } from '../charts/handoffs.js';
import { leadTimeHistogram } from '../charts/lead-time-histogram.js';
import { leadTimeScatter } from '../charts/lead-time-scatter.js';
import { throughput } from '../charts/throughput.js';
import type { Period } from '../charts/throughput.js';
import type { Scale } from '../charts/time-axis.js';
import { wip } from '../charts/wip.js';
import type { Report } from '../engine/types.js';
import { FlowChart } from './flow-chart.js';
import { choice } from './panel.js';

const SCALES: readonly Scale[] = ['log', 'linear'];

/** A chart whose durations can be drawn on either scale. */
export abstract class ScaledChart extends FlowChart {
  static override properties: Record<string, object> = { ...FlowChart.properties, scale: {} };
  /** `log` (default) or `linear`. */
  declare scale: Scale;

  constructor() {
    super();
    this.scale = 'log';
  }

  protected override variant(): string {
    return this.scale;
  }

  protected override extras(): TemplateResult {
    return choice('Scale', SCALES, this.scale, (scale) => (this.scale = scale));
  }
}

export class FlowLeadTime extends ScaledChart {
  protected readonly heading = 'Lead time';
  protected readonly topic = 'lead_time';
  protected definition(report: Report): string | undefined {
    return report.lead_time?.definition;
  }
  protected view(report: Report, theme: ChartTheme): View {
    return leadTimeScatter(report, theme, { scale: this.scale });
  }
}

export class FlowLeadTimeHistogram extends FlowChart {
  protected readonly heading = 'How long tickets take';
  protected readonly topic = 'lead_time_histogram';
  protected definition(report: Report): string | undefined {
    return report.lead_time?.definition;
  }
  protected view(report: Report, theme: ChartTheme): View {
    return leadTimeHistogram(report, theme);
  }
}

const PERIODS: readonly Period[] = ['daily', 'weekly', 'monthly'];

export class FlowThroughput extends FlowChart {
  static override properties: Record<string, object> = { ...FlowChart.properties, period: {} };
  /** `daily`, `weekly` (default) or `monthly`. */
  declare period: Period;

  constructor() {
    super();
    this.period = 'weekly';
  }

  protected readonly heading = 'Opened and resolved';
  protected readonly topic = 'throughput';
  protected override variant(): string {
    return this.period;
  }
  protected override extras(): TemplateResult {
    return choice('Period', PERIODS, this.period, (period) => (this.period = period));
  }
  protected definition(report: Report): string | undefined {
    return [report.throughput?.definition, report.throughput?.dispersion?.definition].filter(Boolean).join(' ');
  }
  protected view(report: Report, theme: ChartTheme): View {
    return throughput(report, theme, { period: this.period });
  }
}

export class FlowWip extends FlowChart {
  protected readonly heading = 'Work in progress';
  protected readonly topic = 'wip';
  protected definition(report: Report): string | undefined {
    return report.wip?.definition;
  }
  protected view(report: Report, theme: ChartTheme): View {
    return wip(report, theme);
  }
}

export class FlowAgeing extends ScaledChart {
  protected readonly heading = 'Age of open tickets';
  protected readonly topic = 'ageing';
  protected definition(report: Report): string | undefined {
    return report.ageing?.definition;
  }
  protected view(report: Report, theme: ChartTheme): View {
    return ageing(report, theme, { scale: this.scale });
  }
}

export class FlowHandoffs extends FlowChart {
  protected readonly heading = 'Handoffs between teams';
  protected readonly topic = 'handoffs';
  protected definition(report: Report): string | undefined {
    return report.handoffs?.definition;
  }
  protected view(report: Report, theme: ChartTheme): View {
    return handoffs(report, theme);
  }
}
