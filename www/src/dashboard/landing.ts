/** The first screen: one sentence, one promise, one big target. */

import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { plural } from '../charts/format.js';
import type { Guide } from './exports.js';
import { exportHelp } from './exports.js';

export interface LandingActions {
  choose: () => void;
  sample: () => void;
  /** Goes to the calculator, which needs no file. */
  calculate: () => void;
  dragging: boolean;
  guides: Guide[];
  /** What the reader looks for among the guides. */
  wanted: string;
  search: (wanted: string) => void;
  /** How many mappings are remembered. */
  remembered: number;
  forget: () => void;
}

export function landing({ choose, sample, calculate, dragging, guides, wanted, search, remembered, forget }: LandingActions): TemplateResult {
  return html`
    <section class="hero">
      <h1>See where tickets wait.</h1>
      <p class="lead">
        Drop an export from your service desk. A minute later you know how long things take, where they wait and what is
        getting old. <strong>Your file never leaves this browser.</strong>
      </p>
      <button class=${dragging ? 'drop over' : 'drop'} id="drop" @click=${choose}>
        <svg class="drop-icon" viewBox="0 0 48 48" aria-hidden="true">
          <path d="M24 31V11m0 0-8 8m8-8 8 8M9 31v5a3 3 0 0 0 3 3h24a3 3 0 0 0 3-3v-5" />
        </svg>
        <span class="drop-title">${dragging ? 'Let go to read it' : 'Drop ticket exports here'}</span>
        <span class="drop-hint">or click to choose, or paste a table. CSV, Excel, JSON or XES, also in zip or gzip; several at once are fine.</span>
      </button>
      <div class="hero-actions">
        <button class="button" id="sample" @click=${sample}>Try sample data</button>
        <span class="muted">5,000 made-up incidents, with the changes and deployments behind them, generated here.</span>
      </div>
      <div class="hero-actions">
        <button class="button" id="calculate" @click=${calculate}>Calculate without a file</button>
        <span class="muted">What swarming would change for a desk that you describe in a few numbers.</span>
      </div>
      ${remembered > 0
        ? html`<p class="muted remembered">
            This browser remembers how ${plural(remembered, 'kind')} of export ${remembered === 1 ? 'is' : 'are'} read.
            <button class="textual" id="forget-all" @click=${forget}>Forget ${remembered === 1 ? 'it' : 'them'}</button>
          </p>`
        : nothing}
    </section>
    ${exportHelp(guides, wanted, search)}
    <section class="promises" aria-label="What to expect">
      <div>
        <h2>Nothing is uploaded</h2>
        <p>The page may not talk to any server but the one it came from, and after it has loaded it does not even do that.</p>
      </div>
      <div>
        <h2>No figure without its definition</h2>
        <p>Each chart says what it shows, how to read it and how it misleads. Rows that do not count are counted and named.</p>
      </div>
      <div>
        <h2>No guessing behind your back</h2>
        <p>Where a file can be read in two ways, such as 03/04/2025, you are asked once, with values from your file.</p>
      </div>
    </section>
  `;
}
