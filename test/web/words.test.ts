import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const folder = (lang: string) => new URL(`../../web/src/text/${lang}/`, import.meta.url);
const filesOf = (lang: string) => readdirSync(folder(lang)).filter((file) => file.endsWith('.ts'));
const areas = filesOf('en').map((file) => file.replace('.ts', ''));

async function wordsOf(lang: string, area: string): Promise<Record<string, string>> {
  const module: { words: Record<string, string> } = await import(new URL(`${area}.ts`, folder(lang)).href);
  return module.words;
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

describe('the words of the app', () => {
  it('has the same areas in both languages', () => {
    expect(filesOf('hi').sort()).toEqual(filesOf('en').sort());
  });

  it.each(areas)('says the same things in English and Hindi: %s', async (area) => {
    const [en, hi] = [await wordsOf('en', area), await wordsOf('hi', area)];
    expect(Object.keys(hi).sort()).toEqual(Object.keys(en).sort());
  });

  it.each(areas)('fills the same blanks in English and Hindi: %s', async (area) => {
    const [en, hi] = [await wordsOf('en', area), await wordsOf('hi', area)];
    const differing = Object.keys(en).filter(
      (key) => placeholders(en[key] ?? '').join() !== placeholders(hi[key] ?? '').join(),
    );
    expect(differing).toEqual([]);
  });

  it.each(areas)('leaves no Hindi sentence in English: %s', async (area) => {
    const hi = await wordsOf('hi', area);
    const latin = Object.entries(hi).filter(
      ([key, text]) => !/[ऀ-ॿ]/.test(text) && !key.endsWith('-other') && key !== 'language.other',
    );
    // Names, codes and signs are the same in both; a sentence never is, unless it is there for the other reader.
    expect(latin.filter(([, text]) => /[a-z]{3,} [a-z]{2,}/i.test(text))).toEqual([]);
  });

  it.each(areas)('gives every counted sentence both its forms: %s', async (area) => {
    const en = await wordsOf('en', area);
    const lonely = Object.keys(en).filter((key) => key.endsWith('_one') && !(key.replace(/_one$/, '_other') in en));
    expect(lonely).toEqual([]);
  });

  it('names no disease and no medicine on a patient’s own screens', async () => {
    for (const lang of ['en', 'hi'])
      for (const area of ['shell', 'patient', 'me', 'sign-in']) {
        const all = Object.values(await wordsOf(lang, area)).join(' ');
        expect(all).not.toMatch(/tubercul|\bTB\b|bedaquiline|linezolid|टीबी|क्षय|तपेदिक/i);
      }
  });
});
