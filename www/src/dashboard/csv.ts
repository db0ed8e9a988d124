/** The first records of a CSV that the engine wrote: commas, doubled quotes, UTF-8. Reads no further than needed. */

export interface Records {
  header: string[];
  rows: string[][];
}

/** The header, and the first `limit` rows that are wanted. */
export async function firstRecords(blob: Blob, limit: number, wanted: (cells: string[], header: string[]) => boolean): Promise<Records> {
  const reader = blob.stream().getReader();
  const decoder = new TextDecoder();
  const rows: string[][] = [];
  let header: string[] | null = null;
  const take = (cells: string[]): boolean => {
    if (header === null) header = cells;
    else if (wanted(cells, header)) rows.push(cells);
    return rows.length < limit;
  };
  const push = splitter(take);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (!push(decoder.decode(value, { stream: !done }), done) || done) break;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
  return { header: header ?? [], rows };
}

/** Takes text in pieces; says whether more is wanted. */
function splitter(take: (cells: string[]) => boolean): (text: string, last: boolean) => boolean {
  let cell = '';
  let cells: string[] = [];
  let quoted = false;
  // A quote at the end of a piece: what follows tells whether it was doubled.
  let pending = false;
  return (text, last) => {
    for (const c of text) {
      if (pending) {
        pending = false;
        if (c === '"') {
          cell += c;
          continue;
        }
        quoted = false;
      }
      if (quoted) {
        if (c === '"') pending = true;
        else cell += c;
      } else if (c === '"' && cell === '') quoted = true;
      else if (c === ',') {
        cells.push(cell);
        cell = '';
      } else if (c === '\n') {
        cells.push(cell);
        const more = take(cells);
        cell = '';
        cells = [];
        if (!more) return false;
      } else if (c !== '\r') cell += c;
    }
    if (last && (cell !== '' || cells.length > 0)) take([...cells, cell]);
    return true;
  };
}
