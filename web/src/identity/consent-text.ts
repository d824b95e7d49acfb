import {
  agreedNow,
  type ConsentInput,
  type ConsentView,
  type Purpose,
  purposes,
} from '../../../functions/identity/contract.ts';
import type { Language } from '../text/areas.ts';

/** Changes whenever the words of `consent.text` do: a consent names the version that was read. */
export const consentTextVersion = '2026-11';

export interface PurposeNow {
  purpose: Purpose;
  agreed: boolean;
  /** The newest consent in which it stands; a withdrawal names it. */
  consentId?: string;
}

/** One line a purpose: agreed or not, and where it stands. */
export function purposesNow(consents: readonly ConsentView[]): PurposeNow[] {
  const agreed = agreedNow(consents);
  const newestFirst = [...consents].sort((a, b) => (a.at > b.at ? -1 : 1));
  return purposes.map((purpose) => {
    const newest = newestFirst.find((consent) => consent.purposes.includes(purpose));
    return { purpose, agreed: agreed.has(purpose), ...(newest && { consentId: newest.consentId }) };
  });
}

/** Agreeing to one purpose on one's own screen. */
export function agreeing(purpose: Purpose, language: Language): ConsentInput {
  return {
    consentId: crypto.randomUUID(),
    way: 'on-screen',
    textVersion: consentTextVersion,
    language,
    purposes: [purpose],
  };
}
