/** Hands a text or a table to the reader as a file of their own. */

/** A browser reads the file after the click, at a time of its own. */
const KEEP_MS = 10_000;

export function save(name: string, content: string | Blob): void {
  const url = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type: 'application/json' }) : content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, KEEP_MS);
}
