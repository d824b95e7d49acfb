import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import webPush, { type PushSubscription } from 'web-push';
import { env } from '../shared/env.ts';
import { smsAttributes } from '../shared/sms.ts';
import type { Severity } from './message.ts';
import { isPushService, pushServices } from './push-services.ts';
import type { Device } from './reach-store.ts';
import type { VapidKeys } from './vapid.ts';

/** A provider said no. `permanent`: it would say no again; the next channel is tried. */
export class NotSent extends Error {
  readonly permanent: boolean;
  readonly why: string;
  constructor(why: string, permanent: boolean) {
    super(why);
    this.name = 'NotSent';
    this.permanent = permanent;
    this.why = why;
  }
}

export type PushMessage = {
  readonly title: string;
  readonly text: string;
  readonly tag: string;
  readonly path: string;
};

/** Everything by which a message leaves the building. Each answers the provider's id and throws `NotSent`. */
export type Post = {
  push(device: Device, message: PushMessage): Promise<string | undefined>;
  /** `what` names the text among those that are registered with operators. */
  sms(phone: string, text: string, what: string): Promise<string | undefined>;
  email(address: string, subject: string, text: string): Promise<string | undefined>;
  topic(topicArn: string, message: { subject: string; text: string; severity: Severity }): Promise<string | undefined>;
};

/** By SNS, SES and the browsers' push services. */
export function providers(vapid: () => Promise<VapidKeys>): Post {
  const sns = new SNSClient({});
  const ses = new SESv2Client({});
  return {
    push: async (device, message) => {
      const keys = await vapid().catch(() => {
        throw new NotSent('push-keys', false);
      });
      return await pushTo(device, message, keys);
    },
    sms: async (phone, text, what) => {
      const MessageAttributes = smsAttributes(phone, what);
      return await asked(async () => {
        const answer = await sns.send(new PublishCommand({ PhoneNumber: phone, Message: text, MessageAttributes }));
        return answer.MessageId;
      });
    },
    email: async (address, subject, text) => {
      const command = new SendEmailCommand({
        FromEmailAddress: env('SES_FROM'),
        Destination: { ToAddresses: [address] },
        Content: { Simple: { Subject: { Data: subject }, Body: { Text: { Data: text } } } },
      });
      return await asked(async () => (await ses.send(command)).MessageId);
    },
    topic: async (topicArn, { subject, text, severity }) => {
      const MessageAttributes = { severity: { DataType: 'String', StringValue: severity } };
      const command = new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: text, MessageAttributes });
      return await asked(async () => (await sns.send(command)).MessageId);
    },
  };
}

/** Refusals that no repetition changes. Throttling, time-outs and faults are tried again. */
const forGood = [
  'InvalidParameterException',
  'InvalidParameter',
  'InvalidParameterValueException',
  'MessageRejected',
  'BadRequestException',
  'OptedOut',
  'OptedOutException',
  'NotFoundException',
];

async function asked(call: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await call();
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    throw new NotSent(name, forGood.includes(name));
  }
}

const pushTimeoutMilliseconds = 8_000;
/** A push that waits longer than a day at the service says nothing new. */
const pushLivesSeconds = 24 * 3600;

async function pushTo(device: Device, message: PushMessage, vapid: VapidKeys): Promise<string | undefined> {
  const subscription = { endpoint: device.endpoint, keys: { p256dh: device.p256dh, auth: device.auth } };
  // Kept before this list, or before the list was made shorter: the device has to subscribe again.
  if (!isPushService(pushServices(env), device.endpoint)) throw new NotSent('device-gone', true);
  const details = sealed(subscription, message, vapid);
  const answer = await fetch(details.endpoint, {
    method: details.method,
    headers: Object.fromEntries(Object.entries(details.headers).map(([name, value]) => [name, String(value)])),
    body: new Uint8Array(details.body),
    redirect: 'manual',
    signal: AbortSignal.timeout(pushTimeoutMilliseconds),
  }).catch(() => {
    throw new NotSent('push-unreached', false);
  });
  if (answer.ok) return answer.headers.get('location') === null ? undefined : 'accepted';
  const gone = answer.status === 404 || answer.status === 410;
  throw new NotSent(
    gone ? 'device-gone' : `push-${answer.status}`,
    gone || answer.status === 400 || answer.status === 413,
  );
}

function sealed(subscription: PushSubscription, message: PushMessage, vapid: VapidKeys) {
  try {
    return webPush.generateRequestDetails(subscription, JSON.stringify(message), {
      vapidDetails: { subject: `mailto:${env('SES_FROM')}`, ...vapid },
      TTL: pushLivesSeconds,
      urgency: 'high',
    });
  } catch {
    throw new NotSent('device-keys', true);
  }
}
