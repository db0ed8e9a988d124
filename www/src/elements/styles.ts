/** Colours and type of all elements. A host page sets `--flow-*`; what it leaves open has a light and a dark default. */

import { css } from 'lit';

export const tokens = css`
  :host {
    color-scheme: var(--flow-color-scheme, light dark);
    --_surface: var(--flow-surface, light-dark(#ffffff, #171c23));
    --_soft: var(--flow-soft, light-dark(#f3f6fa, #1f2630));
    --_text: var(--flow-text, light-dark(#17202b, #e9edf2));
    --_muted: var(--flow-muted, light-dark(#526071, #a5b1c0));
    --_line: var(--flow-line, light-dark(#dfe5ec, #303946));
    --_control: var(--flow-control, light-dark(#7d8a99, #71808f));
    --_accent: var(--flow-accent, light-dark(#0a5bb0, #82bcff));
    --_on-accent: var(--flow-on-accent, light-dark(#ffffff, #07121f));
    --_warn: var(--flow-warn, light-dark(#8a4b00, #f4c06c));
    --_warn-soft: var(--flow-warn-soft, light-dark(#fff6e6, #2e2412));
    --_s1: var(--flow-series-1, light-dark(#1a6dc0, #6fb4f5));
    --_s2: var(--flow-series-2, light-dark(#b44f06, #f2a45c));
    --_s3: var(--flow-series-3, light-dark(#0c7a69, #57cdb6));
    --_s4: var(--flow-series-4, light-dark(#8a3ea3, #d79cea));
    --_radius: var(--flow-radius, 14px);
    --_font: var(--flow-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif);
    display: block;
    color: var(--_text);
    font-family: var(--_font);
    font-size: var(--flow-font-size, 15px);
    line-height: 1.5;
  }
  :host([hidden]) {
    display: none;
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

export const controls = css`
  button,
  select,
  input {
    font: inherit;
    color: inherit;
  }
  button {
    min-height: 32px;
    padding: 4px 12px;
    border: 1px solid var(--_line);
    border-radius: 999px;
    background: var(--_surface);
    cursor: pointer;
    font-size: 13px;
  }
  button:hover {
    border-color: var(--_control);
    background: var(--_soft);
  }
  button[aria-pressed='true'],
  button[aria-expanded='true'] {
    border-color: var(--_accent);
    color: var(--_accent);
  }
  button.primary {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
  }
  button:disabled {
    border-color: var(--_line);
    background: var(--_soft);
    color: var(--_muted);
    cursor: not-allowed;
  }
  button.link {
    min-height: 24px;
    padding: 2px 0;
    border: 0;
    border-radius: 4px;
    background: none;
    color: var(--_accent);
    font-size: inherit;
    text-align: start;
    text-decoration: underline;
    text-underline-offset: 3px;
    overflow-wrap: anywhere;
  }
  select,
  input:not([type='radio'], [type='checkbox']) {
    min-height: 34px;
    max-width: 100%;
    padding: 4px 10px;
    border: 1px solid var(--_control);
    border-radius: 8px;
    background: var(--_surface);
  }
  input[type='radio'] {
    width: 18px;
    height: 18px;
    margin: 0;
    accent-color: var(--_accent);
  }
  :focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }
  summary {
    cursor: pointer;
    min-height: 28px;
    align-content: center;
  }
`;

export const card = css`
  .card {
    display: flex;
    flex-direction: column;
    gap: 10px;
    height: 100%;
    padding: 20px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-inline-start: auto;
  }
  h3 {
    margin: 0;
    font-size: 17px;
    font-weight: 650;
    line-height: 1.3;
    letter-spacing: -0.005em;
    text-wrap: balance;
  }
  p {
    margin: 0;
  }
`;

/** Inside of a card that explains itself: summary, "?", switches, and what is missing. */
export const panel = css`
  .summary {
    color: var(--_muted);
  }
  .help {
    display: grid;
    gap: 8px;
    padding: 14px 16px;
    border-radius: 10px;
    background: var(--_soft);
    font-size: 14px;
  }
  .help dt {
    font-weight: 600;
  }
  .help dl,
  .help dd {
    margin: 0;
  }
  .help dd + dt {
    margin-top: 8px;
  }
  .receipt dl {
    display: grid;
    grid-template-columns: minmax(90px, auto) minmax(0, 1fr);
    gap: 2px 14px;
  }
  .receipt dd + dt {
    margin-top: 0;
  }
  .receipt dd {
    overflow-wrap: anywhere;
  }
  .receipt h4 {
    margin: 8px 0 2px;
    font-size: 14px;
  }
  .receipt summary {
    font-weight: 600;
  }
  .receipt ul {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 16px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .segments {
    display: inline-flex;
  }
  .segments button {
    border-radius: 0;
    margin-inline-start: -1px;
  }
  .segments button:first-child {
    border-radius: 999px 0 0 999px;
    margin-inline-start: 0;
  }
  .segments button:last-child {
    border-radius: 0 999px 999px 0;
  }
  .segments button[aria-pressed='true'] {
    position: relative;
    background: var(--_soft);
    font-weight: 600;
  }
  .round {
    width: 28px;
    min-height: 28px;
    padding: 0;
    font-weight: 700;
  }
  .missing {
    display: grid;
    gap: 6px;
    flex: 1 1 auto;
    align-content: center;
    padding: 24px;
    border: 1px dashed var(--_control);
    border-radius: 10px;
    background: var(--_soft);
  }
`;

export const tables = css`
  .scroll {
    overflow: auto;
    border: 1px solid var(--_line);
    border-radius: 10px;
  }
  .scroll.tall {
    max-height: 380px;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 13.5px;
    font-variant-numeric: tabular-nums;
  }
  caption {
    padding: 10px 12px;
    color: var(--_muted);
    text-align: start;
  }
  th,
  td {
    padding: 7px 12px;
    border-top: 1px solid var(--_line);
    text-align: start;
    vertical-align: top;
    overflow-wrap: anywhere;
  }
  thead th {
    position: sticky;
    top: 0;
    z-index: 1;
    background: var(--_soft);
    font-weight: 600;
    white-space: nowrap;
    overflow-wrap: normal;
  }
  .num {
    text-align: end;
    white-space: nowrap;
  }
`;
