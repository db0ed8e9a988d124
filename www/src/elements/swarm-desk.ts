/** What the card of the swarm asks with: the page answers it, and the element only shows. */

import type { EngineError } from '../engine/errors.js';
import type { Depth, SwarmChoice } from '../engine/swarm-choice.js';

/** What an hour costs; `null`: not said. */
export interface SwarmRates {
  wage: number | null;
  delay: number | null;
}

export interface SwarmDesk {
  readonly choice: SwarmChoice;
  /** What is being computed. */
  readonly running: Depth | null;
  readonly error: EngineError | null;
  /** The answer that is shown, if there is one. */
  readonly shown: Depth | null;
  /** It answers other assumptions, or another question of the page, than those that are set. */
  readonly outdated: 'assumptions' | 'question' | null;
  /** Priorities that can be chosen; `null` while they are being asked for. */
  readonly priorities: readonly string[] | null;
  readonly rates: SwarmRates;
  readonly currency: string;
  /** Replays the desk, with all that is varied. */
  replay(): void;
  cancel(): void;
  /** Asks for the priorities. */
  lookUp(): void;
  /** Other assumptions: a quick answer follows where there is one already. */
  choose(changes: Partial<SwarmChoice>): void;
  price(changes: Partial<SwarmRates>): void;
}
