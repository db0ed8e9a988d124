/** What the board looks like: columns of one height beside each other; where it is narrow, a row that snaps. */

import { css } from 'lit';

export const boardStyles = css`
  :host {
    container-type: inline-size;
  }
  .headline {
    font-size: 20px;
    font-weight: 600;
    line-height: 1.35;
    text-wrap: pretty;
  }
  .filters {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 16px;
    align-items: center;
  }
  .filters label {
    display: inline-flex;
    gap: 8px;
    align-items: center;
    min-width: 0;
    font-size: 14px;
  }
  .filters label > span {
    color: var(--_muted);
    white-space: nowrap;
  }
  .filters select {
    max-width: 260px;
    text-overflow: ellipsis;
  }
  .stage {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
  }
  .columns {
    /* What is hidden from sight in a column does not widen the page. */
    position: relative;
    display: grid;
    grid-template-rows: minmax(0, 1fr);
    grid-auto-columns: minmax(190px, 1fr);
    grid-auto-flow: column;
    gap: 10px;
    overflow-x: auto;
    overscroll-behavior-x: contain;
    scroll-snap-type: x proximity;
    height: var(--flow-board-height, min(78vh, 760px));
    min-height: 460px;
  }
  flow-board-column {
    scroll-snap-align: start;
  }
  .jumps {
    display: none;
  }
  .jumps button {
    padding: 4px 10px;
  }
  .jumps .over {
    color: var(--_warn);
    font-weight: 650;
  }
  .keys {
    color: var(--_muted);
    font-size: 13px;
  }
  .cautions {
    display: grid;
    gap: 6px;
    margin: 6px 0 0;
    padding-inline-start: 20px;
    color: var(--_muted);
    font-size: 14px;
  }
  .trouble {
    padding: 10px 14px;
    border: 1px solid var(--_warn);
    border-inline-start-width: 5px;
    border-radius: 8px;
    background: var(--_warn-soft);
    overflow-wrap: anywhere;
  }
  @container (max-width: 860px) {
    .columns {
      grid-auto-columns: min(86%, 320px);
      padding-bottom: 6px;
    }
    .jumps {
      display: flex;
      flex-wrap: wrap;
      gap: 6px;
    }
  }
  @container (max-width: 560px) {
    .headline {
      font-size: 17px;
    }
    .filters {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
    }
    .filters label {
      justify-content: space-between;
    }
    .filters select {
      max-width: min(220px, 62cqi);
    }
    .keys {
      display: none;
    }
  }
  @media print {
    .columns {
      height: auto;
      overflow: visible;
    }
    .filters,
    .jumps,
    .keys,
    .tools {
      display: none;
    }
  }
`;
