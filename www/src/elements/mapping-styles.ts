/** Styles of the mapping panel. */

import { css } from 'lit';

export const mappingStyles = css`
  :host {
    container-type: inline-size;
  }
  .card {
    gap: 20px;
    padding: 28px;
    height: auto;
  }
  h2 {
    margin: 0;
    font-size: 22px;
    line-height: 1.3;
    letter-spacing: -0.01em;
    text-wrap: balance;
  }
  h3 {
    margin: 0 0 6px;
    font-size: 16px;
  }
  .muted {
    color: var(--_muted);
  }
  .title {
    display: grid;
    gap: 6px;
  }
  fieldset {
    display: grid;
    gap: 10px;
    margin: 0;
    padding: 18px 20px;
    border: 1px solid var(--_warn);
    border-radius: 12px;
    background: var(--_warn-soft);
  }
  fieldset.quiet {
    border-color: var(--_line);
    background: var(--_soft);
  }
  legend {
    float: inline-start;
    padding: 0;
    font-size: 16px;
    font-weight: 650;
  }
  legend + * {
    clear: both;
  }
  .answers {
    display: flex;
    flex-wrap: wrap;
    gap: 10px;
  }
  .answers label {
    display: flex;
    gap: 10px;
    align-items: center;
    min-height: 44px;
    padding: 8px 16px;
    border: 1px solid var(--_control);
    border-radius: 10px;
    background: var(--_surface);
    cursor: pointer;
  }
  .answers label:has(:checked) {
    border-color: var(--_accent);
    box-shadow: inset 0 0 0 1px var(--_accent);
  }
  code {
    padding: 1px 6px;
    border-radius: 5px;
    background: var(--_soft);
    font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
    font-size: 13px;
    overflow-wrap: anywhere;
  }
  fieldset:not(.quiet) code {
    background: var(--_surface);
  }
  .samples {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  td select {
    width: 100%;
    min-width: 150px;
  }
  td .muted {
    font-size: 13px;
  }
  details > summary {
    font-weight: 600;
  }
  details[open] > summary {
    margin-bottom: 10px;
  }
  .zone {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 12px;
    align-items: center;
  }
  .zone label {
    font-weight: 600;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 12px;
    align-items: center;
  }
  .actions button {
    min-height: 46px;
    padding: 8px 24px;
    font-size: 16px;
  }
  @container (max-width: 700px) {
    .card {
      padding: 20px;
    }
    thead {
      display: none;
    }
    table,
    tbody,
    tr,
    th,
    td {
      display: block;
    }
    tr {
      padding: 12px;
      border-top: 1px solid var(--_line);
    }
    th,
    td {
      padding: 3px 0;
      border: 0;
    }
  }
`;
