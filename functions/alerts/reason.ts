import * as z from 'zod/mini';

/** The languages that the product speaks. Another one falls back to English. */
export type Language = 'en' | 'hi';

/** Said by somebody who knows that they were missed, all of them; else a box stayed shut, which may mean less. */
const confirmed = z.optional(z.literal(true));

/** Why a row stands in the worklist, as data: each screen and each message makes its own sentence of it. */
export const Reason = z.discriminatedUnion('key', [
  /** Doses of a critical week (bedaquiline loading) were not opened or missed. `week` counts from 1. */
  z.object({ key: z.literal('critical-miss'), params: z.object({ count: z.number(), week: z.number(), confirmed }) }),
  /** The same slot, days running. `reporting` says that the box spoke past each window. */
  z.object({
    key: z.literal('days-running'),
    params: z.object({ count: z.number(), slot: z.string(), reporting: z.boolean(), confirmed }),
  }),
  /** `count` of the last `of` dosing days. */
  z.object({ key: z.literal('of-last-days'), params: z.object({ count: z.number(), of: z.number(), confirmed }) }),
  /** A single dose not opened, for teams that ask for each one. */
  z.object({ key: z.literal('single-miss'), params: z.object({ slot: z.string(), localDate: z.string(), confirmed }) }),
  /** 7, 14, 28 or 56 days without a dose that anything speaks for. */
  z.object({ key: z.literal('gate'), params: z.object({ days: z.number() }) }),
  z.object({
    key: z.literal('cannot-take'),
    params: z.object({ reason: z.enum(['side-effect', 'vomiting', 'no-pills', 'want-to-stop', 'other']) }),
  }),
  /** No evidence of any kind; silence is a question, never an alarm. `boxId` when a box is silent. */
  z.object({ key: z.literal('no-news'), params: z.object({ days: z.number(), boxId: z.optional(z.string()) }) }),
  z.object({ key: z.literal('back-with-box'), params: z.object({ expectedOn: z.string() }) }),
  z.object({ key: z.literal('run-out'), params: z.object({ on: z.string() }) }),
  z.object({ key: z.literal('box-return'), params: z.object({ boxId: z.optional(z.string()) }) }),
  /** The patient took back a consent: to the treatment, or (`boxId`) to the box that they have. */
  z.object({ key: z.literal('consent-withdrawn'), params: z.object({ boxId: z.optional(z.string()) }) }),
  z.object({ key: z.literal('box-silent'), params: z.object({ boxId: z.string(), since: z.optional(z.string()) }) }),
  z.object({ key: z.literal('box-battery'), params: z.object({ boxId: z.string() }) }),
  z.object({ key: z.literal('box-other'), params: z.object({ boxId: z.string() }) }),
  /** What a colleague promised when they closed an alert. `after` is the outcome they wrote down. */
  z.object({
    key: z.literal('promised'),
    params: z.object({ what: z.enum(['call', 'visit', 'other']), after: z.optional(z.string()) }),
  }),
]);
export type Reason = z.infer<typeof Reason>;

const slotWords: Readonly<Record<string, { en: string; hi: string }>> = {
  morning: { en: 'Morning dose', hi: 'सुबह की दवा' },
  noon: { en: 'Noon dose', hi: 'दोपहर की दवा' },
  afternoon: { en: 'Afternoon dose', hi: 'दोपहर बाद की दवा' },
  evening: { en: 'Evening dose', hi: 'शाम की दवा' },
  night: { en: 'Night dose', hi: 'रात की दवा' },
};

/** `Morning dose`; a slot name that is not one of ours stays as it is. */
function slotWord(slot: string, language: Language): string {
  return slotWords[slot]?.[language] ?? (language === 'hi' ? 'दवा' : 'Dose');
}

const cannotWords = {
  'side-effect': { en: 'Side effect', hi: 'दवा से तकलीफ़' },
  vomiting: { en: 'Vomiting', hi: 'उल्टी' },
  'no-pills': { en: 'No pills left', hi: 'गोलियाँ खत्म' },
  'want-to-stop': { en: 'Wants to stop', hi: 'बंद करना चाहते हैं' },
  other: { en: 'Cannot take it', hi: 'नहीं ले सकते' },
} as const;

type Line = { readonly en: string; readonly hi: string };

/** The reason as one line for staff. No patient, no medicine, no clinic type in it. */
export function sayReason(reason: Reason, language: Language): string {
  return line(reason)[language];
}

function missWords({ confirmed }: { readonly confirmed?: true | undefined }): Line {
  return confirmed ? { en: 'missed', hi: 'छूट गई' } : { en: 'not opened', hi: 'नहीं खुली' };
}

