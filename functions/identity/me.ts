import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { endSocketsOf } from '../realtime/connections.ts';
import { actorKey } from '../shared/access-store.ts';
import { audit } from '../shared/audit.ts';
import type { ActorTools } from '../shared/http.ts';
import { notFound, Refusal } from '../shared/refusal.ts';
import { needsTotp, readSessions, type Session } from '../shared/session.ts';
import { type Account, readAccount, replaceAccount } from './account-store.ts';
import { weakPassword } from './cognito-answers.ts';
import type { Language, Me, SessionView } from './contract.ts';
import { viewerOf } from './grant.ts';
import { forgive, limits, spend } from './limits.ts';
import { hashPin, isEasyPin } from './pin.ts';
import { wrongCredentials } from './refusals.ts';
import { pseudonym } from './seal.ts';
import { endSession, putPin, readPin } from './session-store.ts';
import { event } from './sign-in.ts';
import type { UserPool } from './user-pool.ts';

export type MeTools = ActorTools & { readonly pool: UserPool };

export async function me(tools: ActorTools): Promise<Me> {
  const { actor } = tools;
  const account = await ownAccount(tools);
  const session = (await sessionsOf(tools)).find((each) => each.current);
  return {
    ...(await viewerOf(tools, actor)),
    ...(account.email && { email: account.email }),
    ...(account.phone && { phone: account.phone }),
    pinSet: (await readPin(tools, actor.userId)) !== undefined,
    ...(session && { session }),
    version: account.version,
  };
}

/** Language for everybody; the name of staff is what their organisation gave them. */
export async function changeMe(
  tools: ActorTools,
  change: { displayName?: string | undefined; language?: Language | undefined },
  version: number,
): Promise<Me> {
  const account = await ownAccount(tools);
  const { actor } = tools;
  if (change.displayName !== undefined && needsTotp(actor.roles))
    throw new Refusal('forbidden', 'name-by-organisation', 'Your organisation keeps your name. Ask its administrator.');
  const name = change.displayName ?? account.name;
  const language = change.language ?? account.language;
  const stored = account.version === version ? await replaceAccount(tools, { ...account, name, language }) : 'conflict';
  if (stored === 'conflict') throw new Refusal('stale', 'changed-meanwhile', 'This was changed meanwhile. Look again.');
  await setWords(tools, actor.userId, name, language);
  return await me({ ...tools, actor: { ...actor, displayName: name, language } });
}

/** The shift PIN. The password is asked, so that a screen left open gives nothing away. */
export async function setPin(tools: MeTools, input: { pin: string; password: string }): Promise<void> {
  if (isEasyPin(input.pin)) throw new Refusal('invalid', 'easy-pin', 'Choose a PIN that is harder to guess.');
  await provePassword(tools, input.password);
  await putPin(tools, tools.actor.userId, await hashPin(await tools.pool.secret(), input.pin));
  await audit(tools, event(tools.actor, 'set shift PIN'));
}

export async function changePassword(tools: MeTools, input: { password: string; newPassword: string }): Promise<void> {
  const account = await provePassword(tools, input.password);
  if ((await tools.pool.setPassword(account.username, input.newPassword, false)) === 'too-weak') throw weakPassword();
  await endOtherSessions(tools);
  await audit(tools, event(tools.actor, 'change password'));
}

/** Whoever knew the old password is out; the device that changed it stays. */
async function endOtherSessions(tools: MeTools): Promise<void> {
  const { userId } = tools.actor;
  const others = (await readSessions(tools, userId)).filter(
    ({ endedAt, families }) => endedAt === undefined && !families.includes(tools.request.tokenFamily ?? ''),
  );
  for (const { sessionId } of others) await endSession(tools, userId, sessionId, tools.now());
  await endSocketsOf(tools, userId);
}

/** Newest first, the ended ones left out. */
export async function sessionsOf(tools: ActorTools): Promise<SessionView[]> {
  const now = tools.now();
  const all = await readSessions(tools, tools.actor.userId);
  const open = all.filter((session) => session.endedAt === undefined && now < session.endsAt);
  const inOrder = open.sort((a, b) => (a.lastSeenAt > b.lastSeenAt ? -1 : 1));
  return inOrder.map((session) => sessionView(session, tools.request.tokenFamily));
}

/** Ends one device: it cannot refresh any more, its open screens close. */
export async function revokeSession(tools: ActorTools, sessionId: string): Promise<void> {
  const { actor } = tools;
  const all = await readSessions(tools, actor.userId);
  if (!all.some((session) => session.sessionId === sessionId)) throw notFound('session');
  await endSession(tools, actor.userId, sessionId, tools.now());
  await endSocketsOf(tools, actor.userId);
  await audit(tools, { ...event(actor, 'end a session'), ids: [sessionId] });
}

async function provePassword(tools: MeTools, password: string): Promise<Account> {
  const account = await ownAccount(tools);
  const who = pseudonym(await tools.pool.secret(), `prove ${account.username}`);
  await spend(tools, limits.password, who);
  const answer = await tools.pool.signIn(account.username, password);
  if (answer.kind === 'refused') throw wrongCredentials();
  if (answer.kind === 'tokens') await tools.pool.revoke(answer.tokens.refreshToken);
  await forgive(tools, limits.password, who);
  return account;
}

async function ownAccount(tools: ActorTools): Promise<Account> {
  const account = await readAccount(tools, tools.actor.userId);
  if (!account) throw notFound('account');
  return account;
}

/** Access pattern 172: how a person is called and in which language, where the decision point reads it. */
async function setWords(tools: ActorTools, userId: string, displayName: string, language: string): Promise<void> {
  await tools.db.send(
    new UpdateCommand({
      TableName: tools.tableName,
      Key: actorKey(userId),
      UpdateExpression: 'SET displayName = :name, #language = :language',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#language': 'language' },
      ExpressionAttributeValues: { ':name': displayName, ':language': language },
    }),
  );
}

function sessionView(session: Session, family: string | undefined): SessionView {
  return {
    sessionId: session.sessionId,
    device: session.device,
    createdAt: session.createdAt,
    lastSeenAt: session.lastSeenAt,
    totpPassed: session.totpPassedAt !== undefined,
    current: family !== undefined && session.families.includes(family),
  };
}
