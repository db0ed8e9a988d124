/** Files out of a drop or a paste. */

export function droppedFiles(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])];
}

/** Pasted files, or a table copied as text from a spreadsheet. */
export function pastedFiles(data: DataTransfer | null): File[] {
  if (!data) return [];
  if (data.files.length > 0) return [...data.files];
  const text = data.getData('text/plain');
  return /[\n\r]/.test(text.trim()) ? [new File([text], 'pasted.csv', { type: 'text/csv' })] : [];
}
