/** One request at a time, and of those that wait only the newest: a slider that is dragged asks what can be answered. */

export interface LatestHooks<Q, A> {
  ask: (question: Q) => Promise<A>;
  /** `newest`: nothing newer was asked meanwhile. */
  took: (answer: A, question: Q, newest: boolean) => void;
  failed: (thrown: unknown, question: Q, newest: boolean) => void;
}

interface One<Q> {
  question: Q;
}

export class Latest<Q, A> {
  private waiting: One<Q> | null = null;
  /** The request whose answer is wanted. */
  private open: One<Q> | null = null;
  private looping = false;

  constructor(private readonly hooks: LatestHooks<Q, A>) {}

  /** Whether an answer is still to come. */
  get busy(): boolean {
    return this.open !== null || this.waiting !== null;
  }

  /** Asks now, or when the one that runs is through; whatever else waited is dropped. */
  put(question: Q): void {
    this.waiting = { question };
    if (!this.looping) void this.loop();
  }

  /** Neither what runs nor what waits is wanted any more. */
  drop(): void {
    this.open = null;
    this.waiting = null;
  }

  private async loop(): Promise<void> {
    this.looping = true;
    try {
      for (let one = this.take(); one; one = this.take()) {
        const tell = await this.asked(one);
        if (this.open !== one) continue;
        // Before it is told: what hears of it must not find it busy.
        this.open = null;
        tell(this.waiting === null);
      }
    } finally {
      this.looping = false;
    }
  }

  private async asked({ question }: One<Q>): Promise<(newest: boolean) => void> {
    try {
      const answer = await this.hooks.ask(question);
      return (newest) => { this.hooks.took(answer, question, newest); };
    } catch (thrown) {
      return (newest) => { this.hooks.failed(thrown, question, newest); };
    }
  }

  private take(): One<Q> | null {
    this.open = this.waiting;
    this.waiting = null;
    return this.open;
  }
}
