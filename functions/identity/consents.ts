import type { Actor } from '../shared/access.ts';
import { audit } from '../shared/audit.ts';
import { Refusal } from '../shared/refusal.ts';
import type { Entry } from '../shared/table.ts';
import type { Tools } from '../shared/tools.ts';
import { standingFor, type TakenBack, takenBack } from './consent.ts';
import { putConsent, readAgreed, readConsent, readConsents, whileStanding } from './consent-store.ts';
import type { ConsentInput, ConsentView, Purpose } from './contract.ts';
import type { Sitting } from './sitting.ts';

export function consentOf(input: ConsentInput, actor: Actor, at: string): ConsentView {
  const heardBy = input.way === 'spoken' ? { heardBy: input.heardBy ?? actor.displayName } : {};
  return { ...input, ...heardBy, recordedBy: actor.userId, recordedByName: actor.displayName, at };
}

/** Another consent of the same patient may be written in the same moment. */
const mostTries = 4;

/** Another consent, e.g. to a new version of the text. The same id again changes nothing. */
export async function addConsent(
  tools: Tools & { readonly actor: Actor },
  patientId: string,
  input: ConsentInput,
  sitting?: Sitting,
): Promise<ConsentView> {
  if (tools.actor.patientId === patientId && input.way !== 'on-screen')
    throw new Refusal('invalid', 'invalid', 'On one’s own screen one agrees on screen.');
  const consent = consentOf(input, tools.actor, tools.now());
  for (let tries = 0; tries < mostTries; tries++) {
    if ((await putConsent(tools, patientId, consent, sitting?.checks)) === 'stored') {
      await noteConsent(tools, patientId, 'record consent', input.consentId);
      return consent;
    }
    const known = await readConsent(tools, patientId, input.consentId);
    if (known) return known;
  }
  throw new Refusal('conflict', 'changed-meanwhile', 'Somebody else is at work on this. Send it again.');
}

/** What a patient agrees to now, all consents together. One read by its key. For every context that acts by a purpose. */
export async function agreedPurposes(
  tools: Pick<Tools, 'db' | 'tableName'>,
  patientId: string,
): Promise<ReadonlySet<Purpose>> {
  return await readAgreed(tools, patientId);
}

/**
 * Refuses ('consent-needed') what a patient has not agreed to, before anything of it is stored. Answers the check by which the
 * write itself can ask that it is not taken back meanwhile.
 */
export async function needAgreed(
  tools: Pick<Tools, 'db' | 'tableName'>,
  patientId: string,
  purpose: Purpose,
): Promise<Entry> {
  const consent = standingFor(await readConsents(tools, patientId), purpose);
  if (!consent) throw new Refusal('conflict', 'consent-needed', notAgreed[purpose], { extra: { purpose } });
  return whileStanding(tools, patientId, consent);
}

const notAgreed: Readonly<Record<Purpose, string>> = {
  treatment: 'The patient has not agreed to the treatment record.',
  box: 'The patient has not agreed to a pill box.',
  messages: 'The patient has not agreed to messages.',
  supporter: 'The patient has not agreed that somebody helps.',
  research: 'The patient has not agreed to research.',
};

/** What a patient took back and did not give again. For whoever must act on it. */
export async function takenBackBy(tools: Pick<Tools, 'db' | 'tableName'>, patientId: string): Promise<TakenBack[]> {
  return takenBack(await readConsents(tools, patientId));
}

/** The line in the record's audit. */
export async function noteConsent(
  tools: Tools & { readonly actor: Actor },
  patientId: string,
  action: string,
  id: string,
) {
  const { actor } = tools;
  const role = actor.roles[0];
  await audit(tools, {
    subjectId: patientId,
    actorId: actor.userId,
    ...(role && { actorRole: role }),
    action,
    outcome: 'allowed',
    why: actor.patientId === patientId ? 'own record' : 'care team',
    ids: [id],
  });
}
