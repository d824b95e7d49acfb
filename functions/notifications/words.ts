import type { Template } from './message.ts';

type Language = 'en' | 'hi';
type Line = Readonly<Record<Language, string>>;
type Words = { readonly title: Line; readonly text: Line };

/**
 * Every message that leaves the building. Nobody who reads over a shoulder learns anything: no name, no medicine, no
 * illness, no kind of clinic. Staff read the patient's code and what to do. A text fits into one SMS part: 160 characters
 * in English, 70 in Hindi (UCS-2), with its parameters filled in.
 */
const words: Readonly<Record<Template, Words>> = {
  'dose-reminder': {
    title: { en: 'Your reminder', hi: 'आपकी याद' },
    text: { en: 'Hello! Your small reminder for {time}.', hi: 'नमस्ते! {time} की छोटी सी याद।' },
  },
  'dose-reminder-again': {
    title: { en: 'There is still time', hi: 'अभी समय है' },
    text: { en: 'Hello! There is still time today.', hi: 'नमस्ते! आज अभी समय है।' },
  },
  'supporter-check': {
    title: { en: 'Please ask today', hi: 'आज हाल पूछें' },
    text: {
      en: 'Hello! Please ask today how your family member is doing.',
      hi: 'नमस्ते! कृपया आज अपने परिजन का हाल पूछें।',
    },
  },
  'clinic-will-call': {
    title: { en: 'A call for you', hi: 'आपके लिए फ़ोन' },
    text: {
      en: 'Hello! We would like to talk with you. Please answer when we call.',
      hi: 'नमस्ते! हम आपसे बात करेंगे। फ़ोन आए तो उठाएँ।',
    },
  },
  'alert-opened': {
    title: { en: 'Please call', hi: 'फ़ोन करें' },
    text: { en: '{code}: please call by {by}.', hi: '{code}: {by} तक फ़ोन करें।' },
  },
  'alert-worse': {
    title: { en: 'More urgent now', hi: 'अब ज़्यादा ज़रूरी' },
    text: { en: '{code}: more urgent now. Please call by {by}.', hi: '{code}: अब ज़्यादा ज़रूरी। {by} तक फ़ोन करें।' },
  },
  'alert-gate': {
    title: { en: 'Please decide', hi: 'फ़ैसला लें' },
    text: { en: '{code}: {days} days now. Please review.', hi: '{code}: {days} दिन हुए। कृपया देखें।' },
  },
  'alert-climbed': {
    title: { en: 'Now yours', hi: 'अब आपके पास' },
    text: { en: '{code}: nobody is on it yet, now yours. Call by {by}.', hi: '{code}: अब आपके पास। {by} तक फ़ोन करें।' },
  },
  'alert-no-need': {
    title: { en: 'No need to call', hi: 'फ़ोन ज़रूरी नहीं' },
    text: { en: '{code}: no need to call. News arrived late.', hi: '{code}: फ़ोन ज़रूरी नहीं। खबर देर से आई।' },
  },
  'cannot-take': {
    title: { en: 'Asks for you', hi: 'आपसे बात चाहिए' },
    text: { en: '{code}: asks for your call by {by}.', hi: '{code}: {by} तक आपके फ़ोन का इंतज़ार।' },
  },
  'task-due': {
    title: { en: 'You promised', hi: 'आपका वादा' },
    text: { en: '{code}: a step that was promised is due today.', hi: '{code}: वादा किया कदम आज है।' },
  },
  digest: {
    title: { en: 'Your morning', hi: 'आपकी सुबह' },
    text: {
      en: 'Today: {now} to call, {promised} promised, {ask} to ask, {boxes} boxes.',
      hi: 'आज: {now} फ़ोन, {promised} वादे, {ask} सवाल, {boxes} डिब्बे।',
    },
  },
  'daily-summary': {
    title: { en: 'Your teams today', hi: 'आपकी टीमें आज' },
    text: {
      en: 'Open {open}, late {late}, passed on to you {climbed}, no contact in 48 h {noContact}.',
      hi: 'खुले {open}, देर {late}, आप तक {climbed}, 48 घंटे बिना बात {noContact}।',
    },
  },
  'more-waiting': {
    title: { en: 'More need you', hi: 'और लोग भी' },
    text: { en: 'More patients need you today. Please open your list.', hi: 'आज और लोगों को आपकी ज़रूरत है। सूची खोलें।' },
  },
};

export type Said = { readonly title: string; readonly text: string };

/** The words of a message in a language; another language than ours falls back to English. */
export function say(template: Template, params: Readonly<Record<string, string | number>>, language: string): Said {
  const chosen: Language = language === 'hi' ? 'hi' : 'en';
  const { title, text } = words[template];
  return { title: filled(title[chosen], params), text: filled(text[chosen], params) };
}

function filled(line: string, params: Readonly<Record<string, string | number>>): string {
  return line.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
}

const onIt: Line = { en: 'On it:', hi: 'मैं देखूँगा:' };

/** A text with the link by which somebody says "I'm on it" without signing in. */
export function withLink(text: string, link: string | undefined, language: string): string {
  return link === undefined ? text : `${text} ${onIt[language === 'hi' ? 'hi' : 'en']} ${link}`;
}
