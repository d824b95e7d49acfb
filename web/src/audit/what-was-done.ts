import type { TextKey } from '../text/text.ts';

/** The words for it, in every area whose people read of deeds. */
export type Did = Extract<TextKey<'me'>, `did.${string}`>;

// Actions are the product's own sentences (the summaries of its routes), in English. A person reads what they amount to.
const kinds: readonly (readonly [pattern: RegExp, key: Did])[] = [
  [/^accept (an invitation )?to support/i, 'did.helper'],
  [/^(list|find|record a clinic list)/i, 'did.list'],
  [/^(open|read|see) (a patient|consents|the patient)/i, 'did.opened'],
  [/(alert|task|call or a visit|on it)/i, 'did.alert'],
  [/^(read|see|hear) .*(plan|medicines|templates)/i, 'did.plan.read'],
  [/^(read|see|hear|show|list)/i, 'did.doses.read'],
  [/note about/i, 'did.note'],
  [/(dose|pocket|refill|cannot be taken)/i, 'did.dose'],
  [/(away)/i, 'did.away'],
  [/(prescribe|plan|treatment)/i, 'did.plan'],
  [/(enrol|consent)/i, 'did.enrol'],
  [/(box|certificate)/i, 'did.box'],
  [/(supporter)/i, 'did.helper'],
  [/(change|told)/i, 'did.details'],
];

/** What somebody did, or wanted to do. */
export function whatWasDone(action: string): Did {
  return kinds.find(([pattern]) => pattern.test(action))?.[1] ?? 'did.other';
}
