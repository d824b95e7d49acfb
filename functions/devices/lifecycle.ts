import { audit } from '../shared/audit.ts';
import { Refusal } from '../shared/refusal.ts';
import type { Tools } from '../shared/tools.ts';
import { endHolding } from './allocate.ts';
import type { BoxRegistry } from './box-registry.ts';
import type { BoxSecret } from './contract.ts';
import type { Profile } from './items.ts';
import { secretOf } from './register.ts';
import type { Revocation } from './revocation.ts';
import { readBox, writeProfile } from './store.ts';

type Act = { readonly boxId: string; readonly actorId: string };

/** The box is gone: its certificates are revoked first, so that whoever has it cannot speak for the patient; then it is nobody's. */
export async function loseBox(
  tools: Tools,
  registry: Revocation,
  { boxId, actorId, reason }: Act & { readonly reason: string },
): Promise<void> {
  await changeProfile(
    tools,
    boxId,
    async (profile) => await revokeAll(tools, registry, { ...profile, status: 'lost' }),
  );
  await endHolding(tools, boxId, tools.now(), 'lost');
  await audit(tools, {
    subjectId: boxId,
    actorId,
    action: 'report box lost',
    outcome: 'allowed',
    why: 'care team',
    reason,
  });
}

/** Takes a box out of use for good. It must have been given back. */
export async function retireBox(tools: Tools, registry: BoxRegistry, { boxId, actorId }: Act): Promise<void> {
  const box = await readBox(tools, boxId);
  if (box?.holder) throw new Refusal('conflict', 'box-held', 'Somebody holds this box. Take it back first.');
  await changeProfile(
    tools,
    boxId,
    async (profile) => await revokeAll(tools, registry, { ...profile, status: 'retired' }),
  );
  await audit(tools, { subjectId: boxId, actorId, action: 'retire box', outcome: 'allowed', why: 'administrator' });
}

const mostCertificates = 2;

/** A second certificate, so that the box can change over without a gap; the first works until the second is confirmed. */
export async function rotateCertificate(
  tools: Tools,
  registry: BoxRegistry,
  { boxId, actorId }: Act,
): Promise<BoxSecret> {
  refuseAnother((await readBox(tools, boxId))?.profile);
  const certificate = await registry.createCertificate();
  const { certificateId } = certificate;
  const added = { certificateId, createdAt: tools.now(), state: 'active' as const };
  try {
    // Asked again of what is written over: meanwhile the box may have been lost, or got another.
    await changeProfile(tools, boxId, async (profile) => {
      refuseAnother(profile);
      return { ...profile, certificates: [...profile.certificates, added] };
    });
  } catch (error) {
    await registry.revoke(certificateId);
    throw error;
  }
  await registry.attach(boxId, certificate.certificateArn);
  await audit(tools, {
    subjectId: boxId,
    actorId,
    action: 'rotate certificate',
    outcome: 'allowed',
    why: 'administrator',
  });
  return secretOf(tools, boxId, certificate);
}

function refuseAnother(profile: Profile | undefined): void {
  if (profile?.status !== 'active') throw new Refusal('conflict', 'box-not-active', 'This box is not in use.');
  if (active(profile).length >= mostCertificates)
    throw new Refusal('conflict', 'certificate-unconfirmed', 'Confirm the last certificate first.');
}

/** The box speaks with this certificate: every other one of it is revoked. */
export async function confirmCertificate(
  tools: Tools,
  registry: BoxRegistry,
  { boxId, actorId, certificateId }: Act & { readonly certificateId: string },
): Promise<void> {
  await changeProfile(tools, boxId, async (profile) => {
    if (!active(profile).some((one) => one.certificateId === certificateId))
      throw new Refusal('conflict', 'certificate-not-active', 'This certificate is not active.');
    return await revokeAll(tools, registry, profile, certificateId);
  });
  await audit(tools, {
    subjectId: boxId,
    actorId,
    action: 'confirm certificate',
    outcome: 'allowed',
    why: 'administrator',
  });
}

function active(profile: Profile) {
  return profile.certificates.filter((one) => one.state === 'active');
}

async function revokeAll(tools: Tools, registry: Revocation, profile: Profile, except?: string): Promise<Profile> {
  const revokedAt = tools.now();
  const doomed = active(profile).filter((one) => one.certificateId !== except);
  for (const one of doomed) await registry.revoke(one.certificateId);
  const certificates = profile.certificates.map((one) =>
    doomed.includes(one) ? { ...one, state: 'revoked' as const, revokedAt } : one,
  );
  return { ...profile, certificates };
}

async function changeProfile(
  tools: Tools,
  boxId: string,
  change: (profile: Profile) => Promise<Profile>,
): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const box = await readBox(tools, boxId);
    if (!box) throw new Refusal('not-found', 'box-not-found', 'There is no such box.');
    if ((await writeProfile(tools, await change(box.profile))) === 'stored') return;
  }
  throw new Refusal('conflict', 'box-changed', 'Somebody else is changing this box.');
}
