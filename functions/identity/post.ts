import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { env } from '../shared/env.ts';
import { smsAttributes } from '../shared/sms.ts';

/**
 * Codes and invitations leave at once and by themselves: they must not wait in a queue, be kept in a log, be held by quiet
 * hours or be folded into a digest, as messages of care are.
 */
export type Post = {
  /** `what` names the text among those that are registered with operators. */
  sms(phone: string, text: string, what: `${'code' | 'invitation'}.${string}`): Promise<void>;
  email(address: string, subject: string, text: string): Promise<void>;
};

export function awsPost(): Post {
  const sns = new SNSClient({});
  const ses = new SESv2Client({});
  return {
    sms: async (phone, text, what) => {
      const MessageAttributes = smsAttributes(phone, what);
      await sns.send(new PublishCommand({ PhoneNumber: phone, Message: text, MessageAttributes }));
    },
    email: async (address, subject, text) => {
      const command = new SendEmailCommand({
        FromEmailAddress: env('SES_FROM'),
        Destination: { ToAddresses: [address] },
        Content: { Simple: { Subject: { Data: subject }, Body: { Text: { Data: text } } } },
      });
      await ses.send(command);
    },
  };
}
