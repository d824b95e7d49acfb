import { describe, expect, it } from 'vitest';
import { inPieces, linesAtOnce } from '../../web/src/devices/store/pieces.ts';

const boxes = (count: number) => Array.from({ length: count }, (_, at) => `CC-${at},evriMED500`);

describe('a list of boxes', () => {
  it('is nothing while it is empty', () => {
    expect(inPieces(' \n\r\n')).toEqual([]);
    expect(inPieces('serial,model')).toEqual([]);
  });

  it('goes in pieces that one call can register, each with the head line', () => {
    const pieces = inPieces(['serial,model', ...boxes(linesAtOnce + 1)].join('\r\n'));
    expect(pieces.map(({ firstLine }) => firstLine)).toEqual([0, linesAtOnce]);
    expect(pieces[1]?.csv).toBe(`serial,model\nCC-${linesAtOnce},evriMED500`);
  });

  it('gets a head line when it has none', () => {
    expect(inPieces('CC-1,evriMED500')[0]?.csv).toBe('serial,model,uploadIntervalHours\nCC-1,evriMED500');
  });
});
