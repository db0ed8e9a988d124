/** The dashboard itself: health, answers, filter, charts, and what the data cannot say. */

import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { differences } from '../charts/comparison.js';
import { percent } from '../charts/format.js';
import { ALL_PARTS } from '../engine/parts.js';
import type { Mapping, Options, Part, Report } from '../engine/types.js';
import type { Theme } from '../elements/flow-element.js';
import type { MappingSteps } from '../elements/flow-mapping.js';
import type { BoardQuestion } from './board-question.js';
import type { Card } from './cards.js';
import { cardsOf, deliveryCardsOf, place } from './cards.js';
import type { Questions } from './questions.js';
import type { Place, Sights } from './sights.js';
import type { SwarmQuestion } from './swarm-question.js';
import type { WhatIfQuestion } from './what-if-question.js';

const PART_NAMES: Partial<Record<string, string>> = {
  clocks: 'The same times on each clock',
  cycle_time: 'Cycle time',
  response_time: 'Response time',
  survival: 'How long tickets take, open ones included',
  fits: 'Curves that fit the times',
  cfd: 'Cumulative flow',
  process_behaviour: 'What is noise and what is a signal',
  stability: 'Whether work in progress is steady',
  flow_efficiency: 'Work against waiting',
  touches: 'People and teams a ticket',
  time_in_state: 'Time in each state',
  time_in_group: 'Time in each team',
  queue: 'Proven waiting',
  reopens: 'Reopened tickets',
  reassignments: 'Reassigned tickets',
  rework: 'Steps back in the flow',
  sla: 'Agreed times',
  cost: 'What waiting and handing over cost',
  recorded: 'Times that the tool recorded',
  board: 'The board of a day',
  swarm: 'What if it had been swarmed',
  forecast: 'How many, and when',
  delivery: 'Deployments, and the five of DORA',
  changes: 'Change practice',
};

/** "ageing.bands" is about a part of a part. */
const gapName = (key: string): string => PART_NAMES[key] ?? key.replaceAll('_', ' ').replaceAll('.', ': ').replace(/^./, (c) => c.toUpperCase());

export interface ResultsState {
  questions: Questions;
  /** Grows with each change of the questions. */
  revision: number;
  sights: Sights;
  /** The board's own question. */
  board: BoardQuestion;
  /** The replay of the desk, on request. */
  swarm: SwarmQuestion;
  /** The calculator, which needs no history. */
  whatIf: WhatIfQuestion;
  /** The first report: of the question without filters. */
  whole: Report;
  report: Report;
  mappings: Mapping[];
  /** What the files were read with. */
  options: Options;
  /** Changes to the mapping that could not be read with. */
  steps: MappingSteps | null;
  /** Read with the mapping of last time, and so it can be forgotten. */
  recalled: boolean;
  remembered: boolean;
  /** What can be taken away of the rows. */
  downloads: TemplateResult;
  theme: Theme;
  mappingOpen: boolean;
  toggleMapping: (open: boolean) => void;
  download: () => void;
  another: () => void;
}

/** Places of the page that are no cards. */
const HEALTH: Place = { id: 'health', parts: [] };
const ANSWERS: Place = { id: 'answers', parts: ['sentences'] };
const COMPARISON: Place = { id: 'comparison', parts: ['comparison'] };
const LENS: Place = { id: 'lens', parts: ['breakdowns'] };
const GAPS: Place = { id: 'gaps', parts: [...ALL_PARTS] };

/** From top to bottom. */
export function placesOf({ query, had, stale, lens }: Questions): Place[] {
  const cards = cardsOf((part) => had.has(part as Part) || stale.has(part as Part));
  return [HEALTH, ANSWERS, ...(query.compare ? [COMPARISON] : []), ...cards, ...deliveryCardsOf((part) => had.has(part as Part)), ...(lens === null ? [] : [LENS]), GAPS];
}

export function results(state: ResultsState): TemplateResult {
  const { whole, sights, questions, theme } = state;
  const answers = sights.of('answers');
  return html`
    <div class="bar">
      <h1 class="bar-title">${whole.input.files.map((file) => file.name).join(', ') || 'Your tickets'}</h1>
      <div class="bar-actions">
        <button class="button" id="download" @click=${state.download}>Download report.json</button>
        <button class="button" id="another" @click=${state.another}>Read another file</button>
      </div>
    </div>
    ${sights.of('health') ? whatWasRead(state) : nothing}
    ${sights.of('health') ? html`<flow-controls .questions=${questions} .revision=${state.revision} theme=${theme}></flow-controls>` : nothing}
    ${answers && answers.tickets.total > 0
      ? html`<section aria-labelledby="answers-title" aria-busy=${questions.busy ? 'true' : 'false'} data-stale=${questions.busy ? '' : nothing}>
          <h2 id="answers-title">In short</h2>
          <flow-sentences .report=${answers} theme=${theme}></flow-sentences>
        </section>`
      : nothing}
    ${answers?.tickets.total === 0 ? nothingLeft(questions) : answers ? html`${compared(state)} ${charts(state)} ${delivery(state)} ${side(state)} ${gaps(state)}` : nothing}
  `;
}

/** A selection without a ticket: said once, and no card that shows nothing. */
function nothingLeft(questions: Questions): TemplateResult {
  return html`<section class="panel" aria-labelledby="nothing-title">
    <h2 id="nothing-title">No ticket is left</h2>
    <p>No ticket of this file fits everything that is set above. Take one of it away, or all.</p>
    <div class="bar-actions">
      <button class="button" ?disabled=${!questions.canUndo} @click=${() => { questions.undo(); }}>Undo the last change</button>
      <button class="button" @click=${() => { questions.ask({}, 'Without everything', 'filter'); }}>Clear all</button>
    </div>
  </section>`;
}

