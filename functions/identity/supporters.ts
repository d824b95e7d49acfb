import { randomBytes } from 'node:crypto';
import { endSocketsOf } from '../realtime/connections.ts';
import type { Actor } from '../shared/access.ts';
import { audit } from '../shared/audit.ts';
import { invalid, notFound, Refusal } from '../shared/refusal.ts';
import { addSeconds } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { deleteSupports } from './account-store.ts';
import { needAgreed } from './consents.ts';
import type { Sees, SupporterInput, SupporterView } from './contract.ts';
import { putInvitation } from './invitation-store.ts';
import { limits, spend } from './limits.ts';
import { putSupporter, readProfile, readSupporter, readSupporters, setSees } from './patient-store.ts';
import type { Post } from './post.ts';
import { putNewSupporter, readRoster, turnRoster } from './roster.ts';
import type { Sitting } from './sitting.ts';
import { wordsIn } from './words.ts';

const nothing: Sees = { medicines: false, diagnosis: false, history: false };
/** Who can be thought of as helping one person; beyond it somebody collects numbers. */
const mostSupporters = 10;
const invitationSeconds = 7 * 86_400;
/** Each time somebody else was added; there are ten at most. */
const mostTries = 12;

/** Adds a person who helps; with `invite` sends them a link by which they make an account. The same id again changes nothing. */
export async function addSupporter(
  tools: Tools & { readonly actor: Actor; readonly post: Post },
  patientId: string,
  input: SupporterInput,
  sitting?: Sitting,
): Promise<SupporterView> {
  const contact = input.phone ?? input.email;
  if (input.invite && contact === undefined) throw invalid('/phone', 'An invitation needs a phone or an e-mail.');
  const profile = await readProfile(tools, patientId);
  if (!profile) throw notFound('patient');
  const supporter: SupporterView = {
    supporterId: input.supporterId,
    name: input.name,
    ...(input.relation && { relation: input.relation }),
    ...(input.phone && { phone: input.phone }),
    ...(input.email && { email: input.email.toLowerCase() }),
    language: input.language ?? profile.language,
    state: input.invite ? 'invited' : 'contact',
    sees: input.sees ?? nothing,
    ...(input.invite && { invitedAt: tools.now() }),
  };
  const known = await enter(tools, patientId, supporter, sitting);
  if (known) return known;
  if (input.invite) await sendInvitation(tools, patientId, firstName(profile.name), supporter);
  await audit(tools, about(tools.actor, patientId, 'add supporter', supporter.supporterId));
  return supporter;
}

/** Stores a new supporter, or answers who has this id. Asks again what it may rest on whenever the roster turned meanwhile. */
async function enter(
  tools: Tools,
  patientId: string,
  supporter: SupporterView,
  sitting?: Sitting,
): Promise<SupporterView | undefined> {
  let hasSpent = false;
  for (let tries = 0; tries < mostTries; tries++) {
    const roster = await readRoster(tools, patientId);
    await needAgreed(tools, patientId, 'supporter');
    const all = await readSupporters(tools, patientId);
    const known = all.find(({ supporterId }) => supporterId === supporter.supporterId);
    if (known) return known;
    if (all.filter(({ state }) => state !== 'removed').length >= mostSupporters)
      throw new Refusal('conflict', 'too-many-supporters', `At most ${mostSupporters} people. Remove somebody first.`);
    if (supporter.state === 'invited' && !hasSpent) await spend(tools, limits.invitations, patientId);
    hasSpent = true;
    if ((await putNewSupporter(tools, patientId, supporter, roster, sitting?.checks)) === 'stored') return undefined;
    const over = await sitting?.over();
    if (over) throw over;
  }
  throw new Error('the supporters changed too often for one more');
}

/** What a supporter sees from now on. */
export async function changeSupporter(
  tools: Tools & { readonly actor: Actor },
  patientId: string,
  supporterId: string,
  sees: Sees,
): Promise<SupporterView> {
  const known = await readSupporter(tools, patientId, supporterId);
  if (!known || known.state === 'removed') throw notFound('supporter');
  const changed = { ...known, sees };
  if ((await putSupporter(tools, patientId, changed, known.state)) === 'conflict')
    throw new Refusal('conflict', 'changed-meanwhile', 'This supporter was changed meanwhile.');
  if (known.userId !== undefined) await setSees(tools, patientId, known.userId, sees);
  await audit(tools, about(tools.actor, patientId, 'change what a supporter sees', supporterId));
  return changed;
}

/** Takes everything away at once: first the access, then the name from the list, then the open screens. */
export async function removeSupporter(
  tools: Tools & { readonly actor: Actor },
  patientId: string,
  supporterId: string,
): Promise<void> {
  const known = await readSupporter(tools, patientId, supporterId);
  if (!known) throw notFound('supporter');
  if (known.userId !== undefined) await setSees(tools, patientId, known.userId, undefined);
  const removed = { ...known, state: 'removed' as const };
  // Somebody may join between the read and this write; then the access is taken from the one who joined.
  if ((await putSupporter(tools, patientId, removed, known.state)) === 'conflict')
    return await removeSupporter(tools, patientId, supporterId);
  if (known.userId !== undefined) {
    await deleteSupports(tools, known.userId, patientId);
    await endSocketsOf(tools, known.userId);
  }
  await audit(tools, about(tools.actor, patientId, 'remove supporter', supporterId));
}

/** Nobody helps any more: the patient took back their consent to it. Who is being added at this moment asks for it again. */
export async function removeEverySupporter(tools: Tools & { readonly actor: Actor }, patientId: string): Promise<void> {
  await turnRoster(tools, patientId);
  for (const { supporterId, state } of await readSupporters(tools, patientId))
    if (state !== 'removed') await removeSupporter(tools, patientId, supporterId);
}

async function sendInvitation(
  tools: Tools & { readonly post: Post },
  patientId: string,
  forWhom: string,
  supporter: SupporterView,
): Promise<void> {
  const token = randomBytes(24).toString('base64url');
  const sentTo = supporter.phone === undefined ? 'email' : 'phone';
  const until = addSeconds(tools.now(), invitationSeconds);
  const username = `supporter-${randomBytes(12).toString('hex')}`;
  await putInvitation(tools, token, { patientId, supporterId: supporter.supporterId, username, sentTo, until });
  // After the # it is never sent to a server and so never logged on the way.
  const link = `${tools.env('APP_ORIGIN')}/join#${token}`;
  const words = wordsIn(supporter.language);
  const text = words.invitation(forWhom, link);
  if (supporter.phone !== undefined) await tools.post.sms(supporter.phone, text, `invitation.${supporter.language}`);
  else if (supporter.email !== undefined) await tools.post.email(supporter.email, words.invitationSubject, text);
}

export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? '';
}

function about(actor: Actor, patientId: string, action: string, id: string) {
  const role = actor.roles[0];
  return {
    subjectId: patientId,
    actorId: actor.userId,
    ...(role && { actorRole: role }),
    action,
    outcome: 'allowed',
    why: actor.patientId === patientId ? 'own record' : 'care team',
    ids: [id],
  } as const;
}
