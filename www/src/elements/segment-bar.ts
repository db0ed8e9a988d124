/** A bar in parts with its legend below; colour and pattern of each part are the same in both. */

import { css, html, svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';
import type { Segment, SegmentKind } from '../charts/segments.js';
import { share } from './flow-facts.js';

/** Told apart without colour too. */
const FILLS: Record<SegmentKind, SVGTemplateResult> = {
  active: svg``,
  waiting: svg`<path class="stroke" d="M-2,2 l4,-4 M0,10 l10,-10 M8,12 l4,-4"></path>`,
  hold: svg`<circle class="dot" cx="3" cy="3" r="1.6"></circle><circle class="dot" cx="8" cy="8" r="1.6"></circle>`,
  unknown: svg`<path class="stroke" d="M0,5 h10"></path>`,
  succeeded: svg``,
  with_issues: svg`<circle class="dot" cx="3" cy="3" r="1.6"></circle><circle class="dot" cx="8" cy="8" r="1.6"></circle>`,
  failed: svg`<path class="stroke" d="M-2,2 l4,-4 M0,10 l10,-10 M8,12 l4,-4"></path>`,
  backed_out: svg`<path class="stroke" d="M-2,8 l4,4 M0,0 l10,10 M8,-2 l4,4"></path>`,
  cancelled: svg`<path class="stroke" d="M5,0 v10"></path>`,
  open: svg`<circle class="dot" cx="5" cy="5" r="2.6"></circle>`,
  queue_group: svg`<path class="stroke" d="M-2,2 l4,-4 M0,10 l10,-10 M8,12 l4,-4"></path>`,
  queue_person: svg`<path class="stroke" d="M-2,8 l4,4 M0,0 l10,10 M8,-2 l4,4 M-2,2 l4,-4 M0,10 l10,-10 M8,12 l4,-4"></path>`,
  touch: svg``,
  hold_customer: svg`<circle class="dot" cx="3" cy="3" r="1.6"></circle><circle class="dot" cx="8" cy="8" r="1.6"></circle>`,
  hold_vendor: svg`<path class="stroke" d="M5,0 v10"></path>`,
  hold_other: svg`<path class="stroke" d="M0,5 h10"></path>`,
  off: svg`<circle class="dot" cx="5" cy="5" r="1.2"></circle>`,
};
const COLOURS: Record<SegmentKind, string> = {
  active: 'c1',
  waiting: 'c2',
  hold: 'c4',
  unknown: 'c0',
  succeeded: 'c1',
  with_issues: 'c1',
  failed: 'c2',
  backed_out: 'c2',
  cancelled: 'c0',
  open: 'c3',
  queue_group: 'c2',
  queue_person: 'c2',
  touch: 'c1',
  hold_customer: 'c4',
  hold_vendor: 'c4',
  hold_other: 'c4',
  off: 'c0',
};

export const segmentStyles = css`
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
  .segment-list {
    gap: 6px;
  }
  .segment-list li {
    display: grid;
    grid-template-columns: 18px minmax(0, 1fr) auto;
    gap: 10px;
    align-items: center;
  }
`;

/** The bar alone, in a root that has one with its legend: the patterns are those of that one. */
export function segmentStrip(segments: Segment[], height: number): TemplateResult {
  let from = 0;
  return html`<svg height=${height} aria-hidden="true">
    ${segments.map((segment) => {
      const at = from;
      from += segment.share;
      return svg`<rect x=${share(at)} width=${share(segment.share)} height=${height} fill=${`url(#${segment.kind})`}></rect>`;
    })}
  </svg>`;
}

export function segmentBar(segments: Segment[]): TemplateResult {
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
    <ul class="figures segment-list">
      ${segments.map(
        ({ kind, label, text }) =>
          html`<li>
            <svg width="18" height="18" aria-hidden="true"><rect width="18" height="18" rx="4" fill=${`url(#${kind})`}></rect></svg>
            <span>${label}</span>
            <strong>${text}</strong>
          </li>`,
      )}
    </ul>`;
}
