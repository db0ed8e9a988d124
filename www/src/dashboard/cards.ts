/** The cards of the dashboard: which there are, in which order, and which of them a report fills. */

import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { BoardDesk } from '../elements/board-desk.js';
import type { FlowHandoffs } from '../elements/charts.js';
import type { Theme } from '../elements/flow-element.js';
import type { SwarmDesk } from '../elements/swarm-desk.js';
import type { WhatIfDesk } from '../elements/what-if-desk.js';
import { hasHistory } from '../engine/swarm-choice.js';
import type { Report } from '../engine/types.js';

export interface Card {
  /** What sentences name it by. */
  id: string;
  /** What it shows of a report. It is left out where the whole input has none of them: the gaps below name them then. */
  parts: (keyof Report)[];
  /** What it shows as well, and does not wait for. */
  later?: (keyof Report)[];
  /** Shown even then: each export can have these, and the card says what would supply them. */
  always?: boolean;
  /** The parts of which it says itself why they are missing, where these are not all that it shows. */
  tells?: (keyof Report)[];
  /** As wide as two. */
  wide?: boolean;
  show: (report: Report, theme: Theme, desks: Desks) => TemplateResult;
}

/** What answers the cards that ask beside the page; the revision of each grows with its changes. */
export interface Desks {
  board: BoardDesk & { readonly revision: number };
  swarm: SwarmDesk & { readonly revision: number };
  whatIf: WhatIfDesk & { readonly revision: number; readonly open: boolean; unfold: (open: boolean) => void };
}

/** In the order of the page. They come one after the other, so that none keeps the answers above them waiting. */
const CARDS: Card[] = [
  {
    id: 'lead_time',
    parts: ['lead_time'],
    always: true,
    wide: true,
    show: (report, theme) => html`<flow-lead-time .report=${report} theme=${theme}></flow-lead-time>`,
  },
  {
    id: 'ageing',
    parts: ['ageing'],
    always: true,
    show: (report, theme) => html`<flow-ageing-bands .report=${report} theme=${theme}></flow-ageing-bands>`,
  },
  {
    id: 'throughput',
    parts: ['throughput'],
    always: true,
    show: (report, theme) => html`<flow-throughput .report=${report} theme=${theme}></flow-throughput>`,
  },
  {
    id: 'wip',
    parts: ['wip'],
    later: ['stability'],
    always: true,
    show: (report, theme) => html`<flow-wip-age .report=${report} theme=${theme}></flow-wip-age>`,
  },
  {
    id: 'chances',
    parts: ['ageing'],
    show: (report, theme) => html`<flow-chances .report=${report} theme=${theme}></flow-chances>`,
  },
  {
    id: 'histogram',
    parts: ['lead_time'],
    later: ['fits'],
    always: true,
    show: (report, theme) => html`<flow-fits .report=${report} theme=${theme}></flow-fits>`,
  },
  {
    id: 'survival',
    parts: ['survival'],
    show: (report, theme) => html`<flow-survival .report=${report} theme=${theme}></flow-survival>`,
  },
  {
    id: 'clocks',
    parts: ['clocks'],
    wide: true,
    show: (report, theme) => html`<flow-clocks .report=${report} theme=${theme}></flow-clocks>`,
  },
  {
    id: 'forecast',
    parts: ['forecast'],
    wide: true,
    show: (report, theme) => html`<flow-forecast .report=${report} theme=${theme}></flow-forecast>`,
  },
  {
    id: 'cfd',
    parts: ['cfd'],
    wide: true,
    show: (report, theme) => html`<flow-cfd .report=${report} theme=${theme}></flow-cfd>`,
  },
  {
    id: 'process_behaviour',
    parts: ['process_behaviour'],
    wide: true,
    show: (report, theme) => html`<flow-behaviour .report=${report} theme=${theme}></flow-behaviour>`,
  },
  {
    id: 'board',
    parts: ['board'],
    wide: true,
    show: (report, theme, { board }) => html`<flow-board .report=${report} .desk=${board} .revision=${board.revision} theme=${theme}></flow-board>`,
  },
  {
    id: 'waste',
    parts: ['queue'],
    wide: true,
    show: (report, theme) => html`<flow-waste .report=${report} theme=${theme}></flow-waste>`,
  },
  {
    id: 'queue',
    parts: ['queue'],
    show: (report, theme) => html`<flow-waiting .report=${report} theme=${theme}></flow-waiting>`,
  },
  {
    id: 'flow_efficiency',
    parts: ['flow_efficiency'],
    show: (report, theme) => html`<flow-efficiency .report=${report} theme=${theme}></flow-efficiency>`,
  },
  {
    id: 'swarm',
    parts: ['queue'],
    tells: ['swarm'],
    always: true,
    wide: true,
    show: (report, theme, { swarm, whatIf }) => html`<div class="stack">
      <flow-swarm .report=${report} .desk=${hasHistory(report) ? swarm : null} .revision=${swarm.revision} theme=${theme}></flow-swarm>
      ${report.swarm ? html`<flow-swarm-times .report=${report} theme=${theme}></flow-swarm-times>` : nothing}
      ${calculated(report, theme, whatIf)}
    </div>`,
  },
  {
    id: 'time_in',
    parts: ['time_in_state', 'time_in_group'],
    wide: true,
    show: (report, theme) => html`<flow-time-in .report=${report} theme=${theme}></flow-time-in>`,
  },
  {
    id: 'handoffs',
    parts: ['handoffs'],
    always: true,
    wide: true,
    show: (report, theme) =>
      html`<flow-handoffs
        .report=${report}
        theme=${theme}
        @flow-all-rows=${(event: Event) => {
          const card = event.currentTarget as FlowHandoffs;
          card.showTable = true;
          // The button that was pressed goes away with the picture.
          card.parentElement?.focus();
        }}
      >
        <flow-handoff-pairs .report=${report} theme=${theme}></flow-handoff-pairs>
      </flow-handoffs>`,
  },
  {
    id: 'touches',
    parts: ['touches'],
    show: (report, theme) => html`<flow-touches .report=${report} theme=${theme}></flow-touches>`,
  },
  {
    id: 'rework',
    parts: ['rework'],
    show: (report, theme) => html`<flow-rework .report=${report} theme=${theme}></flow-rework>`,
  },
  {
    id: 'sla',
    parts: ['sla'],
    wide: true,
    show: (report, theme) => html`<flow-sla .report=${report} theme=${theme}></flow-sla>`,
  },
  {
    id: 'again',
    parts: ['reopens', 'reassignments'],
    show: (report, theme) => html`<flow-again .report=${report} theme=${theme}></flow-again>`,
  },
  {
    id: 'cost',
    parts: ['cost'],
    show: (report, theme) => html`<flow-cost .report=${report} theme=${theme}></flow-cost>`,
  },
  {
    id: 'times',
    parts: ['lead_time', 'cycle_time', 'response_time'],
    wide: true,
    show: (report, theme) => html`<flow-percentiles .report=${report} theme=${theme}></flow-percentiles>`,
  },
];

