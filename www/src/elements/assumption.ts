/** A slider with a field for the exact number, for what is assumed of a swarm. */

import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Assumed, Range } from '../engine/swarm-choice.js';
import { within } from '../engine/swarm-choice.js';

export const ASSUMED: readonly { name: Assumed; label: string; hint: (value: number, size: number) => string }[] = [
  { name: 'size', label: 'People on one ticket', hint: (value) => `At most ${value} together` },
  {
    name: 'alpha',
    label: 'Help each other (alpha)',
    hint: (value, size) => `${size} people are ${(size ** value).toFixed(1)} times as fast as one`,
  },
  {
    name: 'kappa',
    label: 'Slower in another group (kappa)',
    hint: (value) => (value === 1 ? 'Everybody is as good at everything' : `Work takes them ${value.toFixed(2)} times as long`),
  },
];

/** Of a host that is a grid: label, slider and hint of all in a row stand on the same lines. */
export const assumptionStyles = css`
  .one {
    display: grid;
    grid-row: span 3;
    grid-template-rows: subgrid;
    grid-template-columns: minmax(0, 1fr);
    margin: 0 0 14px;
    min-width: 0;
    padding: 0;
    border: 0;
  }
  .one > label {
    align-self: end;
  }
  .line {
    display: flex;
    gap: 12px;
    align-items: center;
  }
  label,
  legend {
    padding: 0;
    font-weight: 600;
    font-size: 14px;
  }
  input[type='range'] {
    flex: 1 1 auto;
    min-width: 0;
    min-height: 32px;
    margin: 0;
    padding: 0;
    border: 0;
    background: none;
    accent-color: var(--_accent);
  }
  input[type='number'] {
    flex: none;
    width: 84px;
    font-variant-numeric: tabular-nums;
  }
  input[aria-invalid='true'] {
    border: 2px solid var(--_warn);
  }
  .hint {
    color: var(--_muted);
    font-size: 13px;
  }
  .wrong {
    margin: 0;
    padding: 4px 10px;
    border-inline-start: 4px solid var(--_warn);
    background: var(--_warn-soft);
    font-size: 13px;
  }
`;

/** The field that holds no number of its range, and what is wrong with it. */
export interface Refused {
  name: string;
  text: string;
}

export interface Assumption {
  name: string;
  label: string;
  hint: string;
  value: number | null;
  /** Of the slider. */
  range: Range;
  /** Of the field, which may take more. */
  allowed: Range;
  refused: Refused | null;
  put: (value: number | null) => void;
  /** What is no number of the range is not asked with, and said where it was written; `null`: all is well. */
  refuse: (refused: Refused | null) => void;
  /** It may hold nothing. */
  optional?: boolean;
}

export function assumption(all: Assumption): TemplateResult {
  const { name, label, hint, value, range, allowed, refused, put, refuse, optional = false } = all;
  const wrong = refused?.name === name ? refused.text : null;
  return html`<div class="one">
    <label for=${name}>${label}</label>
    <div class="line">
      <input
        type="range"
        aria-label=${label}
        aria-valuetext=${value === null ? 'not said' : `${value}: ${hint}`}
        min=${range.min}
        max=${range.max}
        step=${range.step}
        .value=${String(value ?? range.min)}
        @input=${(event: Event) => {
          refuse(null);
          put(Number((event.target as HTMLInputElement).value));
        }}
      />
      <input
        type="number"
        id=${name}
        min=${allowed.min}
        max=${optional ? nothing : allowed.max}
        step=${allowed.step === 0 ? 'any' : allowed.step}
        inputmode="decimal"
        aria-invalid=${wrong === null ? 'false' : 'true'}
        aria-describedby=${wrong === null ? nothing : 'wrong'}
        .value=${value === null ? '' : String(value)}
        @change=${(event: Event) => { take((event.target as HTMLInputElement).value, all); }}
      />
    </div>
    ${wrong === null ? html`<span class="hint">${hint}</span>` : html`<p class="wrong" id="wrong" role="alert">${wrong}</p>`}
  </div>`;
}

function take(text: string, { name, allowed, put, refuse, optional = false }: Assumption): void {
  const value = within(text, allowed);
  if (value === null && !(optional && text.trim() === '')) {
    const kind = allowed.step === 1 ? 'whole number' : 'number';
    refuse({ name, text: optional ? 'Write a number from 0 on, or nothing.' : `Write a ${kind} from ${allowed.min} to ${allowed.max}.` });
    return;
  }
  refuse(null);
  put(value);
}
