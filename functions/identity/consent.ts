import type { ConsentView, Purpose } from './contract.ts';

/** A purpose that was agreed to once and no longer is. */
export type TakenBack = {
  readonly purpose: Purpose;
  readonly consentId: string;
  readonly at: string;
  /** Whoever took it back: the patient, or staff for them. */
  readonly by: string;
  /** The box that the patient held when they took it back: somebody must fetch it. */
  readonly boxId?: string;
};

/** What all consents together say now: a later consent stands over an earlier one, purpose by purpose. */
export function agreedNow(consents: readonly ConsentView[]): Set<Purpose> {
  return new Set([...newest(consents)].filter(([, given]) => given.taken === undefined).map(([purpose]) => purpose));
}

/** The purposes that were taken back and not given again, each with the consent in which they stood. */
export function takenBack(consents: readonly ConsentView[]): TakenBack[] {
  return [...newest(consents).values()].flatMap(({ taken }) => (taken ? [taken] : []));
}

/** The consent in which a purpose stands now. */
export function standingFor(consents: readonly ConsentView[], purpose: Purpose): ConsentView | undefined {
  if (!agreedNow(consents).has(purpose)) return undefined;
  const naming = consents.filter(({ purposes }) => purposes.includes(purpose));
  return naming.sort(byTime).at(-1);
}

function newest(consents: readonly ConsentView[]): Map<Purpose, { taken?: TakenBack }> {
  const known = new Map<Purpose, { taken?: TakenBack }>();
  for (const consent of [...consents].sort(byTime)) {
    const withdrawn = consent.withdrawnAt === undefined ? [] : (consent.withdrawnPurposes ?? consent.purposes);
    for (const purpose of consent.purposes)
      known.set(purpose, withdrawn.includes(purpose) ? { taken: takenFrom(consent, purpose) } : {});
  }
  return known;
}

function takenFrom({ consentId, at, withdrawnAt, withdrawnBy, boxToFetch }: ConsentView, purpose: Purpose): TakenBack {
  return {
    purpose,
    consentId,
    at: withdrawnAt ?? at,
    by: withdrawnBy ?? '',
    ...(purpose === 'box' && boxToFetch !== undefined && { boxId: boxToFetch }),
  };
}

/** The oldest first; of one moment by their ids, so that everybody reads the same. */
function byTime(one: ConsentView, other: ConsentView): number {
  const [a, b] = [`${one.at} ${one.consentId}`, `${other.at} ${other.consentId}`];
  return a < b ? -1 : Number(a > b);
}
