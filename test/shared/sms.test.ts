import { afterEach, describe, expect, it } from 'vitest';
import { smsAttributes } from '../../functions/shared/sms.ts';

const indian = '+919431180001';
const valuesOf = (phone: string, what: string) =>
  Object.fromEntries(Object.entries(smsAttributes(phone, what)).map(([name, { StringValue }]) => [name, StringValue]));

describe('how an SMS is sent', () => {
  afterEach(() => void delete process.env.SMS_INDIA);

  it('without a registered sender: at once, by whatever route', () => {
    expect(valuesOf(indian, 'code.hi')).toEqual({ 'AWS.SNS.SMS.SMSType': 'Transactional' });
  });

  it('to India: by the registered sender, entity and text; elsewhere, or with a text that is not registered, as before', () => {
    process.env.SMS_INDIA = JSON.stringify({
      senderId: 'CARECN',
      entityId: '1101456320000012345',
      templates: { 'code.hi': '1107160000000001' },
    });
    expect(valuesOf(indian, 'code.hi')).toEqual({
      'AWS.SNS.SMS.SMSType': 'Transactional',
      'AWS.SNS.SMS.SenderID': 'CARECN',
      'AWS.MM.SMS.EntityId': '1101456320000012345',
      'AWS.MM.SMS.TemplateId': '1107160000000001',
    });
    expect(valuesOf('+9779841000000', 'code.hi')).toEqual({ 'AWS.SNS.SMS.SMSType': 'Transactional' });
    expect(valuesOf(indian, 'code.en')).toEqual({ 'AWS.SNS.SMS.SMSType': 'Transactional' });
  });
});
