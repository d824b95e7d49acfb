import type { Construct } from 'constructs';
import { addContextApi } from './constructs/api.ts';
import { allow } from './constructs/grant.ts';
import type { Parts } from './parts.ts';
import { sendEmail } from './post.ts';
import { makeTeamTopics } from './team-topics.ts';

/** The organisation tree, staff and care teams, each team with its SNS topic. */
export function addOrganisations(scope: Construct, parts: Parts): void {
  const { house, lasting, queues } = parts;
  const api = addContextApi(scope, parts, 'OrganisationsApi', {
    entry: 'organisations/api',
    impact: 'Teams, staff and cover cannot be changed; alerts go to whoever was responsible before.',
    table: ['dynamodb:Query', 'dynamodb:ConditionCheckItem'],
    index: true,
    environment: {
      USER_POOL_ID: lasting.signIn.pool.userPoolId,
      APP_ORIGIN: `https://${house.settings.domain}`,
    },
  });
  makeTeamTopics(api, parts);
  // Invitations go by e-mail; who leaves loses open screens and the messages of the team's topic at once.
  sendEmail(api, house);
  queues.sendFrom(api, 'live', 'notifications');
  allow(
    api,
    [
      'cognito-idp:AdminCreateUser',
      'cognito-idp:AdminGetUser',
      'cognito-idp:AdminSetUserPassword',
      'cognito-idp:AdminAddUserToGroup',
      'cognito-idp:AdminDisableUser',
      'cognito-idp:AdminEnableUser',
      'cognito-idp:AdminUserGlobalSignOut',
    ],
    [lasting.signIn.pool.userPoolArn],
  );
}
