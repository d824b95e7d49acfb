/** The ten things a slot can be. The order is from the best witness to the least known; stored items use the keys. */
export const statusKeys = [
  'seen',
  'opened',
  'said',
  'shut',
  'missed',
  'waiting',
  'silent',
  'hold',
  'away',
  'yet',
] as const;

export type StatusKey = (typeof statusKeys)[number];

/** What a status adds to. `excused` leaves the denominator, `pending` is not in it yet. */
export type CountsAs =
  | 'observed'
  | 'supported'
  | 'claimed'
  | 'not-opened'
  | 'missed'
  | 'not-known'
  | 'excused'
  | 'pending';

export type Words = { readonly en: string; readonly hi: string };

export type DoseStatus = {
  readonly key: StatusKey;
  readonly staff: Words;
  readonly patient: Words;
  readonly shape: string;
  readonly patientShape: string;
  /** CSS custom property of the token file. */
  readonly colour: string;
  readonly patientColour: string;
  readonly countsAs: CountsAs;
  /** One letter in month summaries. */
  readonly letter: string;
};

const unknownToPatient = { patientShape: 'dashed-ring', patientColour: '--silent' } as const;
const sameShape = (shape: string, colour: string) => ({
  shape,
  colour,
  patientShape: shape,
  patientColour: colour,
});

/**
 * The one table of statuses: words for staff and for the patient, shape, colour token, what it counts for.
 * A patient never reads a device's state as their own fault: shut, waiting and silent are all "not known" to them.
 */
export const doseStatuses: Readonly<Record<StatusKey, DoseStatus>> = {
  seen: {
    key: 'seen',
    staff: { en: 'Taken – seen', hi: 'ली – सामने' },
    patient: { en: 'Taken, seen', hi: 'दवा ली, सामने' },
    ...sameShape('disc-tick', '--seen'),
    countsAs: 'observed',
    letter: 's',
  },
  opened: {
    key: 'opened',
    staff: { en: 'Box opened', hi: 'डिब्बा खुला' },
    patient: { en: 'Box opened', hi: 'डिब्बा खुला' },
    ...sameShape('box-lid-up', '--opened'),
    countsAs: 'supported',
    letter: 'o',
  },
  said: {
    key: 'said',
    staff: { en: 'Patient says taken', hi: 'मरीज़ ने बताया: ली' },
    patient: { en: 'You told us', hi: 'आपने बताया' },
    ...sameShape('bubble-tick', '--said'),
    countsAs: 'claimed',
    letter: 'c',
  },
  shut: {
    key: 'shut',
    staff: { en: 'Not opened', hi: 'नहीं खुला' },
    patient: { en: 'Not known', hi: 'पता नहीं' },
    shape: 'box-lid-line',
    colour: '--shut',
    ...unknownToPatient,
    countsAs: 'not-opened',
    letter: 'n',
  },
  missed: {
    key: 'missed',
    staff: { en: 'Missed (confirmed)', hi: 'नहीं ली (पक्का)' },
    patient: { en: 'Not taken', hi: 'नहीं ली' },
    ...sameShape('diamond-cross', '--missed'),
    countsAs: 'missed',
    letter: 'm',
  },
  waiting: {
    key: 'waiting',
    staff: { en: 'Waiting for box', hi: 'डिब्बे की खबर बाकी' },
    patient: { en: 'Not known yet', hi: 'अभी पता नहीं' },
    shape: 'clock',
    colour: '--waiting',
    ...unknownToPatient,
    countsAs: 'not-known',
    letter: 'w',
  },
  silent: {
    key: 'silent',
    staff: { en: 'Box not reporting', hi: 'डिब्बा खबर नहीं दे रहा' },
    patient: { en: 'Not known', hi: 'पता नहीं' },
    shape: 'box-slash',
    colour: '--silent',
    ...unknownToPatient,
    countsAs: 'not-known',
    letter: 'q',
  },
  hold: {
    key: 'hold',
    staff: { en: 'On hold', hi: 'रोकी गई' },
    patient: { en: 'Paused by the doctor', hi: 'डॉक्टर ने रोकी है' },
    ...sameShape('two-bars', '--hold'),
    countsAs: 'excused',
    letter: 'h',
  },
  away: {
    key: 'away',
    staff: { en: 'Away', hi: 'बाहर' },
    patient: { en: 'Away', hi: 'बाहर' },
    ...sameShape('arrow-leaving', '--away'),
    countsAs: 'not-known',
    letter: 'a',
  },
  yet: {
    key: 'yet',
    staff: { en: 'Not yet', hi: 'अभी बाकी' },
    patient: { en: 'Not yet', hi: 'अभी बाकी' },
    ...sameShape('small-ring', '--yet'),
    countsAs: 'pending',
    letter: 'y',
  },
};

/** Why a slot has its status, when the status word alone would mislead. Details that carry words replace the staff word. */
export const statusDetails = [
  'arrived-late',
  'no-box',
  'box-gap',
  'contradicted',
  'cannot-take',
  'pocket-dose',
  'typed-later',
  'taken-while-held',
] as const;

export type StatusDetail = (typeof statusDetails)[number];

export const detailWords: Readonly<Record<StatusDetail, Words>> = {
  'arrived-late': { en: 'Box opened (arrived late)', hi: 'डिब्बा खुला (खबर देर से आई)' },
  'no-box': { en: 'Not known – no box', hi: 'पता नहीं – डिब्बा नहीं है' },
  'box-gap': { en: 'Not known – part of the box’s report is missing', hi: 'पता नहीं – डिब्बे की कुछ खबर नहीं आई' },
  contradicted: { en: 'Not known – the evidence disagrees', hi: 'पता नहीं – सबूत मेल नहीं खाते' },
  'cannot-take': { en: 'Says they cannot take it', hi: 'मरीज़ ने बताया: नहीं ले सकते' },
  'pocket-dose': { en: 'Declared ahead (pocket dose)', hi: 'पहले से बताया (साथ ले गए)' },
  'typed-later': { en: 'Staff recorded it later', hi: 'स्टाफ ने बाद में लिखा' },
  'taken-while-held': { en: 'On hold, but taken', hi: 'रोकी गई थी, पर ली' },
};

const byLetter = new Map(statusKeys.map((key) => [doseStatuses[key].letter, key]));

/** Reads one letter of a month summary; `undefined` for a day on which nothing was due. */
export function statusOfLetter(letter: string): StatusKey | undefined {
  return byLetter.get(letter);
}
