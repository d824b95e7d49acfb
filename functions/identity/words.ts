import type { Language } from './contract.ts';

/** The few words that identity sends. They name no clinic, no illness and no medicine: anybody may read them on the way. */
type Words = {
  code(code: string, minutes: number): string;
  codeSubject: string;
  invitation(forWhom: string, link: string): string;
  invitationSubject: string;
};

const english: Words = {
  code: (code, minutes) => `${code} is your sign-in code. It holds for ${minutes} minutes. Tell it to nobody.`,
  codeSubject: 'Your code',
  invitation: (forWhom, link) => `${forWhom} asks you to help them from day to day. Open within 7 days: ${link}`,
  invitationSubject: 'An invitation',
};

const hindi: Words = {
  code: (code, minutes) => `${code} आपका साइन-इन कोड है। यह ${minutes} मिनट चलेगा। किसी को न बताएँ।`,
  codeSubject: 'आपका कोड',
  invitation: (forWhom, link) => `${forWhom} चाहते हैं कि आप रोज़ उनकी मदद करें। 7 दिन के अंदर खोलें: ${link}`,
  invitationSubject: 'एक निमंत्रण',
};

export function wordsIn(language: string): Words {
  const languages: Readonly<Record<Language, Words>> = { en: english, hi: hindi };
  return language === 'hi' ? languages.hi : languages.en;
}
