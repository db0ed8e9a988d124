/** A report that comes in pieces: which parts are asked for together, in which order, and how they become one again. */

import { FIRST_CARDS } from './board-choice.js';
import { same } from './question.js';
import type { Part, Query, Report } from './types.js';

/** What takes seconds is computed where a reader asks for it: a question of its own, beside that of the page. */
export type OnRequest = 'swarm';

/** When a part is asked for: all of one turn in one request. Those of turn 0 are what a reader looks at first. */
const TURN: Record<Exclude<Part, OnRequest>, number> = {
  lead_time: 0,
  ageing: 0,
  throughput: 0,
  wip: 0,
  handoffs: 0,
  sentences: 0,
  clocks: 1,
  cycle_time: 1,
  response_time: 1,
  survival: 2,
  cfd: 3,
  stability: 1,
  process_behaviour: 4,
  flow_efficiency: 5,
  rework: 5,
  touches: 5,
  time_in_state: 5,
  time_in_group: 5,
  queue: 6,
  reopens: 6,
  reassignments: 6,
  recorded: 6,
  sla: 7,
  cost: 7,
  comparison: 8,
  breakdowns: 9,
  forecast: 10,
  fits: 11,
  delivery: 12,
  changes: 12,
  board: 13,
};

/** All but what has to be requested. */
export const ALL_PARTS = Object.keys(TURN) as (keyof typeof TURN)[];
const TURNS = [...new Set(Object.values(TURN))].sort((a, b) => a - b);

export const FIRST_PARTS: readonly Part[] = ALL_PARTS.filter((part) => TURN[part] === 0);
const LATER_PARTS: readonly Part[] = ALL_PARTS.filter((part) => TURN[part] > 0);

/** Sentences are better where survival is known, and worse without what else they speak of. */
const WITH_SURVIVAL: readonly Part[] = ['survival', 'throughput', 'handoffs', 'sentences'];

export interface Asked {
  query: Query;
  /** Dimension of the breakdown. */
  lens: string | null;
}

/** Parts that an answer to this has, or names as missing. */
export function partsOf({ query, lens }: Asked): Part[] {
  return ALL_PARTS.filter((part) => (part !== 'comparison' || query.compare !== undefined) && (part !== 'breakdowns' || lens !== null));
}

/** Fields of a query that speak of few parts only; all others change every part. */
const REACH: { [K in keyof Query]?: readonly Part[] } = {
  compare: ['comparison'],
  targets: ['sla'],
  rates: ['cost', 'handoffs'],
  forecast: ['forecast'],
  board: ['board'],
  swarm: [],
  limits: ['process_behaviour', 'delivery', 'changes'],
  // Incidents that a change caused are found by the same links.
  delivery: ['delivery', 'changes'],
};

/** Parts that one question answers otherwise than another. */
export function affected(before: Asked, after: Asked): Part[] {
  const wanted = partsOf(after);
  const fields = [...new Set([...Object.keys(before.query), ...Object.keys(after.query)])] as (keyof Query)[];
  const reached = new Set<Part>(before.lens === after.lens ? [] : ['breakdowns']);
  for (const field of fields) {
    if (same({ [field]: before.query[field] }, { [field]: after.query[field] })) continue;
    for (const part of REACH[field] ?? wanted) reached.add(part);
  }
  return wanted.filter((part) => reached.has(part));
}

/** A request: what is asked, and which parts of the answer are taken. */
export interface Piece {
  query: Query;
  take: readonly Part[];
}

/** The next request for what is stale; `null` where nothing is. */
export function nextPiece({ query, lens }: Asked, stale: ReadonlySet<Part>): Piece | null {
  const turn = TURNS.find((one) => ALL_PARTS.some((part) => TURN[part] === one && stale.has(part)));
  if (turn === undefined) return null;
  const whole = { ...query, include: { points: true, ids: true } };
  if (turn === 0) return { query: { ...whole, parts: [...FIRST_PARTS] }, take: FIRST_PARTS };
  const take = ALL_PARTS.filter((part) => TURN[part] === turn && stale.has(part));
  if (take.includes('survival')) return { query: { ...whole, parts: [...WITH_SURVIVAL] }, take: ['survival', 'sentences'] };
  if (take.includes('board')) return { query: { ...whole, board: { cards: FIRST_CARDS, ...query.board }, parts: take }, take };
  if (take.includes('breakdowns')) return { query: { ...query, by: lens === null ? [] : [lens], parts: take }, take };
  return { query: { ...whole, parts: take }, take };
}

/** The part that a key of `unavailable` or `receipts` is about: "ageing.bands" is about ageing. */
const partOf = (key: string): string => key.split('.', 1)[0] ?? key;

/** The report with some of its parts taken from another one: figures, receipts and what is missing. */
export function merge(report: Report, answer: Report, take: readonly Part[]): Report {
  const taken = new Set<string>(take);
  const figures = { ...report } as unknown as Record<string, unknown>;
  for (const part of take) {
    if (answer[part] === undefined) Reflect.deleteProperty(figures, part);
    else figures[part] = answer[part];
  }
  return {
    ...(figures as unknown as Report),
    receipts: exchange(report.receipts, answer.receipts, taken),
    unavailable: exchange(report.unavailable, answer.unavailable, taken),
  };
}

/** An answer to a piece, put into what is there: what it does not speak of stays until its own piece comes. */
export function taken(before: Report | null, answer: Report, { take }: Piece): Report {
  if (!before) return answer;
  return take === FIRST_PARTS ? merge(answer, before, LATER_PARTS) : { ...merge(before, answer, take), query: answer.query };
}

/** Parts that could not be asked for at all, named as missing with the reason. */
export function failed(before: Report, parts: readonly Part[], reason: string, remedy: string): Report {
  const missing = Object.fromEntries(parts.map((part) => [part, { reason, remedy }]));
  // Sentences are a list, which is never absent.
  const gone = parts.filter((part) => part !== 'sentences');
  return merge(before, { ...before, ...Object.fromEntries(gone.map((part) => [part, undefined])), unavailable: missing, receipts: {} }, gone);
}

function exchange<T>(old: Record<string, T> | undefined, fresh: Record<string, T> | undefined, parts: ReadonlySet<string>): Record<string, T> {
  const kept = Object.entries(old ?? {}).filter(([key]) => !parts.has(partOf(key)));
  const came = Object.entries(fresh ?? {}).filter(([key]) => parts.has(partOf(key)));
  return Object.fromEntries([...kept, ...came]);
}
