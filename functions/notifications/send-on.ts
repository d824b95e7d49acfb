import { makeOpenLink } from '../alerts/open-link.ts';
import { metric } from '../shared/metrics.ts';
import type { Tools } from '../shared/tools.ts';
import type { Addressee } from './addressee.ts';
import type { Channel } from './contract.ts';
import { leaseSeconds, mostAttempts, retryDelaySeconds } from './delivery.ts';
import type { Ledger } from './ledger.ts';
import type { MessageRequest } from './message.ts';
import { NotSent, type Post } from './post.ts';
import { deleteDevice } from './reach-store.ts';
import { say, withLink } from './words.ts';

export type SendOn = {
  readonly request: MessageRequest;
  readonly channel: Channel;
  readonly attempt: number;
  readonly addressee?: Addressee;
  readonly topicArn?: string;
  readonly ledger: Ledger;
};

/**
 * Claims, sends, records. A crash between sending and recording is the one case in which somebody hears twice; one before
 * sending is retried when the lease is over, so that nobody hears nothing.
 */
export async function sendOn(tools: Tools, post: Post, send: SendOn): Promise<string> {
  const claimed = await send.ledger.claim(tools);
  if (claimed === 'done') return 'already sent';
  if (claimed === 'refused' || claimed === 'full' || claimed === 'no longer so') return claimed;
  if (claimed === 'busy') return await again(tools, send, leaseSeconds, send.attempt, 'busy');
  try {
    const providerMessageId = await hand(tools, post, send);
    const at = tools.now();
    await send.ledger.record(
      tools,
      { at, outcome: 'sent', ...(providerMessageId !== undefined && { providerMessageId }) },
      'sent',
    );
    return 'sent';
  } catch (error) {
    if (!(error instanceof NotSent)) throw error;
    return await failed(tools, send, error);
  }
}

async function failed(tools: Tools, send: SendOn, error: NotSent): Promise<string> {
  const attempt = { at: tools.now(), outcome: 'failed' as const, why: error.why };
  if (error.permanent) {
    await send.ledger.record(tools, attempt, 'refused');
    return 'refused';
  }
  if (send.attempt + 1 >= mostAttempts) {
    await send.ledger.record(tools, attempt, 'given up');
    tools.metric(metric.undeliveredMessages, 1, 'Count');
    return 'undelivered';
  }
  await send.ledger.record(tools, attempt, 'again');
  return await again(tools, send, retryDelaySeconds(send.attempt + 1), send.attempt + 1, 'again');
}

async function again(
  tools: Tools,
  { request }: SendOn,
  delaySeconds: number,
  attempt: number,
  word: string,
): Promise<string> {
  await tools.send('notifications', [{ body: { ...request, attempt }, delaySeconds }]);
  return word;
}

async function hand(tools: Tools, post: Post, send: SendOn): Promise<string | undefined> {
  const { request, channel, addressee, topicArn } = send;
  const language = addressee?.language ?? 'en';
  const { title, text } = say(request.template, request.params, language);
  if (channel === 'topic' && topicArn !== undefined)
    return await post.topic(topicArn, { subject: title, text, severity: request.severity });
  if (!addressee) throw new NotSent('no address', true);
  if (channel === 'push') return await toDevices(tools, post, send, addressee, { title, text });
  const link = await linkFor(tools, request);
  if (channel === 'sms' && addressee.phone !== undefined)
    return await post.sms(
      addressee.phone,
      withLink(text, link, language),
      `${request.template}.${language}${link === undefined ? '' : '.link'}`,
    );
  if (channel === 'email' && addressee.email !== undefined)
    return await post.email(addressee.email, title, `${withLink(text, link, language)}\n\n${tools.env('APP_ORIGIN')}`);
  throw new NotSent('no address', true);
}

/** One device that took it is enough; those that are gone are forgotten, and one that breaks us is as good as none. */
async function toDevices(
  tools: Tools,
  post: Post,
  { request }: SendOn,
  addressee: Addressee,
  said: { title: string; text: string },
): Promise<string | undefined> {
  let accepted: string | undefined;
  let last: NotSent | undefined;
  for (const device of addressee.devices) {
    try {
      const message = { ...said, tag: request.messageId, path: request.path ?? '/' };
      accepted = (await post.push(device, message)) ?? 'accepted';
    } catch (error) {
      if (!(error instanceof NotSent)) tools.log.fault('push failed', error, { messageId: request.messageId });
      last = error instanceof NotSent ? error : new NotSent('device-fault', true);
      if (last.why === 'device-gone' && addressee.userId !== undefined)
        await deleteDevice(tools, addressee.userId, device.subscriptionId);
    }
  }
  if (accepted !== undefined) return accepted;
  throw last ?? new NotSent('no device', true);
}

/** "I'm on it" without signing in: for staff, about an alert that waits for somebody. */
async function linkFor(tools: Tools, request: MessageRequest): Promise<string | undefined> {
  const { about, to } = request;
  if (to.kind !== 'staff' || about.kind !== 'alert' || about.while !== 'triggered') return undefined;
  const token = await makeOpenLink(tools, { patientId: about.patientId, alertId: about.alertId, userId: to.id });
  return `${tools.env('APP_ORIGIN')}/o#${token}`;
}
