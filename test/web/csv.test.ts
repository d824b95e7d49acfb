import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvOf, harmless } from '../../web/src/reports/csv.ts';
import { readCsv } from '../support/read-csv.ts';

const awkward = fc.string({
  unit: fc.constantFrom('"', ',', ';', '\r', '\n', '\t', ' ', '=', '-', 'a', 'क', 'ि', '💊'),
});
const cell = fc.oneof(awkward, fc.string({ unit: 'grapheme' }));
const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { maxLength: 8 });

describe('a table as a file', () => {
  it('is read back as it was written, whatever people type', () => {
    fc.assert(
      fc.property(rows, (table) => {
        expect(readCsv(csvOf(table))).toEqual(table.map((row) => row.map(harmless)));
      }),
    );
  });

  it('begins with a byte order mark, so that spreadsheets read Hindi', () => {
    expect(csvOf([['नाम', 'Asha "Didi" Lakra', 'a, b', undefined, 12]])).toBe(
      '\uFEFFनाम,"Asha ""Didi"" Lakra","a, b",,12\r\n',
    );
  });

  it.each(['=1+1', '+91 94311', '-5', '@SUM(A1)', '\tx', '\r=1', '\n=1', '＝1'])(
    'shows %j as text instead of calculating it',
    (typed) => {
      expect(harmless(typed)).toBe(`'${typed}`);
    },
  );

  it('leaves its own numbers numbers, and other text alone', () => {
    expect(csvOf([[-5, 'GUM-0388-2', 'a=b']])).toBe('\uFEFF-5,GUM-0388-2,a=b\r\n');
  });
});
