import { words } from '../../web/src/text/en/files.ts';
import type { Text } from '../../web/src/text/text.ts';

const known = new Map<string, string>(Object.entries(words));

/** The English words of files as a screen would say them. */
export const filesWords: Text<'files'> = (key, values = {}) =>
  (known.get(key) ?? '').replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