/** What goes to production, and how changes are handled. */
const DELIVERY_CARDS: Card[] = [
  {
    id: 'delivery',
    parts: ['delivery'],
    always: true,
    wide: true,
    show: (report, theme) => html`<flow-five .report=${report} theme=${theme}></flow-five>`,
  },
  {
    id: 'deployments',
    parts: ['delivery', 'changes'],
    wide: true,
    show: (report, theme) => html`<flow-deployments .report=${report} theme=${theme}></flow-deployments>`,
  },
  {
    id: 'delivery_by',
    parts: ['delivery'],
    wide: true,
    show: (report, theme) => html`<flow-delivery-by .report=${report} theme=${theme}></flow-delivery-by>`,
  },
  {
    id: 'delivery_times',
    parts: ['delivery'],
    wide: true,
    show: (report, theme) => html`<flow-delivery-times .report=${report} theme=${theme}></flow-delivery-times>`,
  },
  {
    id: 'delivery_links',
    parts: ['delivery'],
    wide: true,
    show: (report, theme) => html`<flow-delivery-links .report=${report} theme=${theme}></flow-delivery-links>`,
  },
  {
    id: 'services',
    parts: ['delivery'],
    wide: true,
    show: (report, theme) => html`<flow-services .report=${report} theme=${theme}></flow-services>`,
  },
  {
    id: 'wall',
    parts: ['delivery'],
    wide: true,
    show: (report, theme) => html`<flow-wall .report=${report} theme=${theme}></flow-wall>`,
  },
  {
    id: 'changes',
    parts: ['changes'],
    wide: true,
    show: (report, theme) => html`<flow-changes .report=${report} theme=${theme}></flow-changes>`,
  },
];

/** Where the data hold no answer it stands open, else it is there for who wonders. */
function calculated(report: Report, theme: Theme, desk: Desks['whatIf']): TemplateResult {
  const card = html`<flow-what-if .desk=${desk} .revision=${desk.revision} theme=${theme}></flow-what-if>`;
  if (!hasHistory(report) || Object.hasOwn(report.unavailable, 'swarm')) return card;
  return html`<details class="calculate" ?open=${desk.open} @toggle=${(event: Event) => { desk.unfold((event.currentTarget as HTMLDetailsElement).open); }}>
    <summary>Calculate with numbers of your own instead</summary>
    ${desk.open ? card : nothing}
  </details>`;
}

/**
 * The cards of delivery. Most exports hold tickets alone: until something of it came there is one card, which says in the
 * end what would supply the others.
 */
export const deliveryCardsOf = (had: (part: keyof Report) => boolean): Card[] => DELIVERY_CARDS.filter(({ always, parts }) => always ?? parts.some(had));

/** The cards for an input: those that it had a part of, or may have yet. A filter takes none away. */
export function cardsOf(has: (part: keyof Report) => boolean): Card[] {
  const cards = CARDS.filter(({ always, parts }) => always ?? parts.some(has));
  // A narrow card without a neighbour takes the whole row.
  let beside = false;
  return cards.map((card, n) => {
    if (card.wide) return card;
    const next = cards[n + 1];
    if (!beside && (!next || next.wide)) return { ...card, wide: true };
    beside = !beside;
    return card;
  });
}

/** A card in its place; `null` where its figures are still being computed, `busy` where they are those of the question before. */
export function place(card: Card, report: Report | null, busy: boolean, theme: Theme, desks: Desks): TemplateResult {
  return html`<div class=${card.wide ? 'wide' : ''} id=${`part-${card.id}`} tabindex="-1" aria-busy=${busy ? 'true' : 'false'} data-stale=${busy ? '' : nothing}>
    ${report ? card.show(report, theme, desks) : html`<p class="computing">Computing…</p>`}
  </div>`;
}
