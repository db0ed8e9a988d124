/**
 * What is asked, part by part, and what came of it. The figures on the page stay until new ones are there; a newer
 * question drops what the one before it has not been answered yet, and waits for no more than the one running request.
 */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { count, plural } from '../charts/format.js';
import type { Handle } from '../engine/engine.js';
import { EngineError } from '../engine/errors.js';
import { History } from '../engine/history.js';
import type { Asked, Piece } from '../engine/parts.js';
import { ALL_PARTS, FIRST_PARTS, affected, failed, nextPiece, partsOf, taken } from '../engine/parts.js';
import { having, same } from '../engine/question.js';
import type { HolidayFile, Part, Query, Report } from '../engine/types.js';

/** A question that could not be answered, and the control that it came from. */
export interface Refusal {
  error: EngineError;
  from: string;
}

export interface DimensionValue {
  /** As a filter names it: the empty string where tickets have none. */
  value: string;
  tickets: number;
}

/** What is known of the values of a dimension. */
export type Values = { state: 'asking' } | { state: 'known'; values: DimensionValue[] } | { state: 'failed'; error: EngineError };

/** As a row of a breakdown calls it. */
const NO_VALUE = '(none)';

interface Change {
  what: string;
  from: string;
}

export class Questions implements ReactiveController {
  /** The figures on the page. */
  report: Report | null = null;
  /** The first answer, to the question without filters. */
  whole: Report | null = null;
  /** What the controls show: the question asked last, whether or not it can be answered. */
  wanted: Asked = { query: {}, lens: null };
  refusal: Refusal | null = null;
  /** Parts that do not answer the question yet. */
  stale: ReadonlySet<Part> = new Set();
  /** Parts that any answer had: their cards stay. */
  readonly had = new Set<Part>();
  readonly values = new Map<string, Values>();

  /** Grows with each change. */
  revision = 0;

