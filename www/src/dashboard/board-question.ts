/**
 * The board's own question, beside that of the page: another day, team, service or log, while everything else stays as
 * it is. The newest question wins, and the board before it stays until its answer is there.
 */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { listed } from '../charts/chips.js';
import type { BoardChoice, BoardRole } from '../engine/board-choice.js';
import { PLAIN, boardQuery, isOwn, isPlain, leavesSelection, sameBoard, sameChoice, withBoard } from '../engine/board-choice.js';
import type { Handle } from '../engine/engine.js';
import { EngineError } from '../engine/errors.js';
import { merge } from '../engine/parts.js';
import { dayNumber, same, valuesOf } from '../engine/question.js';
import type { Query, Report, Role } from '../engine/types.js';
import type { BoardDays, BoardDesk, BoardDimension, BoardValue, BoardValues } from '../elements/board-desk.js';
import { daysOf } from './controls/days.js';
import { Latest } from './latest.js';
import type { Questions, Values } from './questions.js';

const ROLES: readonly BoardRole[] = ['tickets', 'changes', 'deployments'];
const DIMENSIONS: readonly BoardDimension[] = ['group', 'service'];
/** Values of a select; whoever has more filters above. */
const LISTED = 300;

interface Asked {
  choice: BoardChoice;
  /** The question of the page that it was asked beside. */
  page: Query;
}

export interface BoardPage {
  handle: Handle | null;
  questions: Questions;
}

export class BoardQuestion implements ReactiveController, BoardDesk {
  choice: BoardChoice = PLAIN;
  error: EngineError | null = null;
  /** Grows with each change. */
  revision = 0;

