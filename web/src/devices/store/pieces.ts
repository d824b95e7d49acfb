/** So many boxes get their certificates within one call. */
export const linesAtOnce = 20;

/**
 * A list with its head line (or without one: serial, model), cut into lists that one call can register. `firstLine`: how many
 * lines stand before the piece's own first one.
 */
export function inPieces(csv: string): { csv: string; firstLine: number }[] {
  const lines = csv
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const hasHead = /^serial\s*,/i.test(lines[0] ?? '');
  const head = hasHead ? (lines[0] ?? '') : 'serial,model,uploadIntervalHours';
  const boxes = hasHead ? lines.slice(1) : lines;
  const pieces: { csv: string; firstLine: number }[] = [];
  for (let at = 0; at < boxes.length; at += linesAtOnce)
    pieces.push({ csv: [head, ...boxes.slice(at, at + linesAtOnce)].join('\n'), firstLine: at });
  return pieces;
}
