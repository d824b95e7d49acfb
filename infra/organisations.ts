import type { Construct } from 'constructs';
import { addContextApi } from './constructs/api.ts';
import type { Parts } from './parts.ts';
import { manageTeamTopics } from './team-topics.ts';

/** The organisation tree, staff and care teams, each team with its SNS topic. */
export function addOrganisations(scope: Construct, parts: Parts): void {
  const api = addContextApi(scope, parts, 'OrganisationsApi', {
    entry: 'organisations/api',
    impact: 'Teams, staff and cover cannot be changed; alerts go to whoever was responsible before.',
    table: ['dynamodb:Query', 'dynamodb:ConditionCheckItem'],
    index: true,
  });
  manageTeamTopics(api, parts);
}
