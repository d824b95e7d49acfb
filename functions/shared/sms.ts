import type { MessageAttributeValue } from '@aws-sdk/client-sns';

/** A sender as an operator in India registered it, and its texts: `<what>.<language>`, with `.link` when one follows. */
type SmsIndia = {
  readonly senderId: string;
  readonly entityId: string;
  readonly templates: Readonly<Record<string, string>>;
};

/**
 * How SNS sends an SMS: at once; to India by the registered sender, entity and text when the stage names them, otherwise by
 * international routes, dearer and from a random number (SNS guide, "Sender ID registration requirements for India").
 */
export function smsAttributes(phone: string, what: string): Record<string, MessageAttributeValue> {
  const { senderId, entityId, templates }: Partial<SmsIndia> = JSON.parse(process.env.SMS_INDIA ?? '{}');
  const templateId = phone.startsWith('+91') ? templates?.[what] : undefined;
  const values = {
    'AWS.SNS.SMS.SMSType': 'Transactional',
    ...(templateId && {
      'AWS.SNS.SMS.SenderID': senderId,
      'AWS.MM.SMS.EntityId': entityId,
      'AWS.MM.SMS.TemplateId': templateId,
    }),
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );
}
