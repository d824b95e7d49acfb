import type { LocalSecrets } from '../local-secrets.ts';
import type { Service } from '../service.ts';
import type { AwsOptions, IotRegistry } from '../types.ts';
import { localAuthority } from './authority.ts';
import { iotService } from './control-plane.ts';
import { iotDataService } from './data-plane.ts';
import type { RegistryState } from './registry.ts';
import { iotRegistry } from './registry.ts';
import type { ShadowDocument } from './shadow-document.ts';
import { shadowsOf } from './shadows.ts';

export type IotState = { registry: RegistryState; shadows: [string, ShadowDocument][] };
export type Iot = {
  control: Service;
  data: Service;
  forBroker: IotRegistry;
  dump(): IotState;
  load(state: IotState): void;
};

export async function startIot(options: AwsOptions, secrets: LocalSecrets, endpoint: () => string): Promise<Iot> {
  const authority = await localAuthority(secrets);
  const registry = iotRegistry(options, authority);
  const shadows = shadowsOf(options, registry);
  return {
    control: iotService(options, registry, endpoint),
    data: iotDataService(options, shadows),
    forBroker: {
      caPem: authority.caPem,
      serverKeyPem: authority.server.keyPem,
      serverCertificatePem: authority.server.certificatePem,
      principal(fingerprint256) {
        const certificate = registry.byFingerprint(fingerprint256);
        if (certificate?.status !== 'ACTIVE') return undefined;
        return {
          certificate,
          things: registry.things().filter((thing) => thing.principals.includes(certificate.certificateArn)),
          policies: options.resources.iot.policies.filter(({ name }) => certificate.policies.includes(name)),
        };
      },
      onPrincipalChanged: registry.onPrincipalChanged,
      deviceShadow: shadows.fromDevice,
      things: registry.things,
    },
    dump: () => ({ registry: registry.dump(), shadows: shadows.dump() }),
    load(state) {
      registry.load(state.registry);
      shadows.load(state.shadows);
    },
  };
}
