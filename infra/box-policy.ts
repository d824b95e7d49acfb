import type { Construct } from 'constructs';
import { arnIn } from './constructs/grant.ts';

/** IoT puts the thing's name here, which it knows from the certificate; a box cannot claim another's. */
const own = ['$', '{iot:Connection.Thing.ThingName}'].join('');

const shadow = `$aws/things/${own}/shadow/name/config`;

/** The one policy that all boxes share: connect as oneself, report as oneself, read and confirm one's own settings. */
export function boxPolicy(scope: Construct, telemetryRule: string) {
  const topics = (kind: string, ...names: string[]) => names.map((name) => arnIn(scope, 'iot', `${kind}/${name}`));
  const heard = [
    `${shadow}/get/accepted`,
    `${shadow}/get/rejected`,
    `${shadow}/update/delta`,
    `${shadow}/update/accepted`,
    `${shadow}/update/rejected`,
  ];
  const allow = (Action: string, Resource: string[]) => ({ Effect: 'Allow', Action, Resource });
  return {
    Version: '2012-10-17',
    Statement: [
      {
        ...allow('iot:Connect', [arnIn(scope, 'iot', `client/${own}`)]),
        Condition: { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } },
      },
      allow(
        'iot:Publish',
        topics('topic', `$aws/rules/${telemetryRule}/boxes/${own}/telemetry`, `${shadow}/get`, `${shadow}/update`),
      ),
      allow('iot:Subscribe', topics('topicfilter', ...heard)),
      allow('iot:Receive', topics('topic', ...heard)),
    ],
  };
}
