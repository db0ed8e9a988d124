/** Steps that can be undone and done again, each with the words for what it did. */

interface Step<T> {
  state: T;
  /** What led to this state. */
  what: string;
}

/** More than anybody goes back. */
const MOST = 200;

export class History<T> {
  private past: Step<T>[];
  private future: Step<T>[] = [];

  constructor(first: T) {
    this.past = [{ state: first, what: '' }];
  }

  /** The state before any step that is still known. */
  get first(): T {
    return (this.past[0] as Step<T>).state;
  }

  get now(): T {
    return (this.past.at(-1) as Step<T>).state;
  }

  /** What led to the present state; empty where nothing did. */
  get what(): string {
    return (this.past.at(-1) as Step<T>).what;
  }

  get canUndo(): boolean {
    return this.past.length > 1;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  do(state: T, what: string): void {
    this.past.push({ state, what });
    if (this.past.length > MOST) this.past.splice(1, 1);
    this.future = [];
  }

  /** Another state for the last step: a slider that is dragged makes one step, not fifty. */
  amend(state: T): void {
    const last = this.past.pop() as Step<T>;
    this.past.push({ state, what: last.what });
    this.future = [];
  }

  /** What was taken back; `null` where there is nothing. */
  undo(): string | null {
    if (!this.canUndo) return null;
    const step = this.past.pop() as Step<T>;
    this.future.push(step);
    return step.what;
  }

  /** What was done again; `null` where there is nothing. */
  redo(): string | null {
    const step = this.future.pop();
    if (!step) return null;
    this.past.push(step);
    return step.what;
  }
}
