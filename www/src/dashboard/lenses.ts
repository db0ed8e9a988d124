/** The six elements of an operating model, as ways to look at every figure: an element, one of its dimensions, a table. */

import type { DimensionInfo, Lens, Report } from '../engine/types.js';
import { isPersonal } from './people.js';

/** Every dimension, whatever it speaks of. */
const ANY = 'any';

/** The elements, and one more for what belongs to none of them. */
export function lensesOf({ lenses, input }: Report): Lens[] {
  const all: Lens = {
    id: ANY,
    label: 'Any column',
    question: 'Does it depend on anything else that the file holds?',
    dimensions: input.dimensions.map(({ name }) => name),
    columns: 'any column with repeated values',
  };
  return [...(lenses ?? []), all];
}

/** The dimensions of a lens that can be shown: people only where somebody asked for them. */
export function shownDimensions(lens: Lens, { input }: Report, people: boolean): DimensionInfo[] {
  return lens.dimensions
    .flatMap((name) => input.dimensions.filter((one) => one.name === name))
    .filter(({ name, label, values }) => values > 0 && (people || !isPersonal(name, label)));
}

export const hidesPeople = (lens: Lens, report: Report): boolean =>
  shownDimensions(lens, report, true).length > shownDimensions(lens, report, false).length;

/** What is shown before anybody chooses: teams where there are some, else the first that has several values. */
export function firstDimension(report: Report): string | null {
  const found = lensesOf(report).flatMap((lens) => shownDimensions(lens, report, false)).filter(({ values }) => values > 1);
  return (found.find(({ name }) => name === 'group') ?? found[0])?.name ?? null;
}
