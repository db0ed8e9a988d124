/** What the controls look like: fields, lists and the panel that they stand in. */

import { css } from 'lit';

export const panels = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    font-size: 14.5px;
  }
  fieldset {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend,
  h2 {
    margin: 0 0 2px;
    padding: 0;
    font-size: 15px;
    font-weight: 650;
  }
  p {
    margin: 0;
  }
  .muted {
    color: var(--_muted);
    font-size: 13.5px;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 12px;
    align-items: center;
  }
  .columns {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 250px), 1fr));
    gap: 18px 28px;
    align-items: start;
  }
  label {
    display: inline-flex;
    gap: 8px;
    align-items: center;
    min-height: 28px;
  }
  label.field {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 3px;
  }
  label.field > span {
    color: var(--_muted);
    font-size: 13px;
  }
  input[type='checkbox'] {
    flex: none;
    width: 18px;
    height: 18px;
    margin: 0;
    accent-color: var(--_accent);
  }
  select {
    max-width: 100%;
    text-overflow: ellipsis;
  }
  input[type='number'] {
    width: 92px;
  }
  input.wide {
    width: 100%;
  }
  ul {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 2px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
`;

/** What is said where a question cannot be answered. */
export const refusals = css`
  :host {
    --_bad: light-dark(#a3201a, #ffa198);
    --_bad-soft: light-dark(#fdf0ef, #2b1513);
  }
  input[aria-invalid='true'] {
    border: 2px solid var(--_bad);
  }
  .refusal {
    padding: 10px 14px;
    border: 1px solid var(--_bad);
    border-inline-start-width: 5px;
    border-radius: 8px;
    background: var(--_bad-soft);
    overflow-wrap: anywhere;
  }
  .refusal strong {
    color: var(--_bad);
  }
`;
