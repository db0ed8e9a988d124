/** What becomes of open tickets of an age: the chance of being done soon. */

import type { Chance, Report } from '../engine/types.js';
import type { Cell, Missing } from './chart.js';
import { cell, empty, missing } from './chart.js';
import type { Facts } from './facts.js';
import type { Say } from './format.js';
import { count, percent, plural, timeOn } from './format.js';
import type { Help } from './help.js';

export const CHANCES_HELP: Help = {
  what: 'How likely a ticket that has reached an age is to be done within a day, a week, a month from now, by what became of all tickets that were ever that old.',
  read: 'Read along a row: that is what to tell the person who asks about a ticket of this age. Read down a column: where the chance falls with age, old tickets are stuck, not merely slow.',
  misleads: 'It is a mean of all tickets of that age, whatever their priority, state or team: filter before you answer for one of them. Where few tickets were ever so old, a chance is a guess.',
  formula: 'P(done within d | age a) = 1 - S(a + d) / S(a), S from the Kaplan-Meier curve in which open tickets count.',
};

/** Steps of shading, 0 for none. */
export const SHADES = 5;

export interface ChanceCell {
  text: string;
  /** From 0 to [`SHADES`]. */
  shade: number;
}

export interface ChanceRow {
  age: string;
  open: string;
  cells: ChanceCell[];
}

export interface Chances extends Facts {
  /** "Within 1 day" and so on. */
  heads: string[];
  rows: ChanceRow[];
}

/** Fewer tickets than this say little. */
const FEW = 10;

export function chances(report: Report): Chances | Missing {
  const part = report.ageing;
  if (!part) return missing(report, 'ageing');
  const list = part.chances ?? [];
  const [first] = list;
  if (!first) {
    return empty('There are no chances by age in this report.', 'They need finished tickets, and tickets whose opening date is known.');
  }
  const say = timeOn(report.query.clock);
  const heads = first.within.map(({ seconds }) => `Within ${say(seconds)}`);
  return {
    kind: 'facts',
    summary: summary(list, say),
    heads,
    rows: list.map((row) => ({
      age: ageOf(row, say),
      open: count(row.open),
      cells: first.within.map((_, n) => {
        const chance = row.within[n]?.probability;
        return { text: chanceText(chance), shade: chance === undefined ? 0 : Math.ceil(chance * SHADES) };
      }),
    })),
    table: {
      caption: 'Chance of being done, by age',
      columns: [
        { label: 'Age so far' },
        { label: 'Open now', numeric: true },
        { label: 'Tickets seen at that age', numeric: true },
        ...heads.map((label) => ({ label, numeric: true })),
      ],
      rows: list.map((row): Cell[] => [
        cell(ageOf(row, say), row.age_seconds),
        cell(count(row.open), row.open),
        cell(`${count(row.at_risk)}${row.at_risk < FEW ? ' (few)' : ''}`, row.at_risk),
        ...first.within.map((_, n) => {
          const chance = row.within[n]?.probability;
          return cell(chanceText(chance), chance ?? null);
        }),
      ]),
      ...(list.some((row) => row.at_risk < FEW) ? { note: '(few): so few tickets were ever this old that the chances are guesses.' } : {}),
    },
  };
}

const ageOf = ({ age_seconds: age }: Chance, say: Say): string => (age > 0 ? say(age) : 'new');
const chanceText = (chance: number | undefined): string => (chance === undefined ? 'not known' : percent(chance));

/** The youngest and the oldest age for which the middle chance is known: where the difference is, if there is one. */
function summary(list: Chance[], say: Say): string {
  const middle = Math.floor(((list[0]?.within.length ?? 1) - 1) / 2);
  const known = list.flatMap((row) => {
    const within = row.within[middle];
    return within?.probability === undefined || row.at_risk < FEW ? [] : [{ row, within, probability: within.probability }];
  });
  const [young, old] = [known[0], known.at(-1)];
  if (!young || !old) return 'Too few tickets were seen for long enough to tell chances by age.';
  const said = ({ row, within, probability }: typeof young): string =>
    `${row.age_seconds > 0 ? `a ticket ${say(row.age_seconds)} old` : 'a new ticket'} is done within ${say(within.seconds)} in ${percent(probability)} of cases`;
  const first = said(young).replace(/^a/, 'A');
  if (young === old) return `${first}.`;
  const open = list.filter(({ age_seconds: age }) => age >= old.row.age_seconds).reduce((sum, row) => sum + row.open, 0);
  return `${first}; ${said(old)}. ${plural(open, 'open ticket')} ${open === 1 ? 'is' : 'are'} that old or older.`;
}
