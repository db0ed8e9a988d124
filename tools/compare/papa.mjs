// Reads each file named on standard input (one path a line) with PapaParse as a page would call it, and writes one JSON line
// each: the rows, or the error.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import Papa from 'papaparse';

for await (const path of createInterface({ input: process.stdin })) {
  let answer;
  try {
    const { data, errors } = Papa.parse(new TextDecoder().decode(readFileSync(path)), { skipEmptyLines: true });
    const fatal = errors.find(({ type }) => type === 'Quotes');
    answer = fatal ? { error: fatal.message, rows: data } : { rows: data };
  } catch (thrown) {
    answer = { error: String(thrown) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
