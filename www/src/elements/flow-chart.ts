/** A chart as a card: title, "?", the summary in words, and the picture or its table. Its slot lies below the picture. */

import { css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import type { ECharts } from 'echarts/core';
import type { ChartTheme, Drawing, Mark, View } from '../charts/chart.js';
import type { Help, Topic } from '../charts/help.js';
import type { Report } from '../engine/types.js';
import { FlowElement } from './flow-element.js';
import { helpButton, helpPanel, missingPanel, tableButton } from './panel.js';
import { panel, tables } from './styles.js';
import { turn } from './turn.js';

const NARROW_PX = 520;

export abstract class FlowChart extends FlowElement {
  static override styles = [
    ...FlowElement.styles,
    tables,
    panel,
    css`
      .chart {
        /* The picture fills the card and never stretches it: else two cards in a row would make each other grow. */
        contain: size;
        flex: 1 1 auto;
        width: 100%;
        min-height: var(--flow-chart-height, 320px);
      }
      .notes {
        margin: 0;
        padding-inline-start: 20px;
        font-size: 14px;
      }
      .chart[hidden] {
        display: none;
      }
      .probe {
        display: none;
      }
      .p-text {
        color: var(--_text);
      }
      .p-muted {
        color: var(--_muted);
      }
      .p-line {
        color: var(--_line);
      }
      .p-surface {
        color: var(--_surface);
      }
      .p-s1 {
        color: var(--_s1);
      }
      .p-s2 {
        color: var(--_s2);
      }
      .p-s3 {
        color: var(--_s3);
      }
      .p-s4 {
        color: var(--_s4);
      }
    `,
  ];

  static override properties: Record<string, object> = {
    ...FlowElement.properties,
    showTable: { type: Boolean, attribute: 'table', reflect: true },
    showHelp: { state: true },
    narrow: { state: true },
    failed: { state: true },
  };

  /** Show the table instead of the picture. */
  declare showTable: boolean;
  declare private showHelp: boolean;
  declare private narrow: boolean;
  declare private failed: boolean;

  private chart: ECharts | null = null;
  private renderer: string | null = null;
  private readonly resized = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) {
      // The picture's own place changes too where only the text above it does.
      if (target === this) this.narrow = contentRect.width < NARROW_PX;
      else this.fit(contentRect);
    }
  });
  private readonly seen = new IntersectionObserver(
    (entries) => {
      if (this.near || !entries.some((entry) => entry.isIntersecting)) return;
      this.near = true;
      this.requestUpdate();
    },
    { rootMargin: '400px' },
  );
  private readonly dark = matchMedia('(prefers-color-scheme: dark)');
  private readonly printing = (): void => {
    this.near = true;
    this.requestUpdate();
  };
  private readonly recolour = (): void => {
    this.requestUpdate();
  };

  constructor() {
    super();
    this.showTable = false;
    this.showHelp = false;
    this.narrow = false;
    this.failed = false;
  }

  /** Which text of the help is this chart's. */
  protected abstract readonly topic: Topic;
  /** The definition that the report prints for this part. */
  protected abstract definition(report: Report): string | undefined;
  protected abstract view(report: Report, theme: ChartTheme): View;
  /** Buttons of its own, beside "Table". */
  protected extras(): TemplateResult | typeof nothing {
    return nothing;
  }

  /** The state of those buttons. */
  protected variant(): string {
    return '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.resized.observe(this);
    this.seen.observe(this);
    this.dark.addEventListener('change', this.recolour);
    addEventListener('beforeprint', this.printing);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized.disconnect();
    this.seen.disconnect();
    this.dark.removeEventListener('change', this.recolour);
    removeEventListener('beforeprint', this.printing);
    this.dispose();
  }

  protected override content(report: Report): TemplateResult {
    const view = this.current(report);
    const drawn = view.kind === 'drawing';
    const picture = drawn && !this.showTable && !this.failed;
    return html`<section class="card" aria-labelledby="title">
      <div class="head">
        <h3 id="title">${this.heading}</h3>
        ${helpButton(this.showHelp, () => void this.toggleHelp())}
        <div class="tools">
          ${picture ? this.extras() : nothing}
          ${drawn ? tableButton(this.showTable, () => (this.showTable = !this.showTable)) : nothing}
        </div>
      </div>
      ${this.help ? helpPanel(this.showHelp, this.help, this.definition(report), report) : nothing}
      ${drawn
        ? html`<p class="summary" id="summary">${view.summary}</p>`
        : missingPanel(view)}
      ${drawn && view.notes?.length ? html`<ul class="notes">${view.notes.map((note) => html`<li>${note}</li>`)}</ul>` : nothing}
      ${drawn && (this.showTable || this.failed)
        ? [view.table, ...(view.further ?? [])].map(
            (table) => html`<flow-data-table .table=${table} theme=${this.theme}></flow-data-table>`,
          )
        : nothing}
      <div
        class="chart"
        role="img"
        aria-labelledby="title"
        aria-describedby=${drawn ? 'summary' : nothing}
        ?hidden=${!picture}
      ></div>
      ${picture ? html`<slot></slot>` : nothing}
      ${['text', 'muted', 'line', 'surface', 's1', 's2', 's3', 's4'].map((name) => html`<span class="probe p-${name}"></span>`)}
    </section>`;
  }

  override updated(changed: PropertyValues): void {
    super.updated(changed);
    // Only now does every probe exist: the first picture is drawn in the right colours at once.
    const view = this.report ? this.current(this.report) : null;
    if (view?.kind === 'drawing' && !this.showTable && !this.failed) void this.draw(view);
    else this.dispose();
  }

  private made: { key: string; report: Report; view: View } | null = null;

  /** The view, made anew only where report, switches or colours changed: thousands of points are not free. */
  private current(report: Report): View {
    const theme = this.colours();
    const key = JSON.stringify([theme, this.variant()]);
    if (this.made?.key !== key || this.made.report !== report) {
      this.made = { key, report, view: this.view(report, theme) };
    }
    return this.made.view;
  }

  private async draw(view: Drawing): Promise<void> {
    // Charts that are far below wait until the reader comes near; those in sight take turns, a task each.
    this.due = view;
    if (!this.near || this.drawing) return;
    this.drawing = true;
    try {
      const { draw, rendererFor } = await import('../charts/echarts.js');
      await turn();
      const place = this.renderRoot.querySelector<HTMLElement>('.chart');
      if (!place || place.hidden || !this.isConnected) return;
      const due = this.due ?? view;
      const renderer = rendererFor(due.marks);
      if (this.renderer !== renderer) this.dispose();
      if (!this.chart) {
        this.chart = draw(place, due.marks);
        this.resized.observe(place);
        this.renderer = renderer;
        this.chart.on('click', (event: unknown) => {
          this.picked(event as Mark & { componentType?: string });
        });
      }
      this.ticketAt = due.ticketAt;
      // An empty picture, its frame, its marks, a task each: together they would keep the page from answering.
      const { series, ...frame } = due.option;
      await turn();
      if (this.due === due) this.chart?.setOption(frame, { notMerge: true });
      await turn();
      if (this.due === due) this.chart?.setOption({ series });
    } catch {
      // The library could not be loaded or draw here: the table says the same.
      this.dispose();
      this.failed = true;
    } finally {
      this.drawing = false;
    }
    // A newer view came in while this one was on its way.
    if (this.due !== view) this.requestUpdate();
  }

  private help: Help | null = null;

  /** The texts are loaded when somebody first asks. */
  private async toggleHelp(): Promise<void> {
    this.help ??= (await import('../charts/help.js')).HELP[this.topic];
    this.showHelp = !this.showHelp;
  }

  /** Redraws in a new size; the first report of a size that is already drawn costs nothing. */
  private fit({ width, height }: DOMRectReadOnly): void {
    if (!this.chart) return;
    const off = Math.max(Math.abs(this.chart.getWidth() - width), Math.abs(this.chart.getHeight() - height));
    if (off >= 1) this.chart.resize();
  }

  private due: Drawing | null = null;
  private drawing = false;
  private near = false;

  private ticketAt: Drawing['ticketAt'];

  private picked(mark: Mark & { componentType?: string }): void {
    if (mark.componentType !== 'series') return;
    const ticket = this.ticketAt?.(mark) ?? null;
    if (ticket !== null) this.emit('flow-ticket-select', { ticket });
  }

  private dispose(): void {
    this.chart?.dispose();
    this.chart = null;
    this.renderer = null;
  }

  private colours(): ChartTheme {
    const colour = (name: string, otherwise: string): string => {
      const probe = this.renderRoot.querySelector(`.p-${name}`);
      return probe ? getComputedStyle(probe).color : otherwise;
    };
    return {
      text: colour('text', '#17202b'),
      muted: colour('muted', '#526071'),
      line: colour('line', '#dfe5ec'),
      surface: colour('surface', '#ffffff'),
      series: [colour('s1', '#1a6dc0'), colour('s2', '#b44f06'), colour('s3', '#0c7a69'), colour('s4', '#8a3ea3')],
      font: getComputedStyle(this).fontFamily,
      still: true,
      narrow: this.narrow,
    };
  }
}
