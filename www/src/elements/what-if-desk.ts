/** What the calculator asks with: the page answers it, and the element only shows. */

import type { EngineError } from '../engine/errors.js';
import type { WhatIfAnswer } from '../engine/types.js';
import type { WhatIfForm } from '../engine/what-if-form.js';

export interface WhatIfDesk {
  readonly form: WhatIfForm;
  /** By field: what is wrong with what it holds. */
  readonly wrong: ReadonlyMap<string, string>;
  /** The last answer. */
  readonly answer: WhatIfAnswer | null;
  /** It is about other numbers than those that are there now. */
  readonly outdated: boolean;
  /** The answer to the numbers that are there now is on its way. */
  readonly running: boolean;
  readonly error: EngineError | null;
  /** Asks for the first answer. */
  start(): void;
  /** Another form: its answer follows. */
  put(form: WhatIfForm): void;
}
