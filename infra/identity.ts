import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { addContextApi } from './constructs/api.ts';
import { allow } from './constructs/grant.ts';
import type { Parts } from './parts.ts';
import { sendEmail, sendSms } from './post.ts';

/** Accounts, sign-in and patients. The user pool and its trigger stand in sign-in.ts: they last. */
export function addIdentity(scope: Construct, parts: Parts): void {
  addAccounts(scope, parts);
  const { house, queues } = parts;
  const api = addContextApi(scope, parts, 'IdentityApi', {
    entry: 'identity/api',
    impact: 'Nobody can enrol a patient, nor change a profile, a consent or a supporter.',
    table: ['dynamodb:Query', 'dynamodb:ConditionCheckItem'],
    environment: { APP_ORIGIN: `https://${house.settings.domain}` },
  });
  // A removed supporter loses open screens at once; the plan of an enrolment becomes due work.
  queues.sendFrom(api, 'live', 'due');
  sendSms(api, house);
  sendEmail(api, house);
}

/** A function of its own: what enrolment brings with it would make it too heavy to sign in with. */
function addAccounts(scope: Construct, parts: Parts): void {
  const { house, lasting, http, queues } = parts;
  const api = addContextApi(scope, parts, 'AccountsApi', {
    entry: 'identity/accounts-api',
    part: '/api/identity/me',
    impact: 'Nobody can sign in or stay signed in.',
    table: ['dynamodb:Query'],
    environment: {
      USER_POOL_ID: lasting.signIn.pool.userPoolId,
      USER_POOL_CLIENT_ID: lasting.signIn.clientId,
      APP_ORIGIN: `https://${house.settings.domain}`,
    },
  });
  http.addOpen(HttpMethod.ANY, '/api/auth/{proxy+}', api);
  // Who signs out everywhere loses open screens at once.
  queues.sendFrom(api, 'live');
  sendSms(api, house);
  sendEmail(api, house);
  allow(
    api,
    [
      'cognito-idp:DescribeUserPoolClient',
      'cognito-idp:AdminCreateUser',
      'cognito-idp:AdminSetUserPassword',
      'cognito-idp:AdminAddUserToGroup',
      'cognito-idp:AdminGetUser',
      'cognito-idp:AdminInitiateAuth',
      'cognito-idp:AdminRespondToAuthChallenge',
      'cognito-idp:AdminSetUserMFAPreference',
      'cognito-idp:AdminUserGlobalSignOut',
    ],
    [lasting.signIn.pool.userPoolArn],
  );
}
