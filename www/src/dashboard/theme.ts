/** Auto, light or dark; remembered where the browser allows it. */

import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Theme } from '../elements/flow-element.js';

const KEY = 'flowgauge.theme';
const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];

export function loadTheme(): Theme {
  let stored: string | null = null;
  try {
    stored = localStorage.getItem(KEY);
  } catch {
    // Storage throws in sandboxed frames: the preference then lasts as long as the page.
  }
  const theme = THEMES.find((name) => name === stored) ?? 'auto';
  apply(theme);
  return theme;
}

function apply(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
}

function save(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // As above.
  }
}

export function themeSwitch(current: Theme, pick: (theme: Theme) => void): TemplateResult {
  return html`<div class="segments" role="group" aria-label="Theme">
    ${THEMES.map(
      (theme) =>
        html`<button
          aria-pressed=${theme === current ? 'true' : 'false'}
          @click=${() => {
            apply(theme);
            save(theme);
            pick(theme);
          }}
        >
          ${theme.replace(/^./, (c) => c.toUpperCase())}
        </button>`,
    )}
  </div>`;
}
