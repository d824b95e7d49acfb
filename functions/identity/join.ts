import type * as z from 'zod/mini';
import type { Actor } from '../shared/access.ts';
import { audit } from '../shared/audit.ts';
import { invalid, notFound, Refusal } from '../shared/refusal.ts';
import type { Tools } from '../shared/tools.ts';
import { putSupports } from './account-store.ts';
import type { InvitationView, JoinInput, SupporterView } from './contract.ts';
import type { IdentityTools } from './identity-tools.ts';
import { deleteInvitation, type Invitation, readInvitation } from './invitation-store.ts';
import { limits, spend } from './limits.ts';
import { openAccount, signInFresh } from './open-account.ts';
import { putSupporter, readName, readSupporter, setSees } from './patient-store.ts';
import { pseudonym } from './seal.ts';
import type { Stepped } from './sign-in.ts';
import { firstName } from './supporters.ts';

/** What the link of an invitation shows to whoever opens it. */
export async function viewInvitation(tools: IdentityTools, token: string): Promise<z.infer<typeof InvitationView>> {
  await spend(tools, limits.address, pseudonym(await tools.pool.secret(), tools.request.source));
  const { invitation } = await openInvitation(tools, token);
  const name = (await readName(tools, invitation.patientId)) ?? '';
  return { forWhom: firstName(name), sentTo: invitation.sentTo, expiresAt: invitation.until };
}

/** A supporter makes an account by the link that was sent to their own phone or e-mail. */
export async function join(tools: IdentityTools, input: z.infer<typeof JoinInput>): Promise<Stepped> {
  await spend(tools, limits.address, pseudonym(await tools.pool.secret(), tools.request.source));
  const { invitation, supporter } = await openInvitation(tools, input.token);
  if (supporter.phone === undefined && input.password === undefined)
    throw invalid('/password', 'Choose a password: codes come by SMS only.');
  const opened = await openAccount(tools, {
    username: invitation.username,
    name: input.name,
    language: input.language ?? (supporter.language === 'hi' ? 'hi' : 'en'),
    role: 'supporter',
    password: input.password,
    ...(invitation.sentTo === 'phone' && supporter.phone && { phone: supporter.phone }),
    ...(invitation.sentTo === 'email' && supporter.email && { email: supporter.email }),
  });
  await accept(tools, opened.actor, invitation, supporter);
  await deleteInvitation(tools, input.token);
  return await signInFresh(tools, opened, input.device);
}

/** Somebody who has an account accepts with it. */
export async function acceptInvitation(tools: Tools & { readonly actor: Actor }, token: string): Promise<void> {
  const { invitation, supporter } = await openInvitation(tools, token);
  if (tools.actor.patientId === invitation.patientId) throw invalid('/token', 'You cannot support yourself.');
  await accept(tools, tools.actor, invitation, supporter);
  await deleteInvitation(tools, token);
}

async function accept(tools: Tools, actor: Actor, invitation: Invitation, supporter: SupporterView): Promise<void> {
  const { patientId, supporterId } = invitation;
  const joined: SupporterView = { ...supporter, state: 'joined', userId: actor.userId };
  // The state moves first: once removed, nobody can join by the old link.
  if ((await putSupporter(tools, patientId, joined, 'invited')) === 'conflict') throw notFound('invitation');
  await setSees(tools, patientId, actor.userId, supporter.sees);
  await putSupports(tools, actor.userId, patientId, supporterId);
  await audit(tools, {
    subjectId: patientId,
    actorId: actor.userId,
    actorRole: 'supporter',
    action: 'accept to support',
    outcome: 'allowed',
    why: 'invited',
    ids: [supporterId],
  });
}

async function openInvitation(tools: Tools, token: string) {
  const invitation = await readInvitation(tools, token);
  if (!invitation || invitation.until <= tools.now()) throw notFound('invitation');
  const supporter = await readSupporter(tools, invitation.patientId, invitation.supporterId);
  if (supporter?.state !== 'invited')
    throw new Refusal('not-found', 'invitation-not-found', 'There is no such invitation.');
  return { invitation, supporter };
}
