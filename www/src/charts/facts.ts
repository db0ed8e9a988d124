/** What the cards without a chart library are made of: the figures in words, and the same as a table. */

import type { Unavailable } from '../engine/types.js';
import type { Table } from './chart.js';

export interface Facts {
  kind: 'facts';
  /** The one answer, said first and large. */
  headline?: string;
  /** One to three sentences that say what the picture says. */
  summary: string;
  table: Table;
  /** Further tables, below that one. */
  further?: Table[];
}

/** One of a card's figures that the report does not hold: why, and what would supply it. */
export interface Gap extends Unavailable {
  label: string;
}
