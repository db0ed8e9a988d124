/**
 * The calculator: numbers that somebody types, and what would follow from them. It needs no file; where there is one, it
 * gives the arrivals. The answer follows what is typed, and of several questions the newest wins.
 */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { EngineError } from '../engine/errors.js';
import type { Report, WhatIf, WhatIfAnswer } from '../engine/types.js';
import type { WhatIfForm, Written } from '../engine/what-if-form.js';
import { EXAMPLE, withArrivals, written } from '../engine/what-if-form.js';
import type { WhatIfDesk } from '../elements/what-if-desk.js';
import { Latest } from './latest.js';

/** So long nothing is asked after a key, so that "120" is one question and not three. */
const PAUSE_MS = 60;
/** What sliders move, and a choice: asked at once, one question after the other. */
const MOVED = ['size', 'alpha', 'kappa', 'subset'] as const;

export interface WhatIfPage {
  /** The report of the whole input, if there is one. */
  whole: Report | null;
  ask: (input: WhatIf) => Promise<WhatIfAnswer>;
}

export class WhatIfQuestion implements ReactiveController, WhatIfDesk {
  form: WhatIfForm = EXAMPLE;
  answer: WhatIfAnswer | null = null;
  error: EngineError | null = null;
  /** Grows with each change. */
  revision = 0;
  /** Whether the reader unfolded it, where it does not stand open. */
  open = false;

  private read: Written = written(EXAMPLE);
  /** What the answer is about. */
  private answered: WhatIf | null = null;
  private started = false;
  private whole: Report | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly latest = new Latest<WhatIf, WhatIfAnswer>({
    ask: (input) => this.at().ask(input),
    took: (answer, input, newest) => {
      this.answer = answer;
      this.answered = input;
      if (newest && !this.outdated) this.say(answer.finding);
      this.changed();
    },
    failed: (thrown, _, newest) => {
      if (newest) this.error = EngineError.from(thrown);
      this.changed();
    },
  });

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly at: () => WhatIfPage,
    private readonly say: (text: string) => void,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.wait();
    this.latest.drop();
  }

  /** Another input has other arrivals; what the reader wrote stays. */
  hostUpdate(): void {
    const { whole } = this.at();
    if (whole === this.whole) return;
    this.whole = whole;
    const form = withArrivals(this.form, whole?.throughput?.dispersion?.arrivals_per_business_day ?? null);
    if (form.arrivals !== this.form.arrivals || form.arrivalsFrom !== this.form.arrivalsFrom) this.set(form, PAUSE_MS);
  }

  // ---- what the element sees ----

  get wrong(): ReadonlyMap<string, string> {
    return this.read.wrong;
  }

  get outdated(): boolean {
    return this.answer !== null && !alike(this.answered, this.read.input);
  }

  get running(): boolean {
    return this.timer !== undefined || this.latest.busy;
  }

  start(): void {
    if (this.started) return;
    this.started = true;
    this.ask();
    this.changed();
  }

  put(form: WhatIfForm): void {
    const moved = MOVED.some((name) => form[name] !== this.form[name]);
    this.set(form, moved ? 0 : PAUSE_MS);
    this.changed();
  }

  /** Unfolded or folded; while it is folded nothing is computed. */
  unfold(open: boolean): void {
    if (open === this.open) return;
    this.open = open;
    this.changed();
  }

  // ---- inside ----

  private set(form: WhatIfForm, pause: number): void {
    this.form = form;
    this.read = written(form);
    this.error = null;
    this.wait();
    if (!this.started || this.read.input === null) return;
    if (pause === 0) this.ask();
    else {
      this.timer = setTimeout(() => {
        this.timer = undefined;
        this.ask();
        this.changed();
      }, pause);
    }
  }

  private ask(): void {
    if (this.read.input) this.latest.put(this.read.input);
  }

  private wait(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private changed(): void {
    this.revision += 1;
    this.host.requestUpdate();
  }
}

const alike = (a: WhatIf | null, b: WhatIf | null): boolean => JSON.stringify(a) === JSON.stringify(b);
