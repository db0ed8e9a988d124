/** The board as of a day: sentence, columns with their cards, and the same as tables and as CSV. */

import type { Board, BoardColumn, Report, Role } from '../engine/types.js';
import type { CardWords, Fact } from './board-words.js';
import { boardSentence, cardWords, factsOf, knownWords, limitText, nounOf, startsAhead } from './board-words.js';
import type { Cell, Missing, Table } from './chart.js';
import { cell, missing } from './chart.js';
import { csv } from './csv.js';
import type { Facts } from './facts.js';
import type { Say } from './format.js';
import { count, date, percent, plural, timeOn } from './format.js';
import type { Help } from './help.js';

export const BOARD_HELP: Help = {
  what: 'What stood where at the end of a day, as it was known then: planned, waiting, in work, on hold, and done in the days before. Each card is a ticket, a change or a deployment.',
  read: 'Move the slider and watch where cards pile up. Look at the oldest cards first: the bar on a card shows which share of the finished took less time than it is old already. A column over its limit asks for finishing before starting.',
  misleads: 'Cards on a board are older than a typical ticket on the day it is finished, since what lasts long is seen on many days: so ages are compared with the percentiles of the finished, never with their mean. How far back states are known depends on the export; the board says so below.',
  formula: 'Age = that day - opened. Percentile of a card = finished by that day that took less time / all finished by that day. Over = count - limit. Blocked for = that day - entry into the hold. A card picked from a board has a mean age of E[W²] / (2 E[W]), which is more than half the mean (length bias, Cox 1962).',
};

export interface ColumnView {
  name: string;
  label: string;
  count: number;
  /** Empty where no limit is set. */
  limit: string;
  over: boolean;
  facts: Fact[];
  /** By state, the fullest first. */
  states: Fact[];
  cards: CardWords[];
  more: number;
  /** Instead of cards. */
  nothing: string;
}

export interface BoardView extends Facts {
  columns: ColumnView[];
  known: string;
  cautions: string[];
}

export function board(report: Report): BoardView | Missing {
  const part = report.board;
  if (!part) return missing(report, 'board');
  const say = timeOn(report.query.clock);
  const headline = boardSentence(part, say, report.query.board?.done_days);
  return {
    kind: 'facts',
    headline,
    summary: part.known_from === 'history' ? referenceWords(part) : `${referenceWords(part)} ${knownWords(part)}`,
    columns: part.columns.map((column) => columnView(column, report.zone, say)),
    known: knownWords(part),
    cautions: part.cautions,
    table: countsTable(part, say),
    further: part.columns.some(({ cards }) => cards.length > 0) ? [cardsTable(part, report.zone, say)] : [],
  };
}

function referenceWords({ reference, of }: Board): string {
  if (!reference || reference.n === 0) return `No ${nounOf(of)} was finished by that day, so there is nothing to compare ages with.`;
  return `Ages are compared with the ${plural(reference.n, nounOf(of))} finished by that day.`;
}

function columnView(column: BoardColumn, zone: string, say: Say): ColumnView {
  return {
    name: column.column,
    label: column.label,
    count: column.count,
    limit: limitText(column),
    over: (column.over_limit ?? 0) > 0,
    facts: factsOf(column, say),
    states: [...column.states].sort((a, b) => b.count - a.count).map(({ state, count: n }) => ({ term: state || '(none)', text: count(n) })),
    cards: column.cards.map((card) => cardWords(card, column.column, zone, say)),
    more: column.more,
    nothing: column.count === 0 ? 'Nothing' : column.cards.length === 0 ? 'No card is listed.' : '',
  };
}

// ---- tables ----

const timed = (seconds: number | undefined, say: Say): Cell => (seconds === undefined ? cell('not known', null) : cell(say(seconds), seconds));
const counted = (n: number | undefined, absent = 'none'): Cell => (n === undefined ? cell(absent, null) : cell(count(n), n));

