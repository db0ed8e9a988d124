/** The dashboard itself: health, answers, filter, charts, and what the data cannot say. */

import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { dimensionName, percent } from '../charts/format.js';
import type { Mapping, Options, Query, Report } from '../engine/types.js';
import type { Theme } from '../elements/flow-element.js';
import type { MappingSteps } from '../elements/flow-mapping.js';
import type { Card } from './cards.js';
import { CARD_COUNT, cardsOf, place } from './cards.js';

const PART_NAMES: Record<string, string> = {
  cycle_time: 'Cycle time',
  response_time: 'Response time',
  time_in_state: 'Time in each state',
  time_in_group: 'Time in each team',
  queue: 'Proven waiting',
  reopens: 'Reopened tickets',
  reassignments: 'Reassigned tickets',
  recorded: 'Times that the tool recorded',
};

/** Dimensions offered as filters, where the data has them. */
const FILTERS = ['priority', 'group'];

/** Parts above the cards. */
const ABOVE = 3;
/** The most that there can be. */
export const PART_COUNT = ABOVE + CARD_COUNT;

export interface ResultsState {
  report: Report;
  /** The report without filters: it knows all values that can be chosen. */
  whole: Report;
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
  filter: NonNullable<Query['filter']>;
  busy: boolean;
  /** How many parts are on the page yet, from the top: health, answers, the head of the charts, then the cards. */
  parts: number;
  theme: Theme;
  mappingOpen: boolean;
  toggleMapping: (open: boolean) => void;
  setFilter: (dimension: string, value: string | null) => void;
  download: () => void;
  another: () => void;
}

export function results(state: ResultsState): TemplateResult {
  const { report, theme, parts } = state;
  return html`
    <div class="bar">
      <h1 class="bar-title">${report.input.files.map((file) => file.name).join(', ') || 'Your tickets'}</h1>
      <div class="bar-actions">
        <button class="button" id="download" @click=${state.download}>Download report.json</button>
        <button class="button" id="another" @click=${state.another}>Read another file</button>
      </div>
    </div>
    ${parts > 0 ? whatWasRead(state) : nothing}
    ${parts > 1
      ? html`<section aria-labelledby="answers-title">
          <h2 id="answers-title">In short</h2>
          <flow-sentences .report=${report} theme=${theme}></flow-sentences>
        </section>`
      : nothing}
    ${parts > 2 ? charts(state) : nothing}
  `;
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
  const { report, theme } = state;
  const visible = cardsOf(state.whole);
  const cards = state.parts - ABOVE;
  return html`<section aria-labelledby="charts-title" aria-busy=${state.busy ? 'true' : 'false'}>
      <div class="charts-head">
        <h2 id="charts-title">Charts</h2>
        ${filters(state)}
      </div>
      <div class="grid">
        ${visible.slice(0, cards).map((card) => place(card, report, theme))}
      </div>
    </section>
    ${cards < visible.length ? nothing : gaps(report, visible)}`;
}

/** Each way of reading once, however many files were read that way. */
function readAs({ mappings, recalled }: ResultsState): string {
  const ways = mappings.map(({ profile, zone }) => `${profile.name}${recalled ? '' : `, ${percent(profile.confidence)} sure`}, times in ${zone}`);
  const text = [...new Set(ways)].join('; ');
  return recalled ? text : `Read as ${text}`;
}

function filters(state: ResultsState): TemplateResult | typeof nothing {
  const offered = FILTERS.flatMap((name) => {
    const by = state.whole.lead_time?.by ?? {};
    const groups = Object.hasOwn(by, name) ? (by[name] ?? []) : [];
    return groups.length > 1 ? [{ name, label: dimensionName(state.whole, name), groups }] : [];
  });
  if (offered.length === 0) return nothing;
  return html`<div class="filters">
    ${offered.map(({ name, label, groups }) => {
      const current = (Object.hasOwn(state.filter, name) ? state.filter[name]?.[0] : undefined) ?? null;
      return html`<label>
        <span>${label}</span>
        <select
          @change=${(event: Event) => {
            const at = (event.target as HTMLSelectElement).selectedIndex - 1;
            const group = groups.filter(({ key }) => key !== 'other')[at];
            state.setFilter(name, group ? (group.key === '(none)' ? '' : group.key) : null);
          }}
        >
          <option ?selected=${current === null}>All</option>
          ${groups
            .filter(({ key }) => key !== 'other')
            .map(({ key }) => html`<option ?selected=${current === (key === '(none)' ? '' : key)}>${key}</option>`)}
        </select>
      </label>`;
    })}
  </div>`;
}

/** The parts that could not be computed and have no card: what is missing, and what would supply it. */
function gaps(report: Report, visible: Card[]): TemplateResult | typeof nothing {
  const shown = new Set<string>(visible.flatMap(({ parts }) => parts));
  const missing = Object.entries(report.unavailable).filter(([part]) => !shown.has(part));
  if (missing.length === 0) return nothing;
  return html`<section aria-labelledby="gaps-title">
    <h2 id="gaps-title">What this data cannot say yet</h2>
    <div class="gaps">
      ${missing.map(
        ([part, { reason, remedy }]) =>
          html`<div class="gap">
            <h3>${PART_NAMES[part] ?? part.replaceAll('_', ' ')}</h3>
            <p>${reason}</p>
            <p class="muted">${remedy}</p>
          </div>`,
      )}
    </div>
  </section>`;
}
