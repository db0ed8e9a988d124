/** The board in words: its one sentence, what stands at the head of each column, and what is on a card. */

import type { Board, BoardColumn, Card, OlderThan, ResultClass, Role } from '../engine/types.js';
import type { Say } from './format.js';
import { count, date, dateTime, duration, percent, plural } from './format.js';

/** What stands on it, one of them. */
const NOUNS: Record<Role, string> = { tickets: 'ticket', changes: 'change', deployments: 'deployment', field_history: 'ticket' };

export const nounOf = (of: Role): string => NOUNS[of];

const RESULTS: Record<ResultClass, string> = {
  succeeded: 'succeeded',
  with_issues: 'succeeded, with issues',
  failed: 'failed',
  backed_out: 'backed out',
  cancelled: 'cancelled',
  running: 'not ended',
  unknown: 'ended, result not known',
};

export const resultWords = (result: ResultClass): string => RESULTS[result];

/** In work, so that their age is compared with that of what was finished. */
const STANDING: readonly string[] = ['queue', 'active', 'hold', 'unknown'];

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** "Monday, 3 Feb 2025". */
export function dayWords(iso: string): string {
  const at = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? iso : `${DAYS[at.getUTCDay()] ?? ''}, ${date(iso)}`;
}

export const columnOf = ({ columns }: Board, name: string): BoardColumn | undefined => columns.find(({ column }) => column === name);

const countOf = (board: Board, name: string): number => columnOf(board, name)?.count ?? 0;

/** The percentile that a promise is made of, or the highest there is below it, or the first. */
function promised(list: readonly OlderThan[]): OlderThan | undefined {
  return list.find(({ p }) => p === 85) ?? list.findLast(({ p }) => p < 85) ?? list[0];
}

/** "2025-02-03" -> "On 3 Feb 2025 412 tickets were open: 120 waiting, ..."; then what to look at. */
export function boardSentence(board: Board, say: Say = duration, doneDays = 7): string {
  const noun = nounOf(board.of);
  const parts = [openWords(board, say), olderWords(board), limitWords(board)].filter((text) => text !== '');
  const open = board.total_wip === 0 ? `no ${noun} was open` : `${plural(board.total_wip, noun)} ${board.total_wip === 1 ? 'was' : 'were'} open${parts.length > 0 ? `: ${parts.join('; ')}` : ''}`;
  return `On ${date(board.date)} ${open}. ${besides(board, doneDays)}`.trim();
}

function openWords(board: Board, say: Say): string {
  const hold = columnOf(board, 'hold');
  const blocked = hold?.in_column_median_seconds;
  const said: [string, number][] = [
    ['waiting', countOf(board, 'queue')],
    ['in work', countOf(board, 'active')],
    [`blocked${blocked === undefined ? '' : ` (median ${say(blocked)})`}`, hold?.count ?? 0],
    ['not known whether waiting or in work', countOf(board, 'unknown')],
  ];
  return said.filter(([, n]) => n > 0).map(([words, n]) => `${count(n)} ${words}`).join(', ');
}

/** How many in work are older than most of what was finished ever got. */
function olderWords(board: Board): string {
  const older = board.columns.filter(({ column }) => STANDING.includes(column)).flatMap(({ older_than }) => promised(older_than) ?? []);
  const [first] = older;
  if (!first || !board.reference) return '';
  const n = older.filter(({ p }) => p === first.p).reduce((sum, one) => sum + one.count, 0);
  return n === 0 ? `none older than ${share(first.p)} of the finished ever took` : `${count(n)} older than ${share(first.p)} of the finished ever took`;
}

function limitWords({ columns }: Board): string {
  const over = columns.filter(({ over_limit }) => (over_limit ?? 0) > 0);
  const [only] = over;
  if (!only) return columns.some(({ limit }) => limit !== undefined) ? 'no column over its limit' : '';
  return over.length === 1 ? `${only.label} ${count(only.over_limit ?? 0)} over its limit of ${count(only.limit ?? 0)}` : `${count(over.length)} columns over their limit`;
}

/** What is not open: planned and done. */
function besides(board: Board, doneDays: number): string {
  const planned = columnOf(board, 'planned');
  const done = columnOf(board, 'done');
  const said: string[] = [];
  if (planned && planned.count > 0) {
    const late = planned.overdue ?? 0;
    said.push(`${count(planned.count)} planned${late > 0 ? `, ${count(late)} of them past ${late === 1 ? 'its' : 'their'} planned start` : ''}`);
  }
  if (done && done.count > 0) said.push(`${count(done.count)} done ${doneDays === 1 ? 'on that day' : `in the last ${count(doneDays)} days`}`);
  return said.length === 0 ? '' : `Besides these, ${said.join(' and ')}.`;
}

const share = (p: number): string => `${Math.round(p * 10) / 10} %`;

// ---- heads of columns ----

export interface Fact {
  term: string;
  text: string;
}

/** "12 of 10: 2 over"; empty where no limit is set. */
export function limitText({ count: n, limit, over_limit }: BoardColumn): string {
  if (limit === undefined) return '';
  const over = over_limit ?? Math.max(0, n - limit);
  return over > 0 ? `${count(n)} of ${count(limit)}: ${count(over)} over` : `${count(n)} of ${count(limit)}`;
}

