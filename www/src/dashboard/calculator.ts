/** The calculator on its own: for whoever has no file, or none yet. */

import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Theme } from '../elements/flow-element.js';
import type { WhatIfDesk } from '../elements/what-if-desk.js';

export interface CalculatorActions {
  desk: WhatIfDesk & { readonly revision: number };
  theme: Theme;
  choose: () => void;
  back: () => void;
}

export function calculator({ desk, theme, choose, back }: CalculatorActions): TemplateResult {
  return html`<div class="bar">
      <h1 class="bar-title">What would swarming change?</h1>
      <div class="bar-actions">
        <button class="button" id="another" @click=${choose}>Read a file</button>
        <button class="button" id="back" @click=${back}>Back</button>
      </div>
    </div>
    <h2 class="visually-hidden">The calculator</h2>
    <flow-what-if .desk=${desk} .revision=${desk.revision} theme=${theme}></flow-what-if>`;
}
