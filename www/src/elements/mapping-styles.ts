/** Styles of the mapping panel, and of the board of states in it. */

import { css } from 'lit';

export const mappingStyles = css`
  :host {
    container-type: inline-size;
  }
  .card {
    gap: 18px;
    padding: 28px 28px 0;
    height: auto;
  }
  /* What has the keyboard must not lie under the bar of actions. */
  button,
  input,
  select,
  summary {
    scroll-margin-bottom: 96px;
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
    min-width: 190px;
    max-width: 300px;
    text-overflow: ellipsis;
  }
  td .muted {
    font-size: 13px;
  }
  td code {
    max-width: 26ch;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .fields th[scope='row'] {
    min-width: 130px;
    font-weight: 600;
    overflow-wrap: normal;
  }
  .fields td {
    vertical-align: middle;
  }
  .fields th {
    vertical-align: middle;
  }
  .why {
    min-width: 200px;
  }
  .sure {
    font-weight: 650;
    white-space: nowrap;
  }
  .sure.low {
    padding: 1px 8px;
    border: 1px solid var(--_warn);
    border-radius: 999px;
    background: var(--_warn-soft);
    color: var(--_warn);
  }
  .doubtful th:first-child {
    box-shadow: inset 4px 0 0 var(--_warn);
  }
  .fold th {
    padding: 0;
    font-weight: 600;
  }
  tbody:first-of-type .fold th {
    border-top: 0;
  }
  .fold-button {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 10px;
    align-items: baseline;
    width: 100%;
    min-height: 42px;
    padding: 9px 14px;
    border: 0;
    border-radius: 0;
    background: none;
    color: inherit;
    font-size: 14.5px;
    font-weight: 600;
    text-align: start;
  }
  .fold-button[aria-expanded='true'] {
    background: var(--_soft);
    color: inherit;
  }
  .fold-button:focus-visible {
    outline-offset: -3px;
  }
  .hint {
    font-weight: 400;
  }
  .caret {
    flex: none;
    width: 0;
    height: 0;
    border: 5px solid transparent;
    border-inline-start-color: currentColor;
    margin-inline-end: -4px;
  }
  [aria-expanded='true'] > .caret,
  .menu .caret {
    border-color: currentColor transparent transparent;
    translate: 0 3px;
  }
  .free {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(210px, 1fr));
    gap: 10px 16px;
    padding: 4px 0 8px;
  }
  .free div {
    display: grid;
    gap: 2px;
  }
  .questions {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr));
    gap: 14px;
  }
  .others {
    display: grid;
    gap: 8px;
  }
  .kind,
  .kind label {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 12px;
    align-items: center;
  }
  .kind span:first-child {
    font-weight: 600;
  }
  .reading {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: 10px 16px;
    align-items: center;
  }
  .reading label {
    display: grid;
    grid-template-columns: 180px 240px;
    gap: 12px;
    align-items: center;
  }
  .badge {
    margin-inline-start: 6px;
    padding: 1px 9px;
    border: 1px solid var(--_accent);
    border-radius: 999px;
    color: var(--_accent);
    font-size: 13px;
  }
  details.file {
    border: 1px solid var(--_line);
    border-radius: 12px;
  }
  details.file > summary {
    padding: 12px 18px;
  }
  details.file h2 {
    display: inline;
    margin-inline-end: 10px;
    font-size: 17px;
    overflow-wrap: anywhere;
  }
  .inside {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    padding: 4px 18px 18px;
  }
  details > summary .muted {
    font-weight: 400;
    overflow-wrap: anywhere;
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
  #zone-why {
    flex: 1 1 300px;
    font-size: 14px;
  }
  .actions {
    position: sticky;
    bottom: 0;
    z-index: 2;
    display: flex;
    flex-wrap: wrap;
    gap: 10px 12px;
    align-items: center;
    margin-inline: -28px;
    padding: 14px 28px;
    border-top: 1px solid var(--_line);
    border-radius: 0 0 var(--_radius) var(--_radius);
    background: var(--_surface);
  }
  .actions .primary {
    min-height: 46px;
    padding: 8px 24px;
    font-size: 16px;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-inline-start: auto;
  }
  @container (max-width: 700px) {
    .card {
      padding: 20px 18px 0;
    }
    .actions {
      position: static;
      margin-inline: -18px;
      padding: 14px 18px;
    }
    .actions .primary {
      width: 100%;
    }
    .tools {
      margin: 0;
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
    tr:not(.fold) {
      padding: 12px;
      border-top: 1px solid var(--_line);
    }
    tr:not(.fold) > th,
    td {
      padding: 3px 0;
      border: 0;
    }
      .doubtful th:first-child {
      box-shadow: none;
    }
    td select {
      max-width: none;
      min-height: 40px;
    }
    .kind select {
      width: 100%;
    }
    .reading,
    .reading label {
      grid-template-columns: minmax(0, 1fr);
      gap: 4px;
    }
    .reading label {
      margin-top: 8px;
    }
  }
`;

