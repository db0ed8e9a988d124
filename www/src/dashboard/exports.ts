/** "How do I export from ...?": the tools' own guides, and one for all others. */

import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';

export interface Guide {
  tool: string;
  title: string;
  steps: string[];
  notes: string[];
}

const ANY_OTHER: Guide = {
  tool: '',
  title: 'Any other tool',
  steps: [
    'Export a table of tickets, one row per ticket or one row per change.',
    'Include at least the ticket number and the dates opened and resolved. Add state, team, person and priority if you can.',
    'Drop the file here. Delimiter, encoding and date format are worked out from the file, and you can correct them.',
  ],
  notes: ['Compressed files (.csv.gz) can be dropped as they are.'],
};

/** Fetched with everything else before a file comes. */
export async function loadGuides(): Promise<Guide[]> {
  const { default: guides } = await import('virtual:guides');
  return [...guides].sort((a, b) => a.title.localeCompare(b.title, 'en'));
}

/** From so many on, a list is searched rather than read. */
const SEARCHED = 6;

export function matching(guides: readonly Guide[], wanted: string): Guide[] {
  const words = wanted.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return guides.filter(({ tool, title }) => words.every((word) => `${tool} ${title}`.toLowerCase().includes(word)));
}

export function exportHelp(guides: readonly Guide[], wanted: string, search: (wanted: string) => void): TemplateResult {
  const found = matching(guides, wanted);
  return html`<section class="guides" aria-labelledby="guides-title">
    <div class="guides-head">
      <h2 id="guides-title">How do I export from …?</h2>
      ${guides.length >= SEARCHED
        ? html`<label class="guide-search">
            <span class="visually-hidden">Find your tool</span>
            <input
              type="search"
              placeholder="Find your tool"
              .value=${wanted}
              @input=${(event: Event) => {
                search((event.target as HTMLInputElement).value);
              }}
            />
          </label>`
        : nothing}
    </div>
    ${wanted ? html`<p class="muted" role="status">${found.length === 0 ? 'No guide for that tool yet. This works with all:' : `${found.length} of ${guides.length} guides`}</p>` : nothing}
    <div class=${guides.length >= SEARCHED ? 'guide-list many' : 'guide-list'}>${[...found, ANY_OTHER].map(one)}</div>
  </section>`;
}

function one({ title, steps, notes }: Guide): TemplateResult {
  return html`<details class="guide" name="guide">
    <summary>${title}</summary>
    <ol>
      ${steps.map((step) => html`<li>${step}</li>`)}
    </ol>
    ${notes.map((note) => html`<p class="muted">${note}</p>`)}
  </details>`;
}
