import { randomInt, randomUUID } from 'node:crypto';
import type { Messages } from 'cognito-local/lib/services/messages.js';
import { attributesToRecord } from 'cognito-local/lib/services/userPoolService.js';
import * as z from 'zod/mini';
import { AwsError } from '../aws-error.ts';
import type { Outbox } from '../outbox.ts';
import type { Directory, Pool, User } from './directory.ts';
import type { Triggers } from './triggers.ts';

export type CodePurpose =
  | 'SignUp'
  | 'ResendCode'
  | 'ForgotPassword'
  | 'AdminCreateUser'
  | 'UpdateUserAttribute'
  | 'VerifyUserAttribute'
  | 'Authentication';
export type Destination = { AttributeName: string; DeliveryMedium: 'EMAIL' | 'SMS'; Destination: string };
type Sending = {
  pool: Pool;
  user: User;
  clientId: string | undefined;
  purpose: CodePurpose;
  code: string;
  to: Destination;
  clientMetadata?: Record<string, string> | undefined;
};

export type Codes = {
  send(sending: Sending): Promise<void>;
  /** The shape in which cognito-local's own operations send. */
  messages: Messages;
  newCode(): string;
};

const custom = z.looseObject({
  emailMessage: z.optional(z.nullable(z.string())),
  emailSubject: z.optional(z.nullable(z.string())),
  smsMessage: z.optional(z.nullable(z.string())),
});

/** Codes that Cognito sends by e-mail or text message, in the words of the CustomMessage trigger when there is one. */
export function codesTo(outbox: Outbox, triggers: Triggers, directory: () => Directory): Codes {
  const send = async ({ pool, user, clientId, purpose, code, to, clientMetadata }: Sending) => {
    const asked = { pool, clientId, user, username: user.Username, source: `CustomMessage_${purpose}` };
    const request = {
      codeParameter: '{####}',
      usernameParameter: purpose === 'AdminCreateUser' ? '{username}' : null,
      ...(clientMetadata ? { clientMetadata } : {}),
    };
    const said = z.safeParse(custom, await triggers.run('CustomMessage', asked, request)).data;
    const fill = (text: string) => text.replaceAll('{####}', code).replaceAll('{username}', user.Username);
    const plain =
      purpose === 'AdminCreateUser'
        ? 'Your username is {username} and temporary password is {####}.'
        : 'Your confirmation code is {####}';
    const message = { to: to.Destination, status: 'sent' as const, messageId: randomUUID() };
    if (to.DeliveryMedium === 'SMS') outbox.add({ ...message, service: 'sms', text: fill(said?.smsMessage ?? plain) });
    else {
      const subject =
        said?.emailSubject ?? (purpose === 'AdminCreateUser' ? 'Your temporary password' : 'Your verification code');
      outbox.add({ ...message, service: 'email', subject, text: fill(said?.emailMessage ?? plain) });
    }
  };
  return {
    send,
    newCode: () => String(randomInt(1_000_000)).padStart(6, '0'),
    messages: {
      deliver: (_context, purpose, clientId, poolId, user, code, clientMetadata, to) =>
        send({
          pool: directory().pool(poolId),
          user,
          clientId: clientId ?? undefined,
          purpose,
          code,
          to,
          clientMetadata,
        }),
    },
  };
}

/** Where a code goes: the phone first, as Cognito does when both could take it. */
export function destinationOf(user: User, among: readonly string[], verifiedOnly: boolean): Destination {
  const values = attributesToRecord(user.Attributes);
  const usable = (name: string) =>
    among.includes(name) && values[name] !== undefined && (!verifiedOnly || values[`${name}_verified`] === 'true');
  if (usable('phone_number'))
    return { AttributeName: 'phone_number', DeliveryMedium: 'SMS', Destination: values.phone_number ?? '' };
  if (usable('email')) return { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: values.email ?? '' };
  throw new AwsError('InvalidParameterException', 'Cannot send a code: the user has no usable email or phone number');
}

/** As Cognito shows it: enough to recognise, not enough to learn. */
export function masked(to: Destination): Destination {
  const shown =
    to.DeliveryMedium === 'SMS'
      ? `+${'*'.repeat(Math.max(to.Destination.length - 5, 0))}${to.Destination.slice(-4)}`
      : to.Destination.replace(/^(.)[^@]*@(.).*$/, '$1***@$2***');
  return { ...to, Destination: shown };
}
