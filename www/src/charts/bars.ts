/** A list of bars, longest first or in the order of what they stand for. */

export interface ListBar {
  label: string;
  /** Beside the label, in grey. */
  detail: string;
  /** At the end of the line. */
  text: string;
  /** From 0 to 1: the longest has 1. */
  length: number;
}

/** Lengths of bars, measured by the longest. */
export function bars<T>(rows: T[], value: (row: T) => number, words: (row: T) => Omit<ListBar, 'length'>): ListBar[] {
  const longest = rows.reduce((most, row) => Math.max(most, value(row)), 0);
  return rows.map((row) => ({ ...words(row), length: longest > 0 ? value(row) / longest : 0 }));
}
