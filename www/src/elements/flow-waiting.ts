/** The proven lower bound of waiting: one sentence, one bar in three parts. */

import { css, html, nothing, svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';
import type { Missing } from '../charts/chart.js';
import { WAITING_HELP, waiting } from '../charts/waiting.js';
import type { SegmentKind, Waiting } from '../charts/waiting.js';
import type { Report } from '../engine/types.js';
import { FlowFacts, share } from './flow-facts.js';

/** Colour and pattern of each part: told apart without colour too. */
const FILLS: Record<SegmentKind, SVGTemplateResult> = {
  attended: svg``,
  waiting: svg`<path class="stroke" d="M-2,2 l4,-4 M0,10 l10,-10 M8,12 l4,-4"></path>`,
  hold: svg`<circle class="dot" cx="3" cy="3" r="1.6"></circle><circle class="dot" cx="8" cy="8" r="1.6"></circle>`,
};
const COLOURS: Record<SegmentKind, string> = { attended: 'c1', waiting: 'c2', hold: 'c4' };

export class FlowWaiting extends FlowFacts<Waiting> {
  protected readonly heading = 'Waiting';
  protected readonly help = WAITING_HELP;
  static override styles = [
    ...FlowFacts.styles,
    css`
      .stroke {
        fill: none;
        stroke: var(--_surface);
        stroke-opacity: 0.55;
        stroke-width: 2;
      }
      .dot {
        fill: var(--_surface);
        fill-opacity: 0.6;
      }
      li {
        display: grid;
        grid-template-columns: 18px minmax(0, 1fr) auto;
        gap: 10px;
        align-items: center;
      }
      ul {
        gap: 6px;
      }
    `,
  ];

  protected definitions(report: Report): (string | undefined)[] {
    return [report.queue?.definition, ...(report.queue?.assumptions ?? []).map((text) => `Assumed: ${text}`)];
  }

  protected view(report: Report): Waiting | Missing {
    return waiting(report);
  }

  protected override picture({ segments, note }: Waiting): TemplateResult {
    let from = 0;
    return html`<svg height="34" aria-hidden="true">
        <defs>
          ${segments.map(
            ({ kind }) =>
              svg`<pattern id=${kind} width="10" height="10" patternUnits="userSpaceOnUse"
                ><rect class=${COLOURS[kind]} width="10" height="10"></rect>${FILLS[kind]}</pattern>`,
          )}
        </defs>
        ${segments.map((segment) => {
          const at = from;
          from += segment.share;
          return svg`<rect x=${share(at)} width=${share(segment.share)} height="34" fill=${`url(#${segment.kind})`}></rect>`;
        })}
      </svg>
      <ul class="figures">
        ${segments.map(
          ({ kind, label, text }) =>
            html`<li>
              <svg width="18" height="18" aria-hidden="true"><rect width="18" height="18" rx="4" fill=${`url(#${kind})`}></rect></svg>
              <span>${label}</span>
              <strong>${text}</strong>
            </li>`,
        )}
      </ul>
      ${note ? html`<p class="muted">${note}</p>` : nothing}`;
  }
}
