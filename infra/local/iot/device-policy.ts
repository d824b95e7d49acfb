import { authorise } from '../aws/authorise.ts';
import type { IotRegistry } from '../aws/index.ts';
import { type Json, parseJson } from '../json.ts';
import { readStatements } from '../template/statements.ts';

type Principal = NonNullable<ReturnType<IotRegistry['principal']>>;
export type DeviceAction = 'Connect' | 'Publish' | 'Subscribe' | 'Receive';

const RESOURCES: Readonly<Record<DeviceAction, string>> = {
  Connect: 'client',
  Publish: 'topic',
  Subscribe: 'topicfilter',
  Receive: 'topic',
};

/** Decides by the policies attached to a certificate, their variables filled in for the client that presents it. */
export function deviceMay(
  principal: Principal,
  clientId: string,
  action: DeviceAction,
  name: string,
  place: { region: string; accountId: string },
): boolean {
  const thing = principal.things.find((candidate) => candidate.thingName === clientId);
  const variables: Record<string, string> = {
    'iot:ClientId': clientId,
    'iot:CertificateId': principal.certificate.certificateId,
    'iot:Connection.Thing.IsAttached': String(thing !== undefined),
    ...(thing !== undefined && { 'iot:Connection.Thing.ThingName': thing.thingName }),
    ...(thing?.thingTypeName !== undefined && { 'iot:Connection.Thing.ThingTypeName': thing.thingTypeName }),
  };
  const statements = principal.policies.flatMap(({ document }) => readStatements(asJson(document)));
  const filled = statements.map((statement) => ({
    ...statement,
    ...(statement.Resource && { Resource: statement.Resource.flatMap((resource) => fill(resource, variables)) }),
  }));
  const resource = `arn:aws:iot:${place.region}:${place.accountId}:${RESOURCES[action]}/${name}`;
  return authorise(filled, `iot:${action}`, resource, variables) === 'allowed';
}

/** A resource with a variable that has no value matches nothing. */
function fill(resource: string, variables: Record<string, string>): string[] {
  let missing = false;
  const filled = resource.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
    missing ||= variables[name] === undefined;
    return variables[name] ?? '';
  });
  return missing ? [] : [filled];
}

function asJson(document: unknown): Json {
  return typeof document === 'string' ? parseJson(document) : parseJson(JSON.stringify(document));
}
