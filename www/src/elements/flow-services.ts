/** A strip for each service on one axis of time: deployments upwards, incidents downwards; its fail rate beside its queue share. */

import { css, html, nothing, svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';
import type { Missing } from '../charts/chart.js';
import { SERVICES_HELP, serviceTimeline } from '../charts/service-timeline.js';
import type { ServicesView, Strip, Week } from '../charts/service-timeline.js';
import type { Report } from '../engine/types.js';
import { FlowFacts, barOf, share } from './flow-facts.js';

/** Of each half of a strip, and above it the row of triangles. */
const HALF = 30;
const MARKS = 12;
const HEIGHT = MARKS + 2 * HALF;
/** What happened at all is seen. */
const LEAST = 3;

export class FlowServices extends FlowFacts<ServicesView> {
  protected readonly heading = 'Deployments and incidents, service by service';
  protected readonly help = SERVICES_HELP;
  static override styles = [
    ...FlowFacts.styles,
    css`
      :host {
        container-type: inline-size;
      }
      .key {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 18px;
        font-size: 13.5px;
      }
      .key li {
        display: inline-flex;
        gap: 7px;
        align-items: center;
      }
      .key svg {
        width: 16px;
        height: 16px;
      }
      .strips {
        gap: 0;
      }
      .strip {
        display: grid;
        grid-template-columns: 190px minmax(0, 1fr) 190px;
        gap: 4px 18px;
        align-items: center;
        padding: 6px 0;
        border-top: 1px solid var(--_line);
      }
      .strip svg,
      .axis svg {
        overflow: visible;
      }
      .name {
        font-weight: 600;
      }
      .shares {
        display: grid;
        gap: 6px;
        margin: 0;
        font-size: 13px;
      }
      .shares div {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0 8px;
      }
      .shares svg {
        grid-column: 1 / -1;
      }
      dt {
        color: var(--_muted);
      }
      dd {
        margin: 0;
        font-weight: 600;
      }
      .zero {
        stroke: var(--_control);
      }
      .month {
        stroke: var(--_line);
      }
      .stroke {
        stroke: var(--_surface);
        stroke-width: 2;
      }
      .failed {
        fill: var(--_s4);
        stroke: var(--_surface);
      }
      .axis {
        padding: 2px 0 0;
      }
      text {
        fill: var(--_muted);
        font-size: 12px;
      }
      @container (max-width: 700px) {
        .strip {
          grid-template-columns: minmax(0, 1fr);
        }
        .shares {
          grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
          gap: 12px;
        }
        .ends-elsewhere {
          display: none;
        }
        .odd {
          display: none;
        }
      }
    `,
  ];

  protected definitions({ delivery }: Report): (string | undefined)[] {
    return [delivery?.services?.definition];
  }

  protected view(report: Report): ServicesView | Missing {
    return serviceTimeline(report);
  }

  protected override picture({ strips, ticks }: ServicesView): TemplateResult {
    return html`<svg class="visually-hidden" aria-hidden="true">
        <defs>
          <pattern id="caused" width="6" height="6" patternUnits="userSpaceOnUse"
            ><rect class="c2" width="6" height="6"></rect><path class="stroke" d="M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2"></path
          ></pattern>
        </defs>
      </svg>
      <ul class="key" aria-label="Marks">
        ${[
          [svg`<rect class="c1" x="5" y="2" width="6" height="12"></rect>`, 'Deployments of a week, upwards'] as const,
          [svg`<path class="failed" d="M8,2 l6,11 h-12 z"></path>`, 'A failed one among them'] as const,
          [svg`<rect class="c2" x="5" y="2" width="6" height="12"></rect>`, 'Incidents opened, downwards'] as const,
          [svg`<rect x="4" y="2" width="8" height="12" fill="url(#caused)"></rect>`, 'Linked to a deployment or change'] as const,
        ].map(([mark, text]) => html`<li><svg viewBox="0 0 16 16" aria-hidden="true">${mark}</svg>${text}</li>`)}
      </ul>
      <ul class="strips">
        ${strips.map((strip) => this.strip(strip, ticks))}
      </ul>
      <div class="strip axis" aria-hidden="true">
        <span class="ends-elsewhere"></span>
        <svg height="18">
          ${ticks.map(({ at, text }, n) => svg`<text class=${n % 2 === 1 ? 'odd' : ''} x=${share(at)} y="13">${text}</text>`)}
        </svg>
        <span class="ends-elsewhere"></span>
      </div>`;
  }

  private strip({ service, weeks, failRate, queueShare, sentence }: Strip, ticks: ServicesView['ticks']): TemplateResult {
    return html`<li class="strip">
      <span class="name">${service}</span>
      <svg height=${HEIGHT} role="img" aria-label=${sentence}>
        ${ticks.map(({ at }) => svg`<line class="month" x1=${share(at)} x2=${share(at)} y1="0" y2=${HEIGHT}></line>`)}
        ${weeks.map((week, n) => this.week(week, n, weeks.length))}
        <line class="zero" x1="0" x2="100%" y1=${MARKS + HALF} y2=${MARKS + HALF}></line>
      </svg>
      <dl class="shares figures">
        ${this.figure('Fail rate', failRate)} ${this.figure(queueShare ? `Queue share (${queueShare.n})` : 'Queue share', queueShare)}
      </dl>
    </li>`;
  }

  private figure(label: string, figure: Strip['failRate']): TemplateResult {
    return html`<div>
      <dt>${label}</dt>
      <dd>${figure?.text ?? 'no data'}</dd>
      ${figure ? html`<svg height="6" aria-hidden="true">${barOf(figure.share, label === 'Fail rate' ? 'c1' : 'c3', 6)}</svg>` : nothing}
    </div>`;
  }

  private week({ up, down, hatched, failed, text }: Week, n: number, of: number): SVGTemplateResult {
    const [x, width] = [share((n + 0.1) / of), share(0.8 / of)];
    const rise = up > 0 ? Math.max(LEAST, up * HALF) : 0;
    const fall = down > 0 ? Math.max(LEAST, down * HALF) : 0;
    const zero = MARKS + HALF;
    return svg`<g>
      <title>${text}</title>
      <rect x=${share(n / of)} width=${share(1 / of)} height=${HEIGHT} fill="transparent"></rect>
      ${rise > 0 ? svg`<rect class="c1" x=${x} width=${width} y=${zero - rise} height=${rise}></rect>` : nothing}
      ${failed > 0 ? svg`<svg x=${share((n + 0.5) / of)} y=${zero - rise - MARKS} width="1" height="1"><path class="failed" d="M0,0 l5.5,10 h-11 z"></path></svg>` : nothing}
      ${fall > 0 ? svg`<rect class="c2" x=${x} width=${width} y=${zero} height=${fall}></rect>` : nothing}
      ${fall > 0 && hatched > 0 ? svg`<rect x=${x} width=${width} y=${zero} height=${Math.max(LEAST, fall * hatched)} fill="url(#caused)"></rect>` : nothing}
    </g>`;
  }
}
