/** A table that starts short and never scrolls by itself: where it is narrow, each row becomes a block of named values. */

import { css } from 'lit';
import { FlowDataTable } from './data-table.js';

/** As many rows as can be taken in at once. */
const FIRST_ROWS = 10;

export class FlowFittingTable extends FlowDataTable {
  static override styles = [
    FlowDataTable.styles,
    css`
      :host {
        container-type: inline-size;
      }
      .scroll.tall {
        max-height: none;
        overflow: hidden;
      }
      @container (max-width: 600px) {
        table,
        caption,
        thead,
        tbody {
          display: block;
        }
        thead tr {
          display: flex;
          flex-wrap: wrap;
          gap: 2px 14px;
          padding: 6px 12px;
          background: var(--_soft);
        }
        thead th {
          position: static;
          padding: 0;
          border: 0;
        }
        tbody tr {
          display: block;
          padding: 8px 12px;
          border-top: 1px solid var(--_line);
        }
        tbody th,
        tbody td {
          display: flex;
          justify-content: space-between;
          gap: 16px;
          padding: 2px 0;
          border: 0;
          text-align: start;
        }
        tbody td::before {
          content: attr(data-label);
          flex: none;
          color: var(--_muted);
        }
        tbody .num {
          white-space: normal;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.limit = FIRST_ROWS;
  }
}
