import { CfnPolicy, CfnThingType } from 'aws-cdk-lib/aws-iot';
import type { Construct } from 'constructs';
import { boxPolicy } from './box-policy.ts';
import { addContextApi } from './constructs/api.ts';
import { AppFunction } from './constructs/function.ts';
import { allow, arnIn } from './constructs/grant.ts';
import { named } from './constructs/house.ts';
import { TopicRule } from './constructs/topic-rule.ts';
import type { Parts } from './parts.ts';
import { consumerTimeout } from './queues.ts';

/** Stands in the firmware of every box: never change it, add a v2 beside it. */
export const telemetryRule = 'careconnect_telemetry_v1';

/** The bytes as they came: a plain SELECT * would drop what is not JSON before quarantine could see it. */
const telemetrySql =
  "SELECT encode(*, 'base64') AS body, topic(2) AS boxId, clientid() AS clientId, timestamp() AS receivedAt FROM 'boxes/+/telemetry'";

/** Pill boxes: certificates, telemetry, desired settings. */
export function addDevices(scope: Construct, parts: Parts): void {
  const { house, lasting, queues } = parts;
  const thingType = new CfnThingType(scope, 'PillBox', {
    thingTypeName: named(house.settings, 'pill-box'),
    thingTypeProperties: { thingTypeDescription: 'A pill box that reports its openings' },
  });
  const policy = new CfnPolicy(scope, 'BoxPolicy', {
    policyName: named(house.settings, 'pill-box'),
    policyDocument: boxPolicy(scope, telemetryRule),
  });
  const names = {
    IOT_POLICY_NAME: named(house.settings, 'pill-box'),
    IOT_THING_TYPE: named(house.settings, 'pill-box'),
  };

  const api = addContextApi(scope, parts, 'DevicesApi', {
    entry: 'devices/api',
    impact: 'Pill boxes cannot be registered, allocated or returned.',
    table: ['dynamodb:Query', 'dynamodb:ConditionCheckItem'],
    index: true,
    environment: {
      ...names,
      BOX_ENDPOINT: house.settings.iotDataEndpoint,
      BOX_AUTHORITY_URL: 'https://www.amazontrust.com/repository/AmazonRootCA1.pem',
    },
  });
  api.node.addDependency(policy, thingType);
  const thing = arnIn(scope, 'iot', 'thing/*');
  const certificate = arnIn(scope, 'iot', 'cert/*');
  allow(api, ['iot:CreateThing'], [thing]);
  // IoT gives these actions no resource type: a narrower statement would never match.
  allow(api, ['iot:CreateKeysAndCertificate', 'iot:AttachThingPrincipal'], ['*']);
  allow(api, ['iot:AttachPolicy', 'iot:UpdateCertificate'], [certificate]);

  const onTelemetry = new AppFunction(scope, 'OnTelemetry', house, {
    entry: 'devices/on-telemetry',
    impact: 'Openings of pill boxes stop counting; doses that were taken stay "waiting for box".',
    timeout: consumerTimeout,
  });
  onTelemetry.useTable(lasting.table, [
    'dynamodb:GetItem',
    'dynamodb:Query',
    'dynamodb:PutItem',
    'dynamodb:DeleteItem',
  ]);
  onTelemetry.consume(queues.named.telemetry, { size: 100, windowSeconds: 1, maxConcurrency: 50 });

  const onChange = new AppFunction(scope, 'DevicesOnChange', house, {
    entry: 'devices/on-change',
    impact:
      'Pill boxes keep the alarm times of an old plan; a box that was given back, lost or no longer agreed to still counts.',
    timeout: consumerTimeout,
    environment: { IOT_DATA_ENDPOINT: house.settings.iotDataEndpoint },
  });
  onChange.useTable(lasting.table, [
    'dynamodb:GetItem',
    'dynamodb:Query',
    'dynamodb:UpdateItem',
    'dynamodb:PutItem',
    'dynamodb:DeleteItem',
    'dynamodb:ConditionCheckItem',
  ]);
  allow(onChange, ['iot:UpdateThingShadow'], [thing]);
  allow(onChange, ['iot:UpdateCertificate'], [certificate]);
  // A lost box is followed once nobody can take the answer back: until then its message waits.
  queues.sendFrom(onChange, 'devices');
  onChange.consume(queues.named.devices, { size: 10, maxConcurrency: 20 });

  new TopicRule(scope, 'Telemetry', house, {
    name: telemetryRule,
    sql: telemetrySql,
    description: 'Raw bytes of pill boxes to the telemetry queue',
    to: queues.named.telemetry,
    impact: 'Reports of pill boxes are lost before they reach the queue.',
  });
}
