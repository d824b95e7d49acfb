import type { Language } from './contract.ts';

/** The letter by which a member of staff gets an account: where to sign in, and with which code. */
type Letter = { text(name: string, link: string, code: string): string; subject: string };

const english: Letter = {
  text: (name, link, code) =>
    `${name},\n\nyou have been given an account. Open ${link} and sign in with this address and the code\n\n${code}\n\n` +
    'It holds for three days. You will then choose a password and set up an authenticator app.\n',
  subject: 'Your CareConnect account',
};

const hindi: Letter = {
  text: (name, link, code) =>
    `${name},\n\nआपका खाता बन गया है। ${link} खोलें और इस पते तथा इस कोड से साइन इन करें\n\n${code}\n\n` +
    'कोड तीन दिन चलेगा। फिर आप पासवर्ड चुनेंगे और ऑथेंटिकेटर ऐप जोड़ेंगे।\n',
  subject: 'आपका CareConnect खाता',
};

export function staffLetterIn(language: string): Letter {
  const languages: Readonly<Record<Language, Letter>> = { en: english, hi: hindi };
  return language === 'hi' ? languages.hi : languages.en;
}
