export type Cell = string | number | undefined;

/**
 * A table as a file that spreadsheets open: RFC 4180, and a byte order mark, without which they take Hindi for Latin letters.
 * No text in it is taken for a formula, whoever typed it.
 */
export function csvOf(rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(written).join(',')}\r\n`).join('')}`;
}

/** What makes a spreadsheet calculate instead of show; the wide forms count as the narrow ones in some languages. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

/** Text as it may stand in a cell: an apostrophe in front is how spreadsheets say "this is text". */
export const harmless = (text: string): string => (formula.test(text) ? `'${text}` : text);

function written(cell: Cell): string {
  if (typeof cell === 'number') return String(cell);
  const text = harmless(cell ?? '');
  return /[",;\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