function line(reason: Reason): Line {
  switch (reason.key) {
    case 'critical-miss': {
      const { count, week } = reason.params;
      const { en, hi } = missWords(reason.params);
      return {
        en: `${count} ${count === 1 ? 'dose' : 'doses'} ${en} in loading week ${week}.`,
        hi: `शुरुआती हफ़्ता ${week}: ${count} बार दवा ${hi}।`,
      };
    }
    case 'days-running': {
      const { count, slot, reporting } = reason.params;
      const { en, hi } = missWords(reason.params);
      return {
        en: `${slotWord(slot, 'en')} ${en} ${count} days running.${reporting ? ' Box is reporting.' : ''}`,
        hi: `${slotWord(slot, 'hi')} लगातार ${count} दिन ${hi}।${reporting ? ' डिब्बा खबर दे रहा है।' : ''}`,
      };
    }
    case 'of-last-days': {
      const { count, of } = reason.params;
      const { en, hi } = missWords(reason.params);
      return {
        en: `${en[0]?.toUpperCase()}${en.slice(1)} on ${count} of the last ${of} days.`,
        hi: `पिछले ${of} में से ${count} दिन ${hi}।`,
      };
    }
    case 'single-miss': {
      const { slot, localDate } = reason.params;
      const { en, hi } = missWords(reason.params);
      return {
        en: `${slotWord(slot, 'en')} of ${localDate} ${en}.`,
        hi: `${localDate}: ${slotWord(slot, 'hi')} ${hi}।`,
      };
    }
    case 'gate':
      return {
        en: `${reason.params.days} days without a dose we know of.`,
        hi: `${reason.params.days} दिन से किसी दवा की खबर नहीं।`,
      };
    default:
      return taskLine(reason);
  }
}

function taskLine(
  reason: Exclude<Reason, { key: 'critical-miss' | 'days-running' | 'of-last-days' | 'single-miss' | 'gate' }>,
): Line {
  switch (reason.key) {
    case 'cannot-take': {
      const words = cannotWords[reason.params.reason];
      return { en: `${words.en}. Told us so.`, hi: `${words.hi}। मरीज़ ने बताया।` };
    }
    case 'no-news': {
      const { days, boxId } = reason.params;
      return {
        en: `No news for ${days} dosing ${days === 1 ? 'day' : 'days'}.${boxId ? ` Box ${boxId} is silent.` : ''}`,
        hi: `${days} दिन से कोई खबर नहीं।${boxId ? ` डिब्बा ${boxId} चुप है।` : ''}`,
      };
    }
    case 'back-with-box':
      return {
        en: `Was to be back on ${reason.params.expectedOn}. Back with the box?`,
        hi: `${reason.params.expectedOn} को लौटना था। क्या डिब्बा साथ है?`,
      };
    case 'run-out':
      return { en: `Pills run out on ${reason.params.on}.`, hi: `गोलियाँ ${reason.params.on} को खत्म होंगी।` };
    case 'box-return':
      return {
        en: `Treatment ended. Bring the box back${reason.params.boxId ? ` (${reason.params.boxId})` : ''}.`,
        hi: `इलाज खत्म। डिब्बा${reason.params.boxId ? ` ${reason.params.boxId}` : ''} वापस लें।`,
      };
    case 'consent-withdrawn':
      return withdrawnLine(reason.params.boxId);
    case 'promised':
      return promisedLine(reason.params.what);
    default:
      return boxLine(reason);
  }
}

function withdrawnLine(boxId: string | undefined): Line {
  if (boxId === undefined)
    return { en: 'Took back consent to treatment. Talk today.', hi: 'इलाज की सहमति वापस ली। आज बात करें।' };
  return {
    en: `Took back consent to the box. Fetch it (${boxId}).`,
    hi: `डिब्बे की सहमति वापस ली। डिब्बा ${boxId} ले आएँ।`,
  };
}

function promisedLine(what: 'call' | 'visit' | 'other'): Line {
  if (what === 'call') return { en: 'A call was promised.', hi: 'फ़ोन करने का वादा किया था।' };
  if (what === 'visit') return { en: 'A visit is planned.', hi: 'घर जाना तय है।' };
  return { en: 'A next step is due.', hi: 'अगला कदम बाकी है।' };
}

function boxLine(reason: Extract<Reason, { key: 'box-silent' | 'box-battery' | 'box-other' }>): Line {
  const { boxId } = reason.params;
  if (reason.key === 'box-battery') return { en: `Box ${boxId}: battery low.`, hi: `डिब्बा ${boxId}: बैटरी कम है।` };
  if (reason.key === 'box-other') return { en: `Box ${boxId} needs a look.`, hi: `डिब्बा ${boxId} देखना है।` };
  const since = reason.params.since;
  return {
    en: `Box ${boxId} silent${since ? ` since ${since.slice(0, 10)}` : ''}.`,
    hi: `डिब्बा ${boxId} ${since ? `${since.slice(0, 10)} से ` : ''}चुप है।`,
  };
}
