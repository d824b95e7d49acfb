import i18next from 'i18next';
import { useEffect, useState } from 'preact/hooks';
import { createStore, useStore } from '../shell/store.ts';
import { type Area, type Language, languages, type Words } from './areas.ts';

const kept = 'careconnect.language';
const files = import.meta.glob<{ words: Record<string, string> }>('./{en,hi}/*.ts');
const inUse = new Set<Area>();

const texts = i18next.createInstance();
void texts.init({
  lng: 'en',
  fallbackLng: false,
  resources: {},
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
  interpolation: { escapeValue: false },
});

const isLanguage = (value: string | null | undefined): value is Language => languages.some((known) => known === value);

/** The language a person chose on this device, else the device's, else English. */
function firstLanguage(): Language {
  const chosen = localStorage.getItem(kept);
  if (isLanguage(chosen)) return chosen;
  const device = navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage);
  return device ?? 'en';
}

export const language = createStore<Language>(firstLanguage());
export const useLanguage = () => useStore(language);

async function load(lang: Language, area: Area): Promise<void> {
  if (texts.hasResourceBundle(lang, area)) return;
  const file = files[`./${lang}/${area}.ts`];
  if (!file) throw new Error(`no words for ${area} in ${lang}`);
  texts.addResourceBundle(lang, area, (await file()).words);
}

/** Fetches the words of these areas before a screen that needs them is drawn. */
export async function loadWords(...areas: Area[]): Promise<void> {
  for (const area of areas) inUse.add(area);
  await Promise.all(areas.map((area) => load(language.get(), area)));
}

/** Changes the language in place: first the words arrive, then every screen is drawn again. */
export async function chooseLanguage(next: Language, remember = true): Promise<void> {
  await Promise.all([...inUse].map((area) => load(next, area)));
  if (remember) localStorage.setItem(kept, next);
  document.documentElement.lang = next;
  await texts.changeLanguage(next);
  language.set(next);
}

/** The language of the account, unless another was chosen on this device. */
export async function speakLanguageOf(account: string): Promise<void> {
  if (!isLanguage(localStorage.getItem(kept)) && isLanguage(account) && account !== language.get())
    await chooseLanguage(account, false).catch(() => undefined);
}

type Plain<Key> = Key extends `${infer Base}_one` | `${infer Base}_other` ? Base : Key;
export type TextKey<A extends Area> = Plain<keyof Words[A] & string>;
export type Text<A extends Area> = (key: TextKey<A>, values?: Record<string, string | number>) => string;

function textOf<A extends Area>(area: A): Text<A> {
  const fixed = texts.getFixedT(language.get(), area);
  return (key, values) => fixed(key, values ?? {});
}

/** The words of one area in the language of the moment: `t('today.take', { count: 5 })`. */
export function useText<A extends Area>(area: A): Text<A> {
  useLanguage();
  return textOf(area);
}

/** The same words for a reader of another language than the screen's; undefined until they have come. */
export function useTextIn<A extends Area>(lang: Language, area: A): Text<A> | undefined {
  const [, drawAgain] = useState(0);
  useEffect(() => {
    void load(lang, area).then(
      () => drawAgain((times) => times + 1),
      () => undefined,
    );
  }, [lang, area]);
  if (!texts.hasResourceBundle(lang, area)) return undefined;
  const fixed = texts.getFixedT(lang, area);
  return (key, values) => fixed(key, values ?? {});
}