/** How old they are. Of changes that are planned the percentiles are those of the time until they start. */
export function factsOf(column: BoardColumn, say: Say = duration): Fact[] {
  const { column: name, count: n, overdue, oldest_seconds: oldest, in_column_median_seconds: since } = column;
  if (n === 0) return [];
  const median = column.ages.find(({ p }) => p === 50);
  const older = promised(column.older_than);
  const terms = TERMS[startsAhead(column) ? 'scheduled' : name === 'done' ? 'done' : 'standing'];
  const facts: (Fact | null)[] = [
    oldest === undefined ? null : { term: terms.longest, text: say(oldest) },
    median === undefined ? null : { term: terms.median, text: say(median.seconds) },
    since === undefined || name === 'done' || name === 'planned' ? null : { term: name === 'hold' ? 'Blocked, median' : 'In column, median', text: say(since) },
    older === undefined || name === 'done' ? null : { term: `Older than ${share(older.p)} of the finished`, text: count(older.count) },
    overdue === undefined || overdue === 0 ? null : { term: name === 'planned' || name === 'queue' ? 'Planned start passed' : 'Planned end passed', text: count(overdue) },
  ];
  return facts.filter((fact) => fact !== null);
}

/** Whether the ages of a column are times until a planned start: so they are where plans are known at all. */
export const startsAhead = ({ column, overdue }: BoardColumn): boolean => column === 'planned' && overdue !== undefined;

const TERMS = {
  standing: { longest: 'Oldest', median: 'Median age' },
  done: { longest: 'Took longest', median: 'Took, median' },
  scheduled: { longest: 'Oldest request', median: 'Starts in, median' },
} as const;

// ---- cards ----

export interface CardWords {
  ticket: number;
  id: string;
  /** How old, or how long it took. */
  age: string;
  /** Where that stands among what was finished; empty where it is not known. */
  rank: string;
  /** The same from 0 to 1. */
  percentile: number | null;
  /** For how long it has been in the column, where that says more than the age. */
  since: string;
  /** State, group, service, priority: those that are recorded. */
  tags: Fact[];
  /** Planned window of a change. */
  window: string;
  overdue: string;
  result: string;
  failed: boolean;
}

export function cardWords(card: Card, column: string, zone: string, say: Say = duration): CardWords {
  const done = column === 'done';
  const percentile = card.percentile ?? null;
  return {
    ticket: card.ticket,
    id: card.id ?? `Number ${card.ticket}`,
    age: done ? `took ${say(card.age_seconds)}` : column === 'planned' ? `asked for ${say(card.age_seconds)} ago` : `${say(card.age_seconds)} old`,
    rank: percentile === null || column === 'planned' ? '' : rank(percentile, done ? 'longer' : 'older'),
    percentile: column === 'planned' ? null : percentile,
    since: card.in_column_seconds === undefined || done || column === 'planned' ? '' : column === 'hold' ? `blocked for ${say(card.in_column_seconds)}` : `here for ${say(card.in_column_seconds)}`,
    tags: [
      { term: 'State', text: card.state },
      { term: 'Team', text: card.group },
      { term: 'Service', text: card.service },
      { term: 'Priority', text: card.priority },
    ].filter(({ text }) => text !== ''),
    window: planWords(card, zone),
    overdue: card.overdue ? (column === 'planned' || column === 'queue' ? 'Planned start passed' : 'Planned end passed') : '',
    result: done && card.result !== undefined ? resultWords(card.result) : '',
    failed: done && (card.result === 'failed' || card.result === 'backed_out'),
  };
}

/** "older than 93 % of the finished". */
export function rank(percentile: number, word: 'older' | 'longer'): string {
  if (percentile >= 1) return `${word} than all of the finished`;
  if (percentile <= 0) return word === 'older' ? 'younger than all of the finished' : 'shorter than all of the finished';
  return `${word} than ${percent(percentile)} of the finished`;
}

/** "3 Feb 2025, 22:00 to 23:30", with both days where they differ. */
function planWords({ planned_start, planned_end }: Card, zone: string): string {
  const from = planned_start === undefined ? null : dateTime(Date.parse(planned_start) / 1000, zone);
  const to = planned_end === undefined ? null : dateTime(Date.parse(planned_end) / 1000, zone);
  if (from === null) return to === null ? '' : `until ${to}`;
  if (to === null) return `from ${from}`;
  const [day, clock] = to.split(', ');
  return `${from} to ${from.startsWith(`${day ?? ''},`) ? (clock ?? to) : to}`;
}

// ---- how it is known ----

const KNOWN: Record<string, (noun: string) => string> = {
  history: (noun) => `Known from the history: the export has a row per change, so that each ${noun} stands where it stood at the end of that day.`,
  latest: (noun) => `Known from the newest row of each ${noun}. It says where each stands now; where it stood before, this export does not say.`,
  dates: (noun) => `Known from dates alone: opening, start, plan and end of each ${noun}. What was on hold in between cannot be seen. An audit or history export would show it.`,
};

export function knownWords({ known_from, of }: Board): string {
  return Object.hasOwn(KNOWN, known_from) ? (KNOWN[known_from]?.(nounOf(of)) ?? '') : `Known from ${known_from.replaceAll('_', ' ')}.`;
}

/** For a live region: short, since it comes again with each step. */
export function announced(board: Board): string {
  const columns = board.columns.filter(({ count: n }) => n > 0).map(({ label, count: n }) => `${label} ${count(n)}`);
  const over = board.columns.filter(({ over_limit }) => (over_limit ?? 0) > 0).map(({ label, over_limit }) => `${label} ${count(over_limit ?? 0)} over its limit`);
  return `${date(board.date)}: ${columns.length === 0 ? 'nothing on the board' : [...columns, ...over].join(', ')}.`;
}
