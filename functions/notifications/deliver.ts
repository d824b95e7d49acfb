import * as z from 'zod/mini';
import { policyOf } from '../alerts/policy-of.ts';
import type { Team } from '../organisations/team.ts';
import { teamOf } from '../organisations/team-of.ts';
import { planDue } from '../reminders/plan-due.ts';
import { localDateOf, nextMark } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { type Addressee, addresseeOf } from './addressee.ts';
import { isHeld } from './held.ts';
import { type Counted, ledgerOf } from './ledger.ts';
import { MessageRequest } from './message.ts';
import type { Post } from './post.ts';
import { channelsFor } from './preferences.ts';
import { requestMessage } from './request-message.ts';
import { sendOn } from './send-on.ts';
import { isStillSo } from './still-so.ts';
import { recordDelivery } from './store.ts';
import { mayGoAt } from './when.ts';

/** A request on its queue; `attempt` counts how often a provider failed. */
export const Queued = z.extend(MessageRequest, { attempt: z.optional(z.number()) });
export type Queued = z.infer<typeof Queued>;

/** While a facility's boxes are silent together, it is looked at again so often. */
const incidentPauseSeconds = 1800;

/**
 * One message: is it still so, may it go now, is it one of the five, then on the first channel that works. Every outcome but
 * "waits" is final, and a repeat finds it in the log.
 */
export async function deliver(tools: Tools, post: Post, queued: Queued): Promise<string> {
  const { attempt = 0, ...request } = queued;
  const team = await teamOf(tools, request.teamId);
  if (!team || !(await isStillSo(tools, request))) return 'no longer so';
  if (request.to.kind === 'team') return await toTopic(tools, post, request, team, attempt);
  const addressee = await addresseeOf(tools, request, team);
  if (!addressee) return 'nobody to tell';
  if (channelsOf(addressee, request).length > 0 && (await isHeld(tools, request, team)))
    return await waitUntil(tools, request, nextMark(tools.now(), incidentPauseSeconds), 'held');
  const at = mayGoAt(request, tools.now(), team.calendar, addressee.zone, addressee.quiets);
  if (at > tools.now()) return await waitUntil(tools, request, at, 'deferred');
  return await toPerson(tools, post, request, addressee, attempt);
}

async function toTopic(
  tools: Tools,
  post: Post,
  request: MessageRequest,
  team: Team,
  attempt: number,
): Promise<string> {
  if (team.topicArn === undefined) return 'no topic';
  const at = mayGoAt(request, tools.now(), team.calendar, team.calendar.zone, []);
  if (at > tools.now()) return await waitUntil(tools, request, at, 'deferred');
  return await sendOn(tools, post, {
    request,
    channel: 'topic',
    attempt,
    topicArn: team.topicArn,
    ledger: ledgerOf(request, 'topic'),
  });
}

async function toPerson(
  tools: Tools,
  post: Post,
  request: MessageRequest,
  addressee: Addressee,
  attempt: number,
): Promise<string> {
  const channels = channelsOf(addressee, request);
  const counted = await countedAs(tools, request, addressee);
  for (const channel of channels) {
    const outcome = await sendOn(tools, post, {
      request,
      channel,
      attempt,
      addressee,
      ledger: ledgerOf(request, channel, counted),
    });
    if (outcome === 'full') return await fold(tools, request, counted?.localDate);
    if (outcome !== 'refused') return outcome;
  }
  return await onScreenOnly(tools, request, channels.length > 0);
}

function channelsOf({ preferences, devices, phone, email }: Addressee, request: MessageRequest) {
  const contact = {
    devices: devices.length,
    ...(phone !== undefined && { phone }),
    ...(email !== undefined && { email }),
  };
  return channelsFor(preferences, contact, request.channels);
}

/**
 * Nothing to send it by: it stands in the app. That is enough for staff; a patient without the app was not reached. A reminder is
 * missed by nobody who has no channel at all: their box rings.
 */
async function onScreenOnly(tools: Tools, request: MessageRequest, tried: boolean): Promise<string> {
  if (request.about.kind === 'dose' && !tried) return 'no channel';
  const now = tools.now();
  const reached = request.to.kind === 'staff' && !tried;
  await recordDelivery(
    tools,
    {
      request,
      channel: 'screen',
      attempts: [],
      ...(reached ? { state: 'sent', sentAt: now } : { state: tried ? 'undelivered' : 'dropped', why: 'no-channel' }),
    },
    now,
  );
  return reached ? 'on screen' : 'no channel';
}

async function waitUntil(tools: Tools, request: MessageRequest, at: string, why: string): Promise<string> {
  await planDue(tools, { at, ref: `${request.to.id}.${request.messageId}`, work: { step: 'send', request } });
  return why;
}

/** Five immediate messages a day per person; the condition of the claim holds it, whoever sends at the same time. */
async function countedAs(tools: Tools, request: MessageRequest, addressee: Addressee): Promise<Counted | undefined> {
  if (!request.immediate || request.about.kind === 'dose') return undefined;
  const { immediatePerDay } = await policyOf(tools, request.teamId);
  return { localDate: localDateOf(tools.now(), addressee.zone), perDay: immediatePerDay };
}

/** The sixth and what follows become one message a day, the recipient's own; each stands in the app by itself. */
async function fold(tools: Tools, request: MessageRequest, localDate: string | undefined): Promise<string> {
  const now = tools.now();
  await recordDelivery(tools, { request, channel: 'screen', state: 'folded', attempts: [], why: 'five-a-day' }, now);
  const today = localDate ?? now.slice(0, 10);
  await requestMessage(tools, {
    messageId: `more.${today}`,
    at: `${today}T00:00:00.000Z`,
    to: request.to,
    teamId: request.teamId,
    template: 'more-waiting',
    params: {},
    severity: 'info',
    immediate: false,
    about: { kind: 'team', teamId: request.teamId },
    path: '/worklist',
  });
  return 'folded';
}
