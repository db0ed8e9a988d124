/** The second screen: what is being read, how far it is, a way out, and the first rows as soon as there are some. */

import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { count, fileSize } from '../charts/format.js';
import type { ReadProgress, Source } from '../engine/engine.js';
import { totalBytes } from '../engine/engine.js';
import type { Preview } from '../engine/types.js';
import { cellTable } from './set-aside.js';

export interface ReadingState {
  sources: Source[];
  progress: ReadProgress | null;
  previews: Preview[];
  computing: boolean;
  cancel: () => void;
}

export function reading({ sources, progress, previews, computing, cancel }: ReadingState): TemplateResult {
  const total = progress?.total ?? totalBytes(sources);
  const bytes = progress?.bytes ?? 0;
  return html`<section class=${previews.length > 0 ? 'panel reading previewed' : 'panel reading'} aria-labelledby="reading-title">
    <h1 id="reading-title">${computing ? 'Working out the figures' : 'Reading'}</h1>
    <ul class="files">
      ${sources.map(
        (source) =>
          html`<li>
            <strong>${source.name}</strong>
            ${'blob' in source ? html`<span class="muted">${fileSize(source.blob.size)}</span>` : nothing}
          </li>`,
      )}
    </ul>
    <progress
      aria-label="Bytes read"
      max=${total ?? 1}
      .value=${total === null ? 0 : Math.min(bytes, total)}
    ></progress>
    <div class="reading-line">
      <span class="figures">
        ${count(progress?.rows ?? 0)} rows, ${fileSize(bytes)}${total === null ? '' : ` of ${fileSize(total)}`}
      </span>
      <button class="button" id="cancel" @click=${cancel}>Cancel</button>
    </div>
    ${previews.map((preview) => shown(preview))}
  </section>`;
}

function shown({ file, table, profile, headers, rows }: Preview): TemplateResult {
  const name = table ? `${file}: ${table}` : file;
  return html`<section class="preview" aria-label=${`First rows of ${name}`}>
    <p class="muted">
      ${name} looks like a ${profile.name}. Its first rows:
    </p>
    ${cellTable(name, headers, rows)}
  </section>`;
}
