/** Rows as CSV, safe to open in a spreadsheet. */

/** Spreadsheets take text that begins so for a formula, some behind spaces too. */
const FORMULA = /^\s*[=+\-@\t\r＝＋－＠]/;

/** Text from the data, which may be hostile: an apostrophe keeps it text. Numbers are written as they are. */
function field(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');
}
