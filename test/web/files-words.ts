import { words as files } from '../../web/src/text/en/files.ts';
import { words as work } from '../../web/src/text/en/work.ts';
import { words as filesHindi } from '../../web/src/text/hi/files.ts';
import { words as workHindi } from '../../web/src/text/hi/work.ts';
import type { Text } from '../../web/src/text/text.ts';

/** The English words of files as a screen would say them. */
export const filesWords: Text<'files'> = saying(files);
export const workWords: Text<'work'> = saying(work);
export const filesIn = { en: filesWords, hi: saying(filesHindi) } as const;
export const workIn = { en: workWords, hi: saying(workHindi) } as const;

function saying(words: Record<string, string>) {
  return (key: string, values: Record<string, string | number> = {}) =>
    (words[key] ?? '').replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}
