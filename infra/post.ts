import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { AppFunction } from './constructs/function.ts';
import { allow, arnIn } from './constructs/grant.ts';
import type { House } from './constructs/house.ts';

/** A phone number has no ARN, so publishing to one is granted as everything that is not a topic. */
export function sendSms(from: AppFunction, { settings }: House): void {
  from.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({ actions: ['sns:Publish'], notResources: ['arn:aws:sns:*:*:*'] }),
  );
  if (settings.smsIndia) from.lambda.addEnvironment('SMS_INDIA', JSON.stringify(settings.smsIndia));
}

/** SES asks for the identity of the sender's address when there is one, else for its domain's. */
export function sendEmail(from: AppFunction, house: House): void {
  const address = house.settings.sesFrom;
  const domain = address.slice(address.indexOf('@') + 1);
  const identities = [address, domain].map((identity) => arnIn(from, 'ses', `identity/${identity}`));
  allow(from, ['ses:SendEmail'], identities);
  from.lambda.addEnvironment('SES_FROM', address);
}
