import type { Actor } from '../shared/access.ts';
import { audit } from '../shared/audit.ts';
import { notFound } from '../shared/refusal.ts';
import type { Tools } from '../shared/tools.ts';
import type { ConsentInput, ConsentView, Purpose } from './contract.ts';
import { putConsent, putWithdrawal, readConsent, readConsents } from './patient-store.ts';

export function consentOf(input: ConsentInput, actor: Actor, at: string): ConsentView {
  const heardBy = input.way === 'spoken' ? { heardBy: input.heardBy ?? actor.displayName } : {};
  return { ...input, ...heardBy, recordedBy: actor.userId, recordedByName: actor.displayName, at };
}

/** Another consent, e.g. to a new version of the text. The same id again changes nothing. */
export async function addConsent(
  tools: Tools & { readonly actor: Actor },
  patientId: string,
  input: ConsentInput,
): Promise<ConsentView> {
  const consent = consentOf(input, tools.actor, tools.now());
  if ((await putConsent(tools, patientId, consent)) === 'conflict')
    return (await readConsent(tools, patientId, input.consentId)) ?? consent;
  await note(tools, patientId, 'record consent', input.consentId);
  return consent;
}

/** Takes back some purposes or all. What was agreed to before stays on record; withdrawing it twice changes nothing. */
export async function withdrawConsent(
  tools: Tools & { readonly actor: Actor },
  patientId: string,
  consentId: string,
  purposes: readonly Purpose[] | undefined,
): Promise<ConsentView> {
  const known = await readConsent(tools, patientId, consentId);
  if (!known) throw notFound('consent');
  if (known.withdrawnAt !== undefined && known.withdrawnPurposes === undefined) return known;
  const taken = new Set([...(known.withdrawnPurposes ?? []), ...(purposes ?? known.purposes)]);
  const left = known.purposes.filter((purpose) => !taken.has(purpose));
  const { withdrawnPurposes: _, ...whole } = known;
  const withdrawn: ConsentView = {
    ...whole,
    withdrawnAt: tools.now(),
    withdrawnBy: tools.actor.userId,
    ...(left.length > 0 && { withdrawnPurposes: known.purposes.filter((purpose) => taken.has(purpose)) }),
  };
  if ((await putWithdrawal(tools, patientId, withdrawn)) === 'conflict') return known;
  await note(tools, patientId, 'withdraw consent', consentId);
  return withdrawn;
}

/** What a patient agrees to now, all consents together. For every context that acts by a purpose. */
export async function agreedPurposes(tools: Pick<Tools, 'db' | 'tableName'>, patientId: string): Promise<Set<Purpose>> {
  const agreed = new Set<Purpose>();
  const inOrder = (await readConsents(tools, patientId)).sort((a, b) => (a.at < b.at ? -1 : 1));
  for (const consent of inOrder) {
    const taken = consent.withdrawnAt === undefined ? [] : (consent.withdrawnPurposes ?? consent.purposes);
    for (const purpose of consent.purposes) {
      if (taken.includes(purpose)) agreed.delete(purpose);
      else agreed.add(purpose);
    }
  }
  return agreed;
}

async function note(tools: Tools & { readonly actor: Actor }, patientId: string, action: string, id: string) {
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
