import * as z from 'zod/mini';
import type { Operations, RestRoute, Service } from '../service.ts';
import { operation, restService } from '../service.ts';
import type { AwsOptions } from '../types.ts';
import type { Registry } from './registry.ts';

const named = z.looseObject({ thingName: z.string() });
const attributePayload = z.optional(z.looseObject({ attributes: z.optional(z.record(z.string(), z.string())) }));
const createThing = z.extend(named, { thingTypeName: z.optional(z.string()), attributePayload });
const updateThing = z.extend(named, { attributePayload, expectedVersion: z.optional(z.number()) });
const principal = z.extend(named, { principal: z.string() });
const ofCertificate = z.looseObject({ certificateId: z.string() });
const policy = z.looseObject({ policyName: z.string(), target: z.string() });

const on = (method: string, path: RegExp, name: string, query?: Record<string, string>): RestRoute => ({
  method,
  path,
  operation: name,
  ...(query ? { query } : {}),
});
const routes: RestRoute[] = [
  on('POST', /^\/things\/(?<thingName>[^/]+)$/, 'CreateThing'),
  on('GET', /^\/things\/(?<thingName>[^/]+)$/, 'DescribeThing'),
  on('PATCH', /^\/things\/(?<thingName>[^/]+)$/, 'UpdateThing'),
  on('DELETE', /^\/things\/(?<thingName>[^/]+)$/, 'DeleteThing'),
  on('GET', /^\/things$/, 'ListThings'),
  on('POST', /^\/keys-and-certificate$/, 'CreateKeysAndCertificate'),
  on('GET', /^\/certificates\/(?<certificateId>[^/]+)$/, 'DescribeCertificate'),
  on('PUT', /^\/certificates\/(?<certificateId>[^/]+)$/, 'UpdateCertificate'),
  on('DELETE', /^\/certificates\/(?<certificateId>[^/]+)$/, 'DeleteCertificate'),
  on('PUT', /^\/things\/(?<thingName>[^/]+)\/principals$/, 'AttachThingPrincipal'),
  on('DELETE', /^\/things\/(?<thingName>[^/]+)\/principals$/, 'DetachThingPrincipal'),
  on('GET', /^\/things\/(?<thingName>[^/]+)\/principals$/, 'ListThingPrincipals'),
  on('PUT', /^\/target-policies\/(?<policyName>[^/]+)$/, 'AttachPolicy'),
  on('POST', /^\/target-policies\/(?<policyName>[^/]+)$/, 'DetachPolicy'),
  on('GET', /^\/endpoint$/, 'DescribeEndpoint'),
];

/** IoT Core's registry: things, certificates, policies. */
export function iotService(options: AwsOptions, registry: Registry, endpoint: () => string): Service {
  const arn = (rest: string) => `arn:aws:iot:${options.region}:${options.accountId}:${rest}`;
  const onThing = (action: string) => (input: { thingName: string }) => [
    { action: `iot:${action}`, resources: [arn(`thing/${input.thingName}`)] },
  ];
  const onCertificate = (action: string) => (input: { certificateId: string }) => [
    { action: `iot:${action}`, resources: [arn(`cert/${input.certificateId}`)] },
  ];
  const onTarget = (action: string) => (input: { target: string }) => [
    { action: `iot:${action}`, resources: [input.target] },
  ];
  // The service authorization reference gives these no resource type, so only a statement on `*` covers them.
  const onEverything = (action: string) => () => [{ action: `iot:${action}`, resources: ['*'] }];
  const writes = true;

  const thingOperations: Operations = {
    CreateThing: operation(createThing, { writes, needs: onThing('CreateThing') }, (input) => {
      const made = registry.createThing(input.thingName, input.thingTypeName, input.attributePayload?.attributes ?? {});
      return { thingName: made.thingName, thingArn: arn(`thing/${made.thingName}`), thingId: made.thingId };
    }),
    DescribeThing: operation(named, { needs: onThing('DescribeThing') }, (input) => {
      const { principals: _, ...found } = registry.thing(input.thingName);
      return { ...found, thingArn: arn(`thing/${found.thingName}`), defaultClientId: found.thingName };
    }),
    UpdateThing: operation(updateThing, { writes, needs: onThing('UpdateThing') }, (input) => {
      registry.updateThing(input.thingName, input.attributePayload?.attributes ?? {}, input.expectedVersion);
    }),
    DeleteThing: operation(named, { writes, needs: onThing('DeleteThing') }, (input) =>
      registry.deleteThing(input.thingName),
    ),
    ListThings: operation(z.looseObject({}), { needs: onEverything('ListThings') }, () => ({
      things: registry
        .things()
        .map(({ principals: _, ...one }) => ({ ...one, thingArn: arn(`thing/${one.thingName}`) })),
    })),
    AttachThingPrincipal: operation(principal, { writes, needs: onEverything('AttachThingPrincipal') }, (input) =>
      registry.attachThing(input.thingName, input.principal),
    ),
    DetachThingPrincipal: operation(principal, { writes, needs: onEverything('DetachThingPrincipal') }, (input) =>
      registry.detachThing(input.thingName, input.principal),
    ),
    ListThingPrincipals: operation(named, { needs: onEverything('ListThingPrincipals') }, (input) => ({
      principals: registry.thing(input.thingName).principals,
    })),
    DescribeEndpoint: operation(z.looseObject({}), { needs: onEverything('DescribeEndpoint') }, () => ({
      endpointAddress: new URL(endpoint()).host,
    })),
  };
  const certificateOperations: Operations = {
    CreateKeysAndCertificate: operation(
      z.looseObject({ setAsActive: z.optional(z.string()) }),
      { writes, needs: onEverything('CreateKeysAndCertificate') },
      async (input) => {
        const { certificate, issued } = await registry.createCertificate(input.setAsActive === 'true');
        return {
          certificateArn: certificate.certificateArn,
          certificateId: certificate.certificateId,
          certificatePem: certificate.certificatePem,
          keyPair: { PublicKey: issued.keys.publicPem, PrivateKey: issued.keys.privatePem },
        };
      },
    ),
    DescribeCertificate: operation(ofCertificate, { needs: onCertificate('DescribeCertificate') }, (input) => {
      const { createdAt, policies: _p, fingerprint256: _f, ...found } = registry.certificate(input.certificateId);
      return { certificateDescription: { ...found, creationDate: new Date(createdAt) } };
    }),
    UpdateCertificate: operation(
      z.extend(ofCertificate, { newStatus: z.enum(['ACTIVE', 'INACTIVE', 'REVOKED']) }),
      { writes, needs: onCertificate('UpdateCertificate') },
      (input) => registry.setStatus(input.certificateId, input.newStatus),
    ),
    DeleteCertificate: operation(ofCertificate, { writes, needs: onCertificate('DeleteCertificate') }, (input) =>
      registry.deleteCertificate(input.certificateId),
    ),
    AttachPolicy: operation(policy, { writes, needs: onTarget('AttachPolicy') }, (input) =>
      registry.attachPolicy(input.policyName, input.target),
    ),
    DetachPolicy: operation(policy, { writes, needs: onTarget('DetachPolicy') }, (input) =>
      registry.detachPolicy(input.policyName, input.target),
    ),
  };
  return restService('iot', routes, { ...thingOperations, ...certificateOperations });
}