/** A row a figure, a column a column of the board: so it stays as narrow as the board has columns. */
function countsTable(part: Board, say: Say): Table {
  const { columns } = part;
  const row = (label: string, of: (column: BoardColumn) => Cell): Cell[] => [cell(label), ...columns.map(of)];
  return {
    caption: `The board of ${date(part.date)}: ${plural(part.n, nounOf(part.of))}`,
    columns: [{ label: 'Figure' }, ...columns.map(({ label }) => ({ label, numeric: true }))],
    rows: [
      row('Count', (column) => counted(column.count)),
      row('WIP limit', (column) => counted(column.limit)),
      row('Over the limit', (column) => counted(column.over_limit)),
      row('Oldest', (column) => timed(column.oldest_seconds, say)),
      ...percentilesOf(part).map((p) => row(p === 50 ? 'Median age' : `${p} % are younger than`, ({ ages }) => timed(ages.find((one) => one.p === p)?.seconds, say))),
      row('In this column, median', (column) => timed(column.in_column_median_seconds, say)),
      ...olderOf(part).map((p) => row(`Older than ${p} % of the finished`, ({ older_than }) => counted(older_than.find((one) => one.p === p)?.count, 'not known'))),
      row('Plan passed', (column) => counted(column.overdue, 'no plan')),
    ],
    note: part.columns.some(startsAhead) ? 'Of what is done: how long it took. Of what is planned, the percentiles are those of the time until the planned start.' : 'Of what is done: how long it took.',
  };
}

const distinct = (values: number[]): number[] => [...new Set(values)].sort((a, b) => a - b);
const percentilesOf = ({ columns }: Board): number[] => distinct(columns.flatMap(({ ages }) => ages.map(({ p }) => p)));
const olderOf = ({ columns }: Board): number[] => distinct(columns.flatMap(({ older_than }) => older_than.map(({ p }) => p)));

function cardsTable(part: Board, zone: string, say: Say): Table {
  const plans = part.columns.some(({ cards }) => cards.some(({ planned_start, planned_end }) => planned_start !== undefined || planned_end !== undefined));
  const rows = part.columns.flatMap((column) =>
    column.cards.map((card): Cell[] => {
      const words = cardWords(card, column.column, zone, say);
      return [
        { text: words.id, ticket: card.ticket },
        cell(column.label),
        cell(card.state || 'not known'),
        cell(card.group || '(none)'),
        cell(card.service || '(none)'),
        cell(card.priority || '(none)'),
        cell(say(card.age_seconds), card.age_seconds),
        words.percentile === null ? cell('not known', null) : cell(percent(words.percentile), words.percentile),
        timed(card.in_column_seconds, say),
        ...(plans ? [cell(words.window ? `${words.window}${words.overdue ? ` (${words.overdue.toLowerCase()})` : ''}` : 'no plan'), cell(words.result || 'not ended')] : []),
      ];
    }),
  );
  const hidden = part.columns.reduce((sum, { more }) => sum + more, 0);
  return {
    caption: 'The cards',
    columns: [
      { label: capital(nounOf(part.of)) },
      { label: 'Column' },
      { label: 'State' },
      { label: 'Team' },
      { label: 'Service' },
      { label: 'Priority' },
      { label: 'Age', numeric: true },
      { label: 'Longer than, of the finished', numeric: true },
      { label: 'In this column', numeric: true },
      ...(plans ? [{ label: 'Plan' }, { label: 'Result' }] : []),
    ],
    rows,
    ...(hidden > 0 ? { note: `${plural(hidden, 'more card')} not listed: choose a team or a service.` } : {}),
  };
}

const capital = (text: string): string => text.replace(/^./, (c) => c.toUpperCase());

/** Counts alone, no card: a file that can be passed on. */
export function boardCsv(part: Board): string {
  const percentiles = percentilesOf(part);
  const older = olderOf(part);
  const or = (value: number | undefined): string | number => value ?? '';
  return csv([
    ['date', 'of', 'column', 'count', 'limit', 'over_limit', 'oldest_seconds', ...percentiles.map((p) => `age_p${p}_seconds`), 'in_column_median_seconds', ...older.map((p) => `older_than_p${p}`), 'overdue'],
    ...part.columns.map((column) => [
      part.date,
      part.of,
      column.column,
      column.count,
      or(column.limit),
      or(column.over_limit),
      or(column.oldest_seconds),
      ...percentiles.map((p) => or(column.ages.find((one) => one.p === p)?.seconds)),
      or(column.in_column_median_seconds),
      ...older.map((p) => or(column.older_than.find((one) => one.p === p)?.count)),
      or(column.overdue),
    ]),
  ]);
}

const ROLE_NAMES: Record<Role, string> = { tickets: 'Tickets', changes: 'Changes', deployments: 'Deployments', field_history: 'Tickets' };
export const roleName = (of: Role): string => ROLE_NAMES[of];
