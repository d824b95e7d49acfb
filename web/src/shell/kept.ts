import type { TextKey } from '../text/text.ts';

/** What can wait on a device until the network is back, by the words that name it in the visible queue. */
export const keptKeys = [
  'kept.taken',
  'kept.cannot-take',
  'kept.away',
  'kept.back',
  'kept.pocket',
  'kept.outcome',
  'kept.note',
  'kept.acknowledge',
  'kept.task',
  'kept.watched',
  'kept.dose',
  'kept.refill',
  'kept.given',
  'kept.undo',
  'kept.other',
] as const satisfies readonly TextKey<'shell'>[];

export type KeptKey = (typeof keptKeys)[number];

/** The same of an entry that was stored earlier: another release may have written `taken`, or what this one does not know. */
export const keptKeyOf = (stored: string): KeptKey =>
  keptKeys.find((key) => key === stored || key === `kept.${stored}`) ?? 'kept.other';
