import type { AppFunction } from './constructs/function.ts';
import { allow, arnIn, useKey } from './constructs/grant.ts';
import { named } from './constructs/house.ts';
import type { Parts } from './parts.ts';

/** Topics of care teams are made while the product runs, one per team, so grants go by the prefix of their names. */
function topics(of: AppFunction, { house }: Parts): { prefix: string; arn: string } {
  const prefix = named(house.settings, 'team-');
  return { prefix, arn: arnIn(of, 'sns', `${prefix}*`) };
}

/** Makes the topic of a new team, under our key. */
export function makeTeamTopics(of: AppFunction, parts: Parts): void {
  const { prefix, arn } = topics(of, parts);
  allow(of, ['sns:CreateTopic'], [arn]);
  of.lambda.addEnvironment('TOPIC_PREFIX', prefix);
  of.lambda.addEnvironment('TEAM_TOPIC_KEY_ARN', parts.house.keys.messages.keyArn);
}

/** Lets a person subscribe to the topics of teams, change what for, and end it. */
export function subscribeToTeams(of: AppFunction, parts: Parts): void {
  allow(of, ['sns:Subscribe'], [topics(of, parts).arn]);
  // SNS gives the actions on a subscription no resource type: a narrower statement would never match.
  allow(of, ['sns:SetSubscriptionAttributes'], ['*']);
  endSubscriptions(of);
}

/** Asks SNS what became of a subscription, and ends it. */
export function endSubscriptions(of: AppFunction): void {
  // Neither has a resource type.
  allow(of, ['sns:GetSubscriptionAttributes', 'sns:Unsubscribe'], ['*']);
}

/** Publishes to a team's topic, which is under our key. */
export function publishToTeams(of: AppFunction, parts: Parts): void {
  allow(of, ['sns:Publish'], [topics(of, parts).arn]);
  useKey(of, parts.house.keys.messages, ['kms:Decrypt', 'kms:GenerateDataKey']);
}
