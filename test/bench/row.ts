/** One line of the bench. `ok` is undefined for what could not be measured here. */
export type Row = {
  readonly what: string;
  readonly measured: string;
  readonly bar: string;
  readonly ok: boolean | undefined;
};

/** A group of lines that are measured together. */
export type Measure = { readonly name: string; rows(): Promise<readonly Row[]> };

export function atMost(what: string, value: number, bar: number, unit: string): Row {
  return { what, measured: `${shown(value)} ${unit}`, bar: `≤ ${shown(bar)} ${unit}`, ok: value <= bar };
}

export function atLeast(what: string, value: number, bar: number, unit: string): Row {
  return { what, measured: `${shown(value)} ${unit}`, bar: `≥ ${shown(bar)} ${unit}`, ok: value >= bar };
}

export function notMeasured(what: string, why: string, bar: string): Row {
  return { what, measured: `not measured: ${why}`, bar, ok: undefined };
}

export function kilobytes(bytes: number): number {
  return bytes / 1000;
}

function shown(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en');
  return value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 1 ? 3 : 1 });
}

/** The table as text, as wide as its longest cells. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.what,
    row.measured,
    row.bar,
    row.ok === undefined ? '–' : row.ok ? 'ok' : 'BROKEN',
  ]);
  const all = [['what', 'measured', 'bar', ''], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  return all
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
