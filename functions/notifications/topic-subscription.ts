import { contactOf } from '../identity/contact-of.ts';
import { memberNow } from '../organisations/team.ts';
import { teamOf } from '../organisations/team-of.ts';
import { invalid, notFound, Refusal } from '../shared/refusal.ts';
import type { Tools } from '../shared/tools.ts';
import type { SubscribeTopicInput, TopicView } from './contract.ts';
import {
  readTopicSubscription,
  readTopicSubscriptions,
  type TopicSubscription,
  writeTopicSubscription,
} from './reach-store.ts';
import type { Topics } from './topics.ts';

/** What SNS says now of a person's own subscription; what it says is kept, so that a removal is seen. */
export async function topicView(tools: Tools, topics: Topics, userId: string, teamId: string): Promise<TopicView> {
  const known = await readTopicSubscription(tools, userId, teamId);
  if (!known) return { state: 'none', severities: ['red'] };
  return viewOf(await refreshed(tools, topics, known));
}

/** Subscribes, or changes what is subscribed to; another address or protocol replaces the one before. */
export async function subscribeTopic(
  tools: Tools,
  topics: Topics,
  { userId, teamId, input }: { userId: string; teamId: string; input: SubscribeTopicInput },
): Promise<TopicView> {
  const team = await teamOf(tools, teamId);
  if (!team) throw notFound('team');
  if (team.topicArn === undefined) throw new Refusal('unavailable', 'no-topic', 'This team has no topic yet.');
  if (input.protocol === 'sms') await refuseOthersPhone(tools, userId, input.endpoint);
  const known = await readTopicSubscription(tools, userId, teamId);
  const same = known && known.protocol === input.protocol && known.endpoint === input.endpoint;
  if (same && (await refreshed(tools, topics, known)).state === 'confirmed')
    return await refilter(tools, topics, known, input);
  if (known && !same) await topics.unsubscribe(known.subscriptionArn);
  const subscriptionArn = await topics.subscribe({ topicArn: team.topicArn, ...input });
  const now = tools.now();
  const asked: TopicSubscription = {
    ...input,
    userId,
    teamId,
    state: 'pending',
    subscriptionArn,
    askedAt: now,
    checkedAt: now,
  };
  return viewOf(await refreshed(tools, topics, asked, 'always write'));
}

/** SNS asks an address whether it wants this, a phone it writes to at once. */
async function refuseOthersPhone(tools: Tools, userId: string, phone: string): Promise<void> {
  const contact = await contactOf(tools, userId);
  if (contact?.phone !== phone)
    throw invalid('/endpoint', 'SMS goes only to the phone of your account. Give that one, or an e-mail address.');
}

async function refilter(
  tools: Tools,
  topics: Topics,
  known: TopicSubscription,
  { severities }: SubscribeTopicInput,
): Promise<TopicView> {
  await topics.filter(known.subscriptionArn, severities);
  const next: TopicSubscription = { ...known, severities, state: 'confirmed' };
  await writeTopicSubscription(tools, next, known);
  return viewOf(next);
}

export async function unsubscribeTopic(tools: Tools, topics: Topics, userId: string, teamId: string): Promise<void> {
  const known = await readTopicSubscription(tools, userId, teamId);
  if (!known || known.state === 'removed') return;
  await topics.unsubscribe(known.subscriptionArn);
  const removed = { ...known, state: 'removed' as const, checkedAt: tools.now() };
  if ((await writeTopicSubscription(tools, removed, known)) === 'conflict')
    await unsubscribeTopic(tools, topics, userId, teamId);
}

/**
 * Every night and whenever somebody leaves: what became of the subscriptions of a team. Whoever does not belong to it now
 * hears no more; what they have not confirmed cannot be ended and is looked at again until it is gone.
 */
export async function reconcileTeam(tools: Tools, topics: Topics, teamId: string): Promise<string> {
  const team = await teamOf(tools, teamId);
  for (const known of await readTopicSubscriptions(tools, teamId)) {
    if (!team || !memberNow(team, known.userId, tools.now())) await topics.unsubscribe(known.subscriptionArn);
    await refreshed(tools, topics, known);
  }
  return 'reconciled';
}

async function refreshed(
  tools: Tools,
  topics: Topics,
  known: TopicSubscription,
  how: 'when changed' | 'always write' = 'when changed',
): Promise<TopicSubscription> {
  const state = known.state === 'removed' ? 'removed' : await topics.stateOf(known.subscriptionArn);
  const next = { ...known, state, checkedAt: tools.now() };
  if (how === 'always write') await writeTopicSubscription(tools, next);
  else if (state !== known.state) await writeTopicSubscription(tools, next, known);
  return next;
}

function viewOf({ state, protocol, endpoint, severities, askedAt, checkedAt }: TopicSubscription): TopicView {
  return { state, protocol, endpoint: masked(endpoint), severities, askedAt, checkedAt };
}

/** `m…@example.org`, `…1234`. */
export function masked(endpoint: string): string {
  const at = endpoint.indexOf('@');
  return at > 0 ? `${endpoint.slice(0, 1)}…${endpoint.slice(at)}` : `…${endpoint.slice(-4)}`;
}