export const boardStyles = css`
  .how {
    margin-bottom: 10px;
    font-size: 14px;
  }
  .board {
    display: grid;
    grid-template-columns: repeat(7, minmax(0, 1fr));
    gap: 10px;
    margin-bottom: 4px;
  }
  .board.of-2 {
    grid-template-columns: repeat(2, minmax(0, 1fr));
  }
  .board.of-3 {
    grid-template-columns: repeat(3, minmax(0, 1fr));
  }
  /* Few classes are wide: their values stand beside each other. */
  .board:is(.of-2, .of-3) ul {
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 170px), 1fr));
  }
  .why-line {
    font-size: 14px;
  }
  .class {
    display: flex;
    flex-direction: column;
    gap: 8px;
    min-height: 128px;
    padding: 10px;
    border: 1px solid var(--_line);
    border-radius: 12px;
    background: var(--_soft);
  }
  .class.over {
    border-color: var(--_accent);
    box-shadow: inset 0 0 0 1px var(--_accent);
  }
  .class h3 {
    margin: 0;
    font-size: 14px;
    line-height: 1.3;
  }
  .class h3 .muted {
    display: block;
    font-size: 12.5px;
    font-weight: 400;
  }
  .board ul {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 6px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .chip {
    display: flex;
    border: 1px solid var(--_control);
    border-radius: 9px;
    background: var(--_surface);
  }
  .chip.doubtful {
    border-color: var(--_warn);
    background: var(--_warn-soft);
  }
  .chip.dragged {
    position: relative;
    z-index: 3;
    opacity: 0.9;
    pointer-events: none;
    box-shadow: 0 6px 18px rgb(0 0 0 / 28%);
  }
  .grip {
    flex: 1 1 auto;
    min-width: 0;
    padding: 6px 0 6px 10px;
    border: 0;
    border-radius: 8px;
    background: none;
    font-size: 13.5px;
    line-height: 1.3;
    text-align: start;
    cursor: grab;
    user-select: none;
  }
  .grip:hover {
    background: none;
  }
  .name {
    display: block;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .grip .muted {
    font-size: 12.5px;
  }
  .menu {
    position: relative;
    display: grid;
    flex: none;
    width: 28px;
    place-items: center;
    color: var(--_muted);
  }
  .menu select {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    min-height: 0;
    padding: 0;
    opacity: 0;
    cursor: pointer;
  }
  .menu:focus-within {
    border-radius: 8px;
    outline: 3px solid var(--_accent);
  }
  .menu .caret {
    margin: 0;
    pointer-events: none;
  }
  @container (max-width: 980px) {
    .board {
      grid-template-columns: repeat(4, minmax(0, 1fr));
    }
  }
  /* Narrow: a list, each value with its menu. */
  @container (max-width: 700px) {
    .how {
      display: none;
    }
    .board,
    .board:is(.of-2, .of-3) {
      grid-template-columns: minmax(0, 1fr);
    }
    .class {
      min-height: 0;
    }
    .class.empty {
      display: none;
    }
    .class h3 .muted {
      display: inline;
    }
    .chip {
      align-items: center;
    }
    .grip {
      cursor: default;
    }
    .menu {
      width: 132px;
      padding: 4px;
      color: inherit;
    }
    .menu select {
      position: static;
      min-height: 40px;
      padding: 4px 8px;
      opacity: 1;
    }
    .menu .caret {
      display: none;
    }
  }
`;
