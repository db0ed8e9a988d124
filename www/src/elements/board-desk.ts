/** What the board asks with: the page answers it, and the element only shows. */

import type { BoardChoice, BoardRole } from '../engine/board-choice.js';
import type { EngineError } from '../engine/errors.js';
import type { Role } from '../engine/types.js';

/** Days that can be asked for, as numbers of days, and the day of the page. */
export interface BoardDays {
  first: number;
  last: number;
  home: number;
}

export interface BoardValue {
  /** As a filter names it: the empty string where tickets have none. */
  value: string;
  tickets: number;
}

/** A select of the board. */
export interface BoardValues {
  /** What choosing nothing means: "All teams", or what the page has chosen. */
  everything: string;
  /** `null` while they are being asked for. */
  values: readonly BoardValue[] | null;
}

export type BoardDimension = 'group' | 'service';

export interface BoardDesk {
  readonly choice: BoardChoice;
  /** Whether an answer is on its way. */
  readonly busy: boolean;
  readonly error: EngineError | null;
  /** Logs that the input holds. */
  readonly roles: readonly BoardRole[];
  readonly of: Role;
  readonly days: BoardDays | null;
  /** What the page selects does not count on this board. */
  readonly unselected: boolean;
  values(dimension: BoardDimension): BoardValues | null;
  choose(changes: Partial<BoardChoice>): void;
  /** Everything as at first. */
  reset(): void;
  readonly touched: boolean;
}
