/**
 * The replay of the desk, beside the page's own question. It takes seconds, so it is asked for by a button and can be
 * cancelled; while assumptions are moved, quick answers follow, of which the newest wins.
 */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { orCancelled } from '../engine/cancel.js';
import type { Handle } from '../engine/engine.js';
import { EngineError } from '../engine/errors.js';
import { merge } from '../engine/parts.js';
import { same } from '../engine/question.js';
import type { Depth, SwarmChoice } from '../engine/swarm-choice.js';
import { USUAL, hasHistory, sameAssumptions, swarmBase, swarmQuery } from '../engine/swarm-choice.js';
import type { Query, Report } from '../engine/types.js';
import type { SwarmDesk, SwarmRates } from '../elements/swarm-desk.js';
import { Latest } from './latest.js';
import type { Questions } from './questions.js';

interface Asked {
  choice: SwarmChoice;
  page: Query;
  depth: Depth;
}

interface Answer extends Asked {
  report: Report;
}

export interface SwarmPage {
  handle: Handle | null;
  questions: Questions;
}

const NO_RATES: SwarmRates = { wage: null, delay: null };

export class SwarmQuestion implements ReactiveController, SwarmDesk {
  choice: SwarmChoice = USUAL;
  error: EngineError | null = null;
  /** Grows with each change. */
  revision = 0;

  private answer: Answer | null = null;
  private whole: Report | null = null;
  private page: Query = {};
  private abort: AbortController | null = null;
  /** Rates of this card alone; those of the page count where it has none. */
  private own: Partial<SwarmRates> = {};
  private made: { page: Report; answer: Report; both: Report } | null = null;
  private readonly latest = new Latest<Asked, Report>({
    ask: (asked) => this.ask(asked),
    took: (report, asked, newest) => {
      // A step on the way is worth showing as long as it is about the same tickets.
      if (newest || same(swarmBase(asked.page), swarmBase(this.page))) this.take(report, asked);
    },
    failed: (thrown, _, newest) => {
      if (newest) this.fail(thrown);
    },
  });

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly at: () => SwarmPage,
    private readonly say: (text: string) => void,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.clear();
  }

  /** Another input begins anew; where nothing can be replayed, the core says why at once. Another question of the page is not replayed by itself: that takes seconds. */
  hostUpdate(): void {
    const { whole, query } = this.at().questions;
    if (whole !== this.whole) {
      this.clear();
      this.whole = whole;
      this.page = query;
      if (whole && !hasHistory(whole)) this.latest.put({ choice: this.choice, page: query, depth: 'quick' });
    }
    if (same(query, this.page)) return;
    const about = same(swarmBase(query), swarmBase(this.page));
    this.page = query;
    // What is on its way is about other tickets.
    if (!about && this.running) this.stop();
    this.revision += 1;
  }

  // ---- what the element sees ----

  get running(): Depth | null {
    return this.abort ? 'full' : this.latest.busy ? 'quick' : null;
  }

  get shown(): Depth | null {
    return this.answer?.depth ?? null;
  }

  get outdated(): 'assumptions' | 'question' | null {
    if (!this.answer) return null;
    if (!same(swarmBase(this.answer.page), swarmBase(this.page))) return 'question';
    return sameAssumptions(this.answer.choice, this.choice) ? null : 'assumptions';
  }

  get priorities(): readonly string[] | null {
    const { questions } = this.at();
    if (!questions.report?.input.dimensions.some(({ name }) => name === 'priority')) return [];
    const known = questions.values.get('priority');
    if (known?.state === 'failed') return [];
    return known?.state === 'known' ? known.values.map(({ value }) => value).filter((value) => value !== '').sort((a, b) => a.localeCompare(b, 'en')) : null;
  }

  get rates(): SwarmRates {
    const { wage_per_hour: wage, delay_per_hour: delay } = this.page.rates ?? {};
    return { ...NO_RATES, ...(wage === undefined ? {} : { wage }), ...(delay === undefined ? {} : { delay }), ...this.own };
  }

  get currency(): string {
    return this.page.rates?.currency ?? '';
  }

  lookUp(): void {
    if (this.priorities === null) this.at().questions.open('priority');
  }

  replay(): void {
    const { handle } = this.at();
    if (!handle) return;
    this.latest.drop();
    this.abort?.abort();
    const abort = new AbortController();
    const asked: Asked = { choice: this.choice, page: this.page, depth: 'full' };
    this.abort = abort;
    this.error = null;
    this.changed();
    this.lookUp();
    this.say('Replaying the desk.');
    orCancelled(handle.report(swarmQuery(asked.page, asked.choice, asked.depth), abort.signal), abort.signal).then(
      (report) => {
        if (this.abort !== abort) return;
        this.abort = null;
        this.take(report, asked);
        this.say(report.swarm?.finding ?? report.unavailable['swarm']?.reason ?? 'The replay is there.');
      },
      (thrown: unknown) => {
        if (this.abort !== abort) return;
        this.abort = null;
        this.fail(thrown);
      },
    );
  }

  cancel(): void {
    if (!this.running) return;
    this.stop();
    this.say('Cancelled.');
    this.changed();
  }

  choose(changes: Partial<SwarmChoice>): void {
    const choice = { ...this.choice, ...changes };
    if (sameAssumptions(choice, this.choice)) return;
    this.choice = choice;
    this.error = null;
    // A full answer of the assumptions before is of no use any more.
    this.abort?.abort();
    this.abort = null;
    if (this.answer) this.latest.put({ choice, page: this.page, depth: 'quick' });
    this.changed();
  }

  price(changes: Partial<SwarmRates>): void {
    this.own = { ...this.own, ...changes };
    this.changed();
  }

  /** The report of the page with the replay in it. */
  over(page: Report): Report {
    if (!this.answer) return page;
    const { report } = this.answer;
    if (this.made?.page === page && this.made.answer === report) return this.made.both;
    const both = merge(page, report, ['swarm']);
    this.made = { page, answer: report, both };
    return both;
  }

  // ---- inside ----

  private ask({ choice, page, depth }: Asked): Promise<Report> {
    const { handle } = this.at();
    return handle ? handle.report(swarmQuery(page, choice, depth)) : Promise.reject(EngineError.closed());
  }

  private take(report: Report, asked: Asked): void {
    this.answer = { ...asked, report };
    this.changed();
  }

  private fail(thrown: unknown): void {
    const error = EngineError.from(thrown);
    if (error.kind !== 'cancelled') {
      this.error = error;
      this.say(error.message);
    }
    this.changed();
  }

  private stop(): void {
    this.abort?.abort();
    this.abort = null;
    this.latest.drop();
  }

  private clear(): void {
    this.stop();
    this.choice = USUAL;
    this.error = null;
    this.answer = null;
    this.own = {};
    this.made = null;
    this.whole = null;
  }

  private changed(): void {
    this.revision += 1;
    this.host.requestUpdate();
  }
}
