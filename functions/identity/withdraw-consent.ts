import { heldBox } from '../devices/box-report.ts';
import type { Actor } from '../shared/access.ts';
import { notFound } from '../shared/refusal.ts';
import type { Tools } from '../shared/tools.ts';
import { putWithdrawal, readConsent } from './consent-store.ts';
import { noteConsent, takenBackBy } from './consents.ts';
import type { ConsentView, Purpose } from './contract.ts';
import { removeEverySupporter } from './supporters.ts';

/**
 * Takes back some purposes or all. What was agreed to before stays on record. From this moment: `messages`, none to the
 * patient; `supporter`, nobody sees or hears anything; `box`, what it tells is no longer theirs (devices follow the consent).
 * `treatment` stops nothing by itself: that is a doctor's decision, and the nurse is asked to call the same day. Sent again it
 * finishes what a crash left.
 */
export async function withdrawConsent(
  tools: Tools & { readonly actor: Actor },
  patientId: string,
  consentId: string,
  purposes: readonly Purpose[] | undefined,
): Promise<ConsentView> {
  const known = await readConsent(tools, patientId, consentId);
  if (!known) throw notFound('consent');
  const withdrawn = await asWithdrawn(tools, patientId, known, purposes);
  if (withdrawn && (await putWithdrawal(tools, patientId, { known, withdrawn })) === 'conflict')
    return await withdrawConsent(tools, patientId, consentId, purposes);
  if (withdrawn) await noteConsent(tools, patientId, 'withdraw consent', consentId);
  await takeEffect(tools, patientId);
  return withdrawn ?? known;
}

/** Undefined when all of it was taken back before. */
async function asWithdrawn(
  tools: Tools & { readonly actor: Actor },
  patientId: string,
  known: ConsentView,
  purposes: readonly Purpose[] | undefined,
): Promise<ConsentView | undefined> {
  if (known.withdrawnAt !== undefined && known.withdrawnPurposes === undefined) return undefined;
  const before = known.withdrawnPurposes ?? [];
  const taken = new Set([...before, ...(purposes ?? known.purposes)]);
  const now = known.purposes.filter((purpose) => taken.has(purpose));
  if (now.length === before.length) return undefined;
  const box = taken.has('box') ? await heldBox(tools, patientId) : undefined;
  const { withdrawnPurposes: _, ...whole } = known;
  return {
    ...whole,
    withdrawnAt: tools.now(),
    withdrawnBy: tools.actor.userId,
    ...(now.length < known.purposes.length && { withdrawnPurposes: now }),
    ...(box && { boxToFetch: box.boxId }),
  };
}

async function takeEffect(tools: Tools & { readonly actor: Actor }, patientId: string): Promise<void> {
  const taken = await takenBackBy(tools, patientId);
  if (taken.some(({ purpose }) => purpose === 'supporter')) await removeEverySupporter(tools, patientId);
}
