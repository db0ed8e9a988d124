/** What a reader chooses on the board, and the question that this makes of the page's own. */

import { filtered, having, same } from './question.js';
import type { BoardQuery, Query, Role } from './types.js';

/** Roles that have a board of their own. */
export type BoardRole = Exclude<Role, 'field_history'>;

export interface BoardChoice {
  /** Whose board; `null`: that of the page. */
  of: BoardRole | null;
  /** A date; `null`: the day of the page. */
  day: string | null;
  /** Team and service; `null`: all of the page, the empty string: those that have none. */
  group: string | null;
  service: string | null;
  doneDays: number;
  /** Most that should stand in a column, by its name. */
  limits: Readonly<Record<string, number>>;
  /** Cards a column. */
  cards: number;
}

/** Days back that the column of what is done can reach. */
export const DONE_DAYS: readonly number[] = [1, 3, 7, 14, 30, 90];
/** Columns that can have a limit. */
export const LIMITED: readonly string[] = ['planned', 'queue', 'active', 'hold'];

export const FIRST_CARDS = 20;
export const ALL_CARDS = 100;
/** Highest limit that makes sense: more cards than a board of paper has. */
export const HIGHEST_LIMIT = 100_000;

export const PLAIN: BoardChoice = { of: null, day: null, group: null, service: null, doneDays: 7, limits: {}, cards: FIRST_CARDS };

/** Whether the page's own answer shows it. */
export function isPlain(choice: BoardChoice, pageOf: Role): boolean {
  return sameChoice({ ...choice, of: choice.of === pageOf ? null : choice.of }, PLAIN);
}

export function sameChoice(a: BoardChoice, b: BoardChoice): boolean {
  const { limits: mine, ...one } = a;
  const { limits: other, ...two } = b;
  return JSON.stringify(one, KEYS) === JSON.stringify(two, KEYS) && JSON.stringify(sortedLimits(mine)) === JSON.stringify(sortedLimits(other));
}

/** Whether they ask for the same but for the day and the number of cards: one may stand in for the other while it is on its way. */
export const sameBoard = (a: BoardChoice, b: BoardChoice): boolean => sameChoice({ ...a, day: null, cards: 0 }, { ...b, day: null, cards: 0 });

const KEYS = ['of', 'day', 'group', 'service', 'doneDays', 'cards'];

const sortedLimits = (limits: BoardChoice['limits']): [string, number][] => Object.entries(limits).sort(([a], [b]) => (a < b ? -1 : 1));

/** With the limit of a column; `null` takes it away. */
export function withLimit(choice: BoardChoice, column: string, limit: number | null): BoardChoice {
  const others = Object.entries(choice.limits).filter(([name]) => name !== column);
  return { ...choice, limits: Object.fromEntries(limit === null ? others : [...others, [column, limit]]) };
}

/** What a number field says: no limit where it is empty, `undefined` where it is no limit at all. */
export function limitOf(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const value = Number(text);
  return Number.isInteger(value) && value >= 1 && value <= HIGHEST_LIMIT ? value : undefined;
}

/** The settings of a board, as a query has them. */
export function boardSettings({ doneDays, limits }: BoardChoice): BoardQuery {
  return { done_days: doneDays, wip_limits: { ...limits } };
}

/** The page's question with the board's settings, for a file that somebody takes away. */
export function withBoard(page: Query, choice: BoardChoice): Query {
  const { doneDays, limits } = choice;
  const untouched = doneDays === PLAIN.doneDays && Object.keys(limits).length === 0;
  return untouched ? page : having(page, { board: boardSettings(choice) });
}

/**
 * The question of the board alone. What the page selects counts on the board of the page's own log; another log has
 * other columns, so that only the clock and the day go with it.
 */
export function boardQuery(page: Query, pageOf: Role, choice: BoardChoice): Query {
  const own = isOwn(choice, pageOf);
  const { as_of, clock, calendars, percentiles, percentile_method } = page;
  const base = own ? having(page, { compare: undefined, by: undefined, targets: undefined, rates: undefined, forecast: undefined }) : having({}, { as_of, clock, calendars, percentiles, percentile_method });
  let query = base;
  if (choice.group !== null) query = filtered(query, 'group', [choice.group]);
  if (choice.service !== null) query = filtered(query, 'service', [choice.service]);
  return having(query, {
    ...(own ? {} : { of: choice.of ?? undefined }),
    ...(choice.day === null ? {} : { as_of: choice.day }),
    parts: ['board'],
    include: { points: false, ids: true },
    board: { ...boardSettings(choice), cards: choice.cards },
  });
}

export const isOwn = ({ of }: BoardChoice, pageOf: Role): boolean => of === null || of === pageOf;

/** Whether the page selects tickets in a way that the board of another log does not follow. */
export const leavesSelection = (page: Query, pageOf: Role, choice: BoardChoice): boolean =>
  !isOwn(choice, pageOf) && !same(having({}, { filter: page.filter, opened: page.opened, resolved: page.resolved, age: page.age }), {});
