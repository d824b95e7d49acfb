import { describe, expect, it } from 'vitest';
import { keptKeyOf, keptKeys } from '../../web/src/shell/kept.ts';
import { words } from '../../web/src/text/en/shell.ts';

describe('what waits on a device', () => {
  it('can be told by each word that the queue has, and by no other', () => {
    expect([...keptKeys].sort()).toEqual(
      Object.keys(words)
        .filter((key) => key.startsWith('kept.'))
        .sort(),
    );
  });

  it.each(keptKeys)('keeps its name when it is read again: %s', (key) => {
    expect(keptKeyOf(key)).toBe(key);
    expect(keptKeyOf(key.replace('kept.', ''))).toBe(key);
  });

  it.each(['', 'kept.', 'kept.of-a-later-release', 'queue.title'])(
    'never calls %j something that it is not',
    (stored) => {
      expect(keptKeyOf(stored)).toBe('kept.other');
    },
  );
});
