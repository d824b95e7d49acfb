import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { AwsError } from './aws-error.ts';
import type { Outbox } from './outbox.ts';
import type { Operations, Service } from './service.ts';
import { operation, restService } from './service.ts';
import type { AwsOptions } from './types.ts';

const part = z.optional(z.looseObject({ Data: z.string() }));
const send = z.looseObject({
  FromEmailAddress: z.string(),
  ConfigurationSetName: z.optional(z.string()),
  Destination: z.looseObject({
    ToAddresses: z.optional(z.array(z.string())),
    CcAddresses: z.optional(z.array(z.string())),
    BccAddresses: z.optional(z.array(z.string())),
  }),
  Content: z.looseObject({
    Simple: z.optional(
      z.looseObject({ Subject: z.looseObject({ Data: z.string() }), Body: z.looseObject({ Text: part, Html: part }) }),
    ),
    Raw: z.optional(z.looseObject({ Data: z.string() })),
  }),
});

/** SES v2: every recipient is an entry of the outbox. */
export function sesService(options: AwsOptions, outbox: Outbox): Service {
  const identity = (name: string) => `arn:aws:ses:${options.region}:${options.accountId}:identity/${name}`;
  const operations: Operations = {
    SendEmail: operation(
      send,
      {
        writes: true,
        needs: (input) => {
          const from = /<([^>]+)>/.exec(input.FromEmailAddress)?.[1] ?? input.FromEmailAddress;
          const context = { 'ses:FromAddress': from, 'ses:Recipients': input.Destination.ToAddresses ?? [] };
          const set = `arn:aws:ses:${options.region}:${options.accountId}:configuration-set/${input.ConfigurationSetName}`;
          return [
            { action: 'ses:SendEmail', resources: [identity(from), identity(from.split('@').at(-1) ?? '')], context },
            ...(input.ConfigurationSetName ? [{ action: 'ses:SendEmail', resources: [set], context }] : []),
          ];
        },
      },
      (input) => {
        const simple = input.Content.Simple;
        const text = simple
          ? (simple.Body.Text?.Data ?? '')
          : Buffer.from(input.Content.Raw?.Data ?? '', 'base64').toString();
        const { ToAddresses = [], CcAddresses = [], BccAddresses = [] } = input.Destination;
        const recipients = [...ToAddresses, ...CcAddresses, ...BccAddresses];
        if (recipients.length === 0) throw new AwsError('BadRequestException', 'Nobody to send to');
        const messageId = randomUUID();
        for (const to of recipients)
          outbox.add({
            service: 'email',
            to,
            text,
            status: 'sent',
            messageId,
            ...(simple ? { subject: simple.Subject.Data } : {}),
            ...(simple?.Body.Html ? { html: simple.Body.Html.Data } : {}),
          });
        return { MessageId: messageId };
      },
    ),
  };
  const routes = [{ method: 'POST', path: /^\/v2\/email\/outbound-emails$/, operation: 'SendEmail' }];
  return restService('ses', routes, operations);
}
