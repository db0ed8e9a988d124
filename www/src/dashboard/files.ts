/** Files out of a drop or a paste. */

/** What can be read, for choosers and for folders. Anything that is dropped by itself is tried all the same. */
export const ACCEPTED = ['csv', 'tsv', 'txt', 'json', 'ndjson', 'xes', 'xml', 'gz', 'zip', 'xlsx', 'xlsb', 'xlsm', 'ods']
  .map((ending) => `.${ending}`)
  .join(',');

/** A folder with more is not one of exports. */
const MOST_FILES = 200;

/** Dropped files, and those in dropped folders that look like exports. Call it in the event: later the drop is gone. */
export function droppedFiles(data: DataTransfer | null): File[] | Promise<File[]> {
  const files = [...(data?.files ?? [])];
  const entries = [...(data?.items ?? [])].map((item) => item.webkitGetAsEntry());
  if (!entries.some((entry) => entry?.isDirectory)) return files;
  return fromEntries(entries.filter((entry) => entry !== null));
}

async function fromEntries(entries: FileSystemEntry[]): Promise<File[]> {
  const found: File[] = [];
  const walk = async (entry: FileSystemEntry, within: boolean): Promise<void> => {
    if (found.length >= MOST_FILES) return;
    if (entry.isFile) {
      if (within && !readable(entry.name)) return;
      found.push(await new Promise((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)));
      return;
    }
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    for (;;) {
      // A reader hands out some entries at a time, and none at the end.
      const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
        reader.readEntries(resolve, reject);
      });
      if (some.length === 0) return;
      for (const each of some.sort((a, b) => (a.name < b.name ? -1 : 1))) await walk(each, true);
    }
  };
  for (const entry of entries) await walk(entry, false);
  return found;
}

function readable(name: string): boolean {
  const ending = /\.[^.]+$/.exec(name.toLowerCase())?.[0] ?? '';
  return !name.startsWith('.') && ACCEPTED.split(',').includes(ending);
}

/** Pasted files, or a table copied as text from a spreadsheet. */
export function pastedFiles(data: DataTransfer | null): File[] {
  if (!data) return [];
  if (data.files.length > 0) return [...data.files];
  const text = data.getData('text/plain');
  if (!/[\n\r]/.test(text.trim())) return [];
  return [text.includes('\t') ? new File([text], 'pasted.tsv', { type: 'text/tab-separated-values' }) : new File([text], 'pasted.csv', { type: 'text/csv' })];
}