  private handle: Handle | null = null;
  /** The question that the figures answer, and what it still lacks. */
  private answered: Asked = { query: {}, lens: null };
  private lacking: ReadonlySet<Part> = new Set();
  private history = new History<Query>({});
  private change: Change | null = null;
  private version = 0;
  private running = false;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly say: (text: string) => void,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.close();
  }

  /** The question for a first answer. */
  static first(): Query {
    return nextPiece({ query: {}, lens: null }, new Set(FIRST_PARTS))?.query ?? {};
  }

  /** Another input, with its first answer. */
  start(handle: Handle, report: Report, lens: string | null = null): void {
    this.close();
    this.handle = handle;
    this.report = report;
    this.whole = report;
    this.wanted = { query: {}, lens };
    this.answered = this.wanted;
    this.history = new History<Query>({});
    this.note(report);
    this.set(new Set(partsOf(this.wanted).filter((part) => !FIRST_PARTS.includes(part))));
    this.lacking = this.stale;
    void this.run();
  }

  close(): void {
    this.handle = null;
    this.version += 1;
    this.report = null;
    this.whole = null;
    this.refusal = null;
    this.change = null;
    this.values.clear();
    this.had.clear();
    this.set(new Set());
  }

  /** The question that is being answered: the one wanted, unless it cannot be answered. */
  get query(): Query {
    return this.asking.query;
  }

  /** The dimension that figures are broken down by. */
  get lens(): string | null {
    return this.asking.lens;
  }

  private get asking(): Asked {
    return this.refusal ? this.answered : this.wanted;
  }

  /** Whether what is looked at first does not answer the question yet. */
  get busy(): boolean {
    return FIRST_PARTS.some((part) => this.stale.has(part));
  }

  get progress(): { done: number; total: number } | null {
    if (this.stale.size === 0) return null;
    const total = partsOf(this.asking).length;
    return { done: Math.max(0, total - this.stale.size), total };
  }

  get canUndo(): boolean {
    return this.history.canUndo;
  }

  /** What Undo would take back. */
  get lastStep(): string {
    return this.history.what;
  }

  /** Asks; `what` names the change for Undo, `from` the control that shows what is wrong with it. */
  ask(query: Query, what: string, from: string): void {
    this.put({ ...this.wanted, query: having(query, {}) }, { what, from });
  }

  /** Breaks the figures down by another dimension. */
  look(lens: string | null): void {
    this.put({ ...this.wanted, lens }, null);
  }

  undo(): void {
    // What has not been answered, or cannot be, is taken back first.
    if (this.refusal || this.change) {
      this.say('Taken back.');
      this.put(this.answered, null);
      return;
    }
    const what = this.history.undo();
    if (what === null) return;
    this.say(`Taken back: ${what}.`);
    this.put({ ...this.wanted, query: this.history.now }, null);
  }

  /** The values of a dimension, asked once. */
  open(dimension: string): void {
    const { handle } = this;
    const known = this.values.get(dimension);
    if (!handle || (known && known.state !== 'failed')) return;
    const put = (values: Values): void => {
      if (this.handle !== handle) return;
      this.values.set(dimension, values);
      this.changed();
    };
    put({ state: 'asking' });
    handle.report({ by: [dimension], parts: ['breakdowns'], min_group: 1 }).then(
      (report) => {
        const rows = report.breakdowns?.find(({ by }) => by === dimension)?.rows;
        if (rows) put({ state: 'known', values: rows.map(({ key, tickets }) => ({ value: key === NO_VALUE ? '' : key, tickets })) });
        else {
          const why = report.unavailable['breakdowns'];
          put({ state: 'failed', error: new EngineError('unknown', why?.reason ?? 'Its values are not known.', why?.remedy ?? '') });
        }
      },
      (thrown: unknown) => {
        put({ state: 'failed', error: EngineError.from(thrown) });
      },
    );
  }

  /** The days of an iCalendar file. */
  async holidays(text: string): Promise<HolidayFile> {
    if (!this.handle) throw EngineError.closed();
    return this.handle.holidays(text);
  }

  private put(asked: Asked, change: Change | null): void {
    if (!this.handle) return;
    const before = this.wanted;
    if (!this.refusal && same(before.query, asked.query) && before.lens === asked.lens) return;
    this.version += 1;
    this.wanted = asked;
    this.change = change;
    this.refusal = null;
    const parts = new Set(partsOf(asked));
    // Against what is on the page, not against a question that may never be answered.
    const changed = affected(this.answered, asked);
    this.set(new Set([...this.lacking, ...changed].filter((part) => parts.has(part))));
    // Back to what is on the page already.
    if (same(this.answered.query, asked.query) && this.answered.lens === asked.lens) this.accept(asked);
    void this.run();
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      for (let piece = this.next(); piece && this.handle; piece = this.next()) {
        const { version, handle, asking } = this;
        try {
          const hours = this.hoursOf(asking);
          if (hours) await handle.report(hours);
          if (version !== this.version) continue;
          const answer = await handle.report(piece.query);
          if (version !== this.version) continue;
          this.report = taken(this.report, answer, piece);
          this.note(this.report);
          this.finish(piece.take);
          this.accept(asking);
          if (piece.take === FIRST_PARTS) this.tell(this.report);
        } catch (thrown) {
          if (version !== this.version) continue;
          this.refuse(EngineError.from(thrown), piece.take);
        }
      }
    } finally {
      this.running = false;
    }
  }

  /** Hours that do not count yet are looked at nevertheless: what is wrong with them is said where they are written. */
  private hoursOf({ query: { calendars, clock } }: Asked): Query | null {
    if (!this.change || !calendars || clock === 'business') return null;
    return same({ calendars }, { calendars: this.answered.query.calendars ?? {} }) ? null : { calendars, clock: 'business', parts: [] };
  }

  private next(): Piece | null {
    return nextPiece(this.asking, this.stale);
  }

  /** The question has an answer: it is what can be gone back to. */
  private accept(asked: Asked): void {
    const changed = !same(this.answered.query, asked.query);
    this.answered = asked;
    this.lacking = this.stale;
    if (changed && this.change) {
      const { what, from } = this.change;
      if (from === 'as-of' && this.history.what === what) this.history.amend(asked.query);
      else this.history.do(asked.query, what);
    }
    this.change = null;
  }

  /** What is on the page stays, and goes on being completed; the controls show what could not be answered. */
  private refuse(error: EngineError, take: readonly Part[]): void {
    if (this.change && !same(this.answered.query, this.wanted.query)) {
      this.refusal = { error, from: this.change.from };
      this.say(`${error.message} The figures are the ones from before.`);
      this.change = null;
      this.set(this.lacking);
      return;
    }
    if (this.report) this.report = failed(this.report, take, error.message, error.remedy);
    this.finish(take);
    this.lacking = this.stale;
  }

  private finish(take: readonly Part[]): void {
    const left = new Set(this.stale);
    for (const part of take) left.delete(part);
    this.set(left);
    if (left.size === 0) this.say('All figures are there.');
  }

  private note(report: Report): void {
    for (const part of ALL_PARTS) if (report[part] !== undefined) this.had.add(part);
  }

  private tell({ tickets, sentences }: Report): void {
    const open = tickets.total === 0 ? 'No ticket is left.' : `${plural(tickets.total, 'ticket')}, ${count(tickets.open)} open.`;
    this.say(`${open} ${sentences[0]?.text ?? ''}`);
  }

  private set(stale: ReadonlySet<Part>): void {
    this.stale = stale;
    this.changed();
  }

  private changed(): void {
    this.revision += 1;
    this.host.requestUpdate();
  }
}
