import type { Language } from '../text/areas.ts';

/** Each language as its own readers write it. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', hi: 'हिन्दी' };
