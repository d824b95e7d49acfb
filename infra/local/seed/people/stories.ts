import type { Ordinary } from './caseload.ts';
import { bpalmDaily, twiceDaily } from './patient.ts';

const punctual = { takes: 1, evidence: 'box', lateMinutes: 14 } as const;
/** From this morning on: whose box opens by itself again, and how surely. The others wait for a button. */
export const takesFromNow: Readonly<Partial<Record<string, number>>> = { budhni: 0.9, ramesh: 0.6, lakshmi: 0.95 };

/** The eight that the demonstration opens with: who they are and what they are prescribed. What happened is in `life/`. */
export const stories = {
  budhni: {
    ...{ number: 429, facility: 'GUM', habit: { ...punctual, lateMinutes: 125 } },
    who: {
      ...{ name: 'Budhni Oraon', sex: 'female', language: 'hi', address: 'Toto, Raidih, Gumla' },
      age: { kind: 'years', years: 34 },
    },
    phone: { number: '+917717000429', use: 'own' },
    course: { startedDaysAgo: 6, templateId: 'bpalm' },
    box: { serial: 'CC-4463', uploadIntervalHours: 12 },
  },
  ramesh: {
    ...{ number: 388, facility: 'GUM', habit: punctual },
    who: {
      ...{ name: 'Ramesh Munda', sex: 'male', language: 'hi', address: 'Kolebira road, Basia, Gumla' },
      age: { kind: 'years', years: 41 },
    },
    phone: { number: '+917717000388', use: 'own' },
    course: { startedDaysAgo: 38, title: 'Longer oral regimen', prescription: twiceDaily },
    box: { serial: 'CC-3127', uploadIntervalHours: 12 },
  },
  imtiyaz: {
    ...{ number: 395, facility: 'GUM', habit: punctual },
    who: {
      ...{ name: 'Mohammad Imtiyaz Ansari', sex: 'male', language: 'en', address: 'Islampur, Gumla' },
      age: { kind: 'years', years: 29 },
    },
    phone: { number: '+917717000395', use: 'own' },
    course: { startedDaysAgo: 59, templateId: '2hrze-4hr', weightKg: 58 },
    box: { serial: 'CC-3390', uploadIntervalHours: 12 },
  },
  rajrajeshwari: {
    ...{ number: 417, facility: 'GUM', habit: punctual },
    who: {
      name: 'Rajrajeshwari Chandrashekhar Bhattacharjee',
      ...{ sex: 'female', language: 'en', address: 'Lohardaga road, Ghaghra, Gumla' },
      age: { kind: 'years', years: 58 },
    },
    phone: { number: '+917717000417', use: 'shared' },
    course: { startedDaysAgo: 12, templateId: 'bpalm' },
    box: { serial: 'CC-4460', uploadIntervalHours: 48 },
  },
  sunita: {
    ...{ number: 412, facility: 'GUM', habit: { ...punctual, lateMinutes: 22 } },
    who: {
      ...{ name: 'Sunita Devi Kushwaha', sex: 'female', language: 'en', address: 'Main road, Sisai, Gumla' },
      age: { kind: 'years', years: 36 },
    },
    phone: { number: '+917717000412', use: 'own' },
    course: { startedDaysAgo: 20, title: 'BPaLM, bedaquiline daily', prescription: bpalmDaily },
    box: { serial: 'CC-4471', uploadIntervalHours: 12 },
  },
  lakshmi: {
    ...{ number: 351, facility: 'GUM', habit: punctual },
    who: {
      ...{ name: 'Lakshmi Soren', sex: 'female', language: 'hi', address: 'Palkot, Gumla' },
      age: { kind: 'years', years: 63 },
    },
    phone: { number: '+917717000351', use: 'shared' },
    course: { startedDaysAgo: 58, templateId: '2hrze-4hr', weightKg: 41 },
    box: { serial: 'CC-2871', uploadIntervalHours: 12 },
  },
  jitendra: {
    ...{ number: 402, facility: 'GUM', habit: punctual },
    who: {
      ...{ name: 'Jitendra Prasad Sahu', sex: 'male', language: 'hi', address: 'Chainpur, Gumla' },
      age: { kind: 'years', years: 47 },
    },
    phone: { number: '+917717000402', use: 'own' },
    course: { startedDaysAgo: 57, templateId: '2hrze-4hr', weightKg: 63 },
    box: { serial: 'CC-2093', uploadIntervalHours: 12 },
  },
  anjali: {
    ...{ number: 377, facility: 'GUM', habit: punctual },
    who: {
      ...{ name: 'Anjali Tirkey', sex: 'female', language: 'en', address: 'Dumri, Gumla' },
      age: { kind: 'years', years: 24 },
    },
    phone: { number: '+917717000377', use: 'own' },
    course: { startedDaysAgo: 44, templateId: '2hrze-4hr', weightKg: 49 },
    box: { serial: 'CC-3018', uploadIntervalHours: 12 },
  },
} as const satisfies Record<string, Ordinary>;

export type StoryName = keyof typeof stories;
export const storyNumbers: ReadonlySet<number> = new Set(Object.values(stories).map(({ number }) => number));