  /** The answer that is shown instead of the page's own, and what it answers. */
  private answer: { report: Report; choice: BoardChoice } | null = null;
  /** The last answer of any log that had days: where a day has no board, the slider still leads back. */
  private span: { of: Role; first: number; last: number } | null = null;
  private whole: Report | null = null;
  private page: Query = {};
  private made: { page: Report; answer: Report; both: Report } | null = null;
  private readonly known = new Map<string, readonly BoardValue[] | null>();
  private readonly latest = new Latest<Asked, Report>({
    ask: ({ choice, page }) => this.ask(choice, page),
    took: (report, asked, newest) => {
      this.took(report, asked, newest);
    },
    failed: (thrown, _, newest) => {
      if (newest) this.error = EngineError.from(thrown);
      this.changed();
    },
  });

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly at: () => BoardPage,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.clear();
  }

  /** Another input begins anew; another question of the page is one of the board as well. */
  hostUpdate(): void {
    const { whole, query, progress, report } = this.at().questions;
    if (whole !== this.whole) {
      this.clear();
      this.whole = whole;
      this.page = query;
    }
    if (!same(query, this.page)) {
      this.page = query;
      if (!this.plain) this.latest.put({ choice: this.choice, page: query });
    }
    if (report?.board) this.note(report);
    // Behind all figures of the page: nobody waits for these.
    if (progress === null && report && (report.board ?? this.answer)) this.lookUp();
  }

  // ---- what the element sees ----

  get busy(): boolean {
    return this.latest.busy;
  }

  get touched(): boolean {
    return !sameChoice({ ...this.choice, cards: 0 }, { ...PLAIN, cards: 0 });
  }

  get of(): Role {
    return this.choice.of ?? this.pageOf;
  }

  get roles(): readonly BoardRole[] {
    const held = new Set(this.whole?.input.files.map(({ role }) => role ?? 'tickets'));
    return ROLES.filter((role) => held.has(role));
  }

  get days(): BoardDays | null {
    const page = this.at().questions.report;
    if (!page || !this.span) return null;
    const home = daysOf(page).last;
    return { first: Math.min(this.span.first, home), last: Math.max(this.span.last, home), home };
  }

  get unselected(): boolean {
    return leavesSelection(this.page, this.pageOf, this.choice);
  }

  values(dimension: BoardDimension): BoardValues | null {
    const found = this.found(dimension);
    if (found === undefined) return null;
    const own = isOwn(this.choice, this.pageOf) ? valuesOf(this.page, dimension) : [];
    const everything = own.length > 0 ? `As on the page: ${listed(own)}` : dimension === 'group' ? 'All teams' : 'All services';
    return { everything, values: found };
  }

  choose(changes: Partial<BoardChoice>): void {
    const of = changes.of === this.pageOf ? null : changes.of;
    const choice = { ...this.choice, ...changes, ...(of === undefined ? {} : { of }) };
    if (sameChoice(choice, this.choice)) return;
    this.choice = choice;
    this.error = null;
    if (this.plain) {
      this.latest.drop();
      this.answer = null;
    } else this.latest.put({ choice, page: this.page });
    this.changed();
  }

  reset(): void {
    this.choose(PLAIN);
  }

  // ---- what the page asks ----

  /** Whether the board shows an answer of its own, or waits for one. */
  get own(): boolean {
    return !this.plain;
  }

  /** The report of the page with this board in it. */
  over(page: Report): Report {
    if (!this.answer) return page;
    const { report: answer } = this.answer;
    if (this.made?.page === page && this.made.answer === answer) return this.made.both;
    const { query, as_of, of } = answer;
    const both = { ...merge(page, answer, ['board']), query, as_of, ...(of ? { of } : {}) };
    this.made = { page, answer, both };
    return both;
  }

  /** The question of the board that is shown: a ticket is looked up as it was known then. */
  get shownQuery(): Query {
    return this.answer ? this.query(this.answer.choice, this.page) : this.at().questions.query;
  }

  /** The page's question with the limits set here. */
  get withSettings(): Query {
    return withBoard(this.at().questions.query, this.choice);
  }

  // ---- inside ----

  private get plain(): boolean {
    return isPlain(this.choice, this.pageOf);
  }

  private get pageOf(): Role {
    return this.whole?.of ?? 'tickets';
  }

  private ask(choice: BoardChoice, page: Query): Promise<Report> {
    const { handle } = this.at();
    return handle ? handle.report(this.query(choice, page)) : Promise.reject(EngineError.closed());
  }

  /** Another log ends on another day: all boards stand at the day of the page until a day is chosen. */
  private query(choice: BoardChoice, page: Query): Query {
    const home = page.as_of ?? this.at().questions.report?.as_of;
    return boardQuery(home === undefined ? page : { ...page, as_of: home }, this.pageOf, choice);
  }

  /** A day on the way to the newest is worth showing, another team is not. */
  private took(report: Report, { choice, page }: Asked, newest: boolean): void {
    if (newest || (sameBoard(choice, this.choice) && same(page, this.page))) {
      this.answer = { report, choice };
      this.note(report);
    }
    this.changed();
  }

  /** The days of the log that is shown. */
  private note({ board, of }: Report): void {
    if (!board) return;
    const first = dayNumber(board.first ?? '');
    const last = dayNumber(board.last ?? '');
    if (!Number.isNaN(first) && !Number.isNaN(last) && board.of === this.of) this.span = { of: of ?? board.of, first, last };
  }

  private found(dimension: BoardDimension): readonly BoardValue[] | null | undefined {
    const { questions } = this.at();
    if (!isOwn(this.choice, this.pageOf)) return this.known.get(`${this.of} ${dimension}`);
    const known = questions.values.get(dimension);
    if (known) return valuesIn(known);
    return this.whole?.input.dimensions.some(({ name, values }) => name === dimension && values > 1) ? null : undefined;
  }

  /** The values of the selects, one after the other. */
  private lookUp(): void {
    const { handle, questions } = this.at();
    for (const dimension of DIMENSIONS) {
      if (isOwn(this.choice, this.pageOf)) {
        if (!questions.values.has(dimension) && this.found(dimension) === null) {
          // In a task of its own: this is called while the page is being made.
          queueMicrotask(() => { questions.open(dimension); });
          return;
        }
        if (questions.values.get(dimension)?.state === 'asking') return;
      } else if (handle && this.answer && !this.known.has(`${this.of} ${dimension}`)) {
        const { dimensions } = this.answer.report.input;
        if (this.answer.report.board?.of === this.of && dimensions.some(({ name, values }) => name === dimension && values > 1)) void this.open(handle, dimension, this.of);
      }
    }
  }

  private async open(handle: Handle, dimension: BoardDimension, of: Role): Promise<void> {
    const key = `${of} ${dimension}`;
    this.known.set(key, null);
    try {
      const report = await handle.report({ of, by: [dimension], parts: ['breakdowns'], min_group: 1 });
      if (this.at().handle !== handle) return;
      const rows = report.breakdowns?.find(({ by }) => by === dimension)?.rows ?? [];
      this.known.set(key, rows.slice(0, LISTED).map(({ key: value, tickets }) => ({ value: value === '(none)' ? '' : value, tickets })));
    } catch {
      // Without its values the board cannot be narrowed by it; everything else goes on.
      this.known.set(key, []);
    }
    this.changed();
  }

  private clear(): void {
    this.latest.drop();
    this.choice = PLAIN;
    this.error = null;
    this.answer = null;
    this.span = null;
    this.whole = null;
    this.made = null;
    this.known.clear();
  }

  private changed(): void {
    this.revision += 1;
    this.host.requestUpdate();
  }
}

function valuesIn(known: Values): readonly BoardValue[] | null | undefined {
  if (known.state === 'asking') return null;
  return known.state === 'known' ? known.values.slice(0, LISTED) : undefined;
}