function whatWasRead(state: ResultsState): TemplateResult {
  const { theme } = state;
  return html`<flow-data-health .report=${state.whole} theme=${theme} drill>${state.downloads}</flow-data-health>
    <details
      class="read-as"
      .open=${state.mappingOpen}
      @toggle=${(event: Event) => {
        state.toggleMapping((event.currentTarget as HTMLDetailsElement).open);
      }}
    >
      <summary>
        ${state.recalled ? html`<span class="recalled">Read as last time</span> ` : nothing}${readAs(state)}
        <span class="change">Change</span>
      </summary>
      ${state.mappingOpen
        ? html`<flow-mapping
            .mappings=${state.mappings}
            .options=${state.options}
            .resume=${state.steps}
            ?remembered=${state.remembered}
            theme=${theme}
          ></flow-mapping>`
        : nothing}
    </details>`;
}

function charts(state: ResultsState): TemplateResult {
  const { questions } = state;
  const { stale } = questions;
  const cards = cardsOf((part) => questions.had.has(part as Part) || stale.has(part as Part));
  return html`<section aria-labelledby="charts-title">
    <h2 id="charts-title">Charts</h2>
    ${grid(cards, state)}
  </section>`;
}

function grid(cards: readonly Card[], { sights, questions, theme, board, swarm, whatIf }: ResultsState): TemplateResult {
  const desks = { board, swarm, whatIf };
  return html`<div class="grid">
    ${cards.map((card) => {
      const sight = sights.of(card.id);
      const busy = sight !== null && card.parts.some((part) => (questions.stale as ReadonlySet<string>).has(part));
      if (card.id === 'board' && sight) return place(card, board.over(sight), busy && !board.own, theme, desks);
      if (card.id === 'swarm' && sight) return place(card, swarm.over(sight), false, theme, desks);
      return sight === undefined ? nothing : place(card, sight, busy, theme, desks);
    })}
  </div>`;
}

/** What goes to production, and how changes are handled; one card where the files say nothing of either. */
function delivery(state: ResultsState): TemplateResult | typeof nothing {
  const { questions, sights } = state;
  if (sights.of('delivery') === undefined) return nothing;
  return html`<section aria-labelledby="delivery-title" id="delivery">
    <h2 id="delivery-title">Delivery</h2>
    ${grid(deliveryCardsOf((part) => questions.had.has(part as Part)), state)}
  </section>`;
}

/** This selection against another one. */
function compared({ questions, sights, theme }: ResultsState): TemplateResult | typeof nothing {
  const sight = sights.of('comparison');
  if (!questions.query.compare || sight === undefined) return nothing;
  const table = sight?.comparison ? differences(sight.comparison, sight.query.clock) : null;
  return html`<section aria-labelledby="comparison-title" id="part-comparison" tabindex="-1" aria-busy=${questions.stale.has('comparison') ? 'true' : 'false'} data-stale=${sight && questions.stale.has('comparison') ? '' : nothing}>
    <h2 id="comparison-title">Compared with ${questions.query.compare.label ?? 'another selection'}</h2>
    ${sight
      ? html`<flow-comparison .report=${sight} theme=${theme}></flow-comparison>
          ${table ? html`<flow-fitting-table id="differences" .table=${table} theme=${theme}></flow-fitting-table>` : nothing}`
      : html`<p class="computing">Computing…</p>`}
  </section>`;
}

/** Every figure by an element of the operating model. */
function side({ questions, sights, whole, theme }: ResultsState): TemplateResult | typeof nothing {
  const sight = sights.of('lens');
  const { lens } = questions;
  if (lens === null || sight === undefined) return nothing;
  return html`<section aria-labelledby="lens-title" id="part-breakdowns" tabindex="-1">
    <h2 id="lens-title">By the elements of the operating model</h2>
    <flow-lens .report=${whole} dimension=${lens} theme=${theme}>
      <div aria-busy=${questions.stale.has('breakdowns') ? 'true' : 'false'} data-stale=${sight && questions.stale.has('breakdowns') ? '' : nothing}>
        ${sight
          ? html`<flow-breakdown .report=${sight} theme=${theme} explains></flow-breakdown>`
          : html`<p class="computing">Computing…</p>`}
      </div>
    </flow-lens>
  </section>`;
}

/** Each way of reading once, however many files were read that way. */
function readAs({ mappings, recalled }: ResultsState): string {
  const ways = mappings.map(({ profile, zone }) => `${profile.name}${recalled ? '' : `, ${percent(profile.confidence)} sure`}, times in ${zone}`);
  const text = [...new Set(ways)].join('; ');
  return recalled ? text : `Read as ${text}`;
}

/** The parts that could not be computed and have no card: what is missing, and what would supply it. */
function gaps({ questions, sights }: ResultsState): TemplateResult | typeof nothing {
  const report = sights.of('gaps');
  if (!report) return nothing;
  const had = (part: keyof Report): boolean => questions.had.has(part as Part);
  const cards = [...cardsOf(had), ...deliveryCardsOf(had)];
  const shown = new Set<string>([...cards.flatMap(({ tells, parts, later = [] }) => tells ?? [...parts, ...later]), 'breakdowns', 'comparison']);
  const missing = Object.entries(report.unavailable).filter(([part]) => !shown.has(part));
  if (missing.length === 0) return nothing;
  return html`<section aria-labelledby="gaps-title">
    <h2 id="gaps-title">What this data cannot say yet</h2>
    <div class="gaps">
      ${missing.map(
        ([part, { reason, remedy }]) =>
          html`<div class="gap">
            <h3>${gapName(part)}</h3>
            <p>${reason}</p>
            <p class="muted">${remedy}</p>
          </div>`,
      )}
    </div>
  </section>`;
}
