/** The chart elements that only the dashboard has. */

import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { ageingBands } from '../charts/ageing-bands.js';
import { cfd } from '../charts/cfd.js';
import type { CfdRange } from '../charts/cfd.js';
import type { ChartTheme, View } from '../charts/chart.js';
import { forecast } from '../charts/forecast.js';
import { leadTimeFits } from '../charts/lead-time-fits.js';
import { behaviourSeries, processBehaviour } from '../charts/process-behaviour.js';
import { survival } from '../charts/survival.js';
import { wipAge } from '../charts/wip-age.js';
import { wip } from '../charts/wip.js';
import type { Report } from '../engine/types.js';
import { ScaledChart } from './charts.js';
import { FlowChart } from './flow-chart.js';
import { choice, toggle } from './panel.js';

export class FlowSurvival extends ScaledChart {
  protected readonly heading = 'Open tickets counted too';
  protected readonly topic = 'survival';
  protected definition(report: Report): string | undefined {
    return report.survival?.definition;
  }
  protected view(report: Report, theme: ChartTheme): View {
    return survival(report, theme, { scale: this.scale });
  }
}

export class FlowFits extends FlowChart {
  static override properties: Record<string, object> = { ...FlowChart.properties, fits: { type: Boolean } };
  /** Whether the fitted curves are drawn. */
  declare fits: boolean;

  constructor() {
    super();
    this.fits = false;
  }

  protected readonly heading = 'How long tickets take';
  protected readonly topic = 'fits';
  protected override variant(): string {
    return String(this.fits);
  }
  protected override extras(): TemplateResult {
    return toggle('Curves', this.fits, () => (this.fits = !this.fits));
  }
  protected definition(report: Report): string | undefined {
    return [report.lead_time?.definition, this.fits ? report.fits?.definition : ''].filter(Boolean).join(' ');
  }
  protected view(report: Report, theme: ChartTheme): View {
    return leadTimeFits(report, theme, { fits: this.fits });
  }
}

export class FlowAgeingBands extends ScaledChart {
  static override properties: Record<string, object> = { ...ScaledChart.properties, bands: { attribute: false } };
  /** Whether the bands of each state are drawn; they are where the report has them. */
  declare bands: boolean;

  constructor() {
    super();
    this.bands = true;
  }

  protected readonly heading = 'Age of open tickets';
  protected readonly topic = 'ageing';
  protected override variant(): string {
    return `${this.scale} ${String(this.bands)}`;
  }
  protected override extras(): TemplateResult {
    const known = (this.report?.ageing?.bands ?? []).length > 0;
    return html`${known ? toggle('Bands', this.bands, () => (this.bands = !this.bands)) : nothing} ${super.extras()}`;
  }
  protected definition(report: Report): string | undefined {
    return report.ageing?.definition;
  }
  protected view(report: Report, theme: ChartTheme): View {
    return ageingBands(report, theme, { scale: this.scale, bands: this.bands });
  }
}

const RANGES: readonly CfdRange[] = ['all', '90 days', '30 days'];

export class FlowCfd extends FlowChart {
  static override properties: Record<string, object> = { ...FlowChart.properties, range: {} };
  /** `all` (default), `90 days` or `30 days`: the last ones. */
  declare range: CfdRange;

  constructor() {
    super();
    this.range = 'all';
  }

  protected readonly heading = 'Cumulative flow';
  protected readonly topic = 'cfd';
  protected override variant(): string {
    return this.range;
  }
  protected override extras(): TemplateResult {
    return choice('Last days', RANGES, this.range, (range) => (this.range = range));
  }
  protected definition(report: Report): string | undefined {
    return report.cfd?.definition;
  }
  protected view(report: Report, theme: ChartTheme): View {
    return cfd(report, theme, { range: this.range });
  }
}

const MEASURES = ['number', 'age'] as const;
type Measure = (typeof MEASURES)[number];

export class FlowWipAge extends FlowChart {
  static override properties: Record<string, object> = { ...FlowChart.properties, measure: {} };
  /** `number` of tickets (default) or their `age` together. */
  declare measure: Measure;

  constructor() {
    super();
    this.measure = 'number';
  }

  protected readonly heading = 'Work in progress';
  protected readonly topic = 'wip';
  protected override variant(): string {
    return this.measure;
  }
  protected override extras(): TemplateResult {
    return choice('Measured by', MEASURES, this.measure, (measure) => (this.measure = measure));
  }
  protected definition(report: Report): string | undefined {
    return [report.wip?.definition, report.stability?.definition].filter(Boolean).join(' ');
  }
  protected view(report: Report, theme: ChartTheme): View {
    return this.measure === 'age' ? wipAge(report, theme) : wip(report, theme);
  }
}

export class FlowBehaviour extends FlowChart {
  static override styles = [
    ...FlowChart.styles,
    css`
      .tools,
      select {
        min-width: 0;
        max-width: 100%;
      }
    `,
  ];
  static override properties: Record<string, object> = { ...FlowChart.properties, series: {} };
  /** Name of the series; the first one of the report by default. */
  declare series: string | null;

  constructor() {
    super();
    this.series = null;
  }

  protected readonly heading = 'Signal or noise';
  protected readonly topic = 'process_behaviour';
  protected override variant(): string {
    return this.series ?? '';
  }
  protected override extras(): TemplateResult | typeof nothing {
    const offered = this.report ? behaviourSeries(this.report) : [];
    if (offered.length < 2) return nothing;
    const current = offered.find(({ id }) => id === this.series) ?? offered[0];
    return html`<select
      aria-label="Which figure"
      @change=${(event: Event) => {
        this.series = offered[(event.target as HTMLSelectElement).selectedIndex]?.id ?? null;
      }}
    >
      ${offered.map(({ id, label }) => html`<option ?selected=${id === current?.id}>${label}</option>`)}
    </select>`;
  }
  protected definition(report: Report): string | undefined {
    return report.process_behaviour?.definition;
  }
  protected view(report: Report, theme: ChartTheme): View {
    return processBehaviour(report, theme, { series: this.series });
  }
}

export class FlowForecast extends FlowChart {
  static override styles = [
    ...FlowChart.styles,
    css`
      :host {
        container-type: inline-size;
      }
      @container (max-width: 520px) {
        .chart {
          /* Two pictures, one above the other. */
          min-height: 560px;
        }
      }
    `,
  ];
  protected readonly heading = 'Forecast';
  protected readonly topic = 'forecast';
  protected definition(report: Report): string | undefined {
    return report.forecast?.definition;
  }
  protected view(report: Report, theme: ChartTheme): View {
    return forecast(report, theme);
  }
}
