import * as z from 'zod/mini';
import { RegisterInput } from './contract.ts';

const mostRows = 50;

export type CsvRow =
  | { readonly line: number; readonly serial: string; readonly input: RegisterInput }
  | { readonly line: number; readonly serial: string; readonly problem: string };

const columns = ['serial', 'model', 'uploadIntervalHours'] as const;

/**
 * Reads a list of boxes: a head line naming `serial`, `model` and perhaps `uploadIntervalHours` in any order, then a line each.
 * A byte order mark, CRLF, blank lines and quoted fields are fine; no field of it may hold a line break.
 */
export function readBoxList(csv: string): readonly CsvRow[] | { readonly problem: string } {
  const lines = csv.replace(/^\uFEFF/, '').split(/\r?\n/);
  const head = fieldsOf(lines[0] ?? '').map((name) => name.trim());
  if (!head.includes('serial') || !head.includes('model'))
    return { problem: 'The first line must name the columns serial and model.' };
  const unknown = head.find((name) => !columns.some((column) => column === name));
  if (unknown !== undefined)
    return { problem: 'The first line names a column that is not serial, model or uploadIntervalHours.' };
  const rows: CsvRow[] = [];
  const seen = new Set<string>();
  for (const [index, text] of lines.entries()) {
    if (index === 0 || text.trim() === '') continue;
    rows.push(readRow(index + 1, head, fieldsOf(text), seen));
  }
  return rows.length > mostRows ? { problem: `At most ${mostRows} boxes at a time.` } : rows;
}

function readRow(line: number, head: readonly string[], fields: readonly string[], seen: Set<string>): CsvRow {
  const value = (column: string) => (fields[head.indexOf(column)] ?? '').trim();
  const serial = value('serial').toUpperCase();
  if (seen.has(serial)) return { line, serial, problem: 'This serial stands in the list twice.' };
  seen.add(serial);
  const hours = value('uploadIntervalHours');
  const input = { serial, model: value('model'), ...(hours !== '' && { uploadIntervalHours: Number(hours) }) };
  const parsed = z.safeParse(RegisterInput, input);
  if (parsed.success) return { line, serial, input: parsed.data };
  return {
    line,
    serial: serial.slice(0, 40),
    problem: `${parsed.error.issues[0]?.path.join('.') ?? 'line'} is not right.`,
  };
}

function fieldsOf(line: string): string[] {
  const fields: string[] = [];
  for (const match of line.matchAll(/(?:^|[,;])(?:"((?:[^"]|"")*)"|([^,;]*))/g))
    fields.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
  return fields;
}
