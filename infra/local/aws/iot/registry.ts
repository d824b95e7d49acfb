import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { AwsOptions, Certificate, Thing } from '../types.ts';
import type { Authority, Issued } from './authority.ts';

export type RegistryState = { things: Thing[]; certificates: Certificate[] };
export type Registry = {
  thing(name: string): Thing;
  things(): Thing[];
  createThing(name: string, typeName: string | undefined, attributes: Record<string, string>): Thing;
  updateThing(name: string, attributes: Record<string, string>, expectedVersion: number | undefined): Thing;
  deleteThing(name: string): void;
  certificate(idOrArn: string): Certificate;
  createCertificate(active: boolean): Promise<{ certificate: Certificate; issued: Issued }>;
  setStatus(id: string, status: Certificate['status']): void;
  deleteCertificate(id: string): void;
  attachThing(name: string, principalArn: string): void;
  detachThing(name: string, principalArn: string): void;
  attachPolicy(policyName: string, target: string): void;
  detachPolicy(policyName: string, target: string): void;
  byFingerprint(fingerprint256: string): Certificate | undefined;
  onPrincipalChanged(listener: (fingerprint256: string) => void): void;
  dump(): RegistryState;
  load(state: RegistryState): void;
};

const conflict = (message: string) => new AwsError('InvalidRequestException', message, 400);

/** Things, certificates and what is attached to what, with IoT Core's refusals. */
export function iotRegistry(options: AwsOptions, authority: Authority): Registry {
  const things = new Map<string, Thing>();
  const certificates = new Map<string, Certificate>();
  const listeners: ((fingerprint256: string) => void)[] = [];
  const policies = new Set(options.resources.iot.policies.map(({ name }) => name));

  const missing = (what: string) => new AwsError('ResourceNotFoundException', `${what} does not exist`, 404);
  const thing = (name: string) => {
    const found = things.get(name);
    if (!found) throw missing(`Thing ${name}`);
    return found;
  };
  const certificate = (idOrArn: string) => {
    const found = certificates.get(idOrArn.split('/').at(-1) ?? '');
    if (!found) throw missing(`Certificate ${idOrArn}`);
    return found;
  };
  const changed = ({ fingerprint256 }: Certificate) => {
    for (const listener of listeners) listener(fingerprint256);
  };

  return {
    thing,
    certificate,
    things: () => [...things.values()],
    createThing(name, typeName, attributes) {
      if (!/^[\w:-]{1,128}$/.test(name)) throw conflict(`${name} is no thing name`);
      if (typeName !== undefined && !options.resources.iot.thingTypes.includes(typeName))
        throw missing(`Thing type ${typeName}`);
      const known = things.get(name);
      if (known) {
        const same =
          known.thingTypeName === typeName && JSON.stringify(known.attributes) === JSON.stringify(attributes);
        if (same) return known;
        throw new AwsError('ResourceAlreadyExistsException', `Thing ${name} already exists with different values`, 409);
      }
      const made: Thing = {
        thingName: name,
        attributes,
        thingId: randomUUID(),
        version: 1,
        principals: [],
        ...(typeName === undefined ? {} : { thingTypeName: typeName }),
      };
      things.set(name, made);
      return made;
    },
    updateThing(name, attributes, expectedVersion) {
      const found = thing(name);
      if (expectedVersion !== undefined && expectedVersion !== found.version)
        throw new AwsError('VersionConflictException', `Thing ${name} is at version ${found.version}`, 409);
      found.attributes = attributes;
      found.version += 1;
      return found;
    },
    deleteThing(name) {
      if (things.get(name)?.principals.length) throw conflict(`Thing ${name} still has principals`);
      things.delete(name);
    },
    async createCertificate(active) {
      const issued = await authority.issue('AWS IoT Certificate');
      const certificateId = issued.fingerprint256.replaceAll(':', '').toLowerCase();
      const made: Certificate = {
        certificateId,
        certificateArn: `arn:aws:iot:${options.region}:${options.accountId}:cert/${certificateId}`,
        certificatePem: issued.certificatePem,
        fingerprint256: issued.fingerprint256,
        status: active ? 'ACTIVE' : 'INACTIVE',
        createdAt: new Date(options.now()).toISOString(),
        policies: [],
      };
      certificates.set(certificateId, made);
      return { certificate: made, issued };
    },
    setStatus(id, status) {
      const found = certificate(id);
      if (found.status === 'REVOKED' && status !== 'REVOKED')
        throw new AwsError('CertificateStateException', 'A revoked certificate stays revoked', 406);
      found.status = status;
      changed(found);
    },
    deleteCertificate(id) {
      const found = certificate(id);
      const attached = [...things.values()].some((one) => one.principals.includes(found.certificateArn));
      if (found.status === 'ACTIVE') throw new AwsError('CertificateStateException', 'The certificate is active', 406);
      if (attached || found.policies.length)
        throw new AwsError('DeleteConflictException', 'Things or policies are attached', 409);
      certificates.delete(found.certificateId);
    },
    attachThing(name, principalArn) {
      const { certificateArn } = certificate(principalArn);
      const found = thing(name);
      if (!found.principals.includes(certificateArn)) found.principals.push(certificateArn);
    },
    detachThing(name, principalArn) {
      const found = thing(name);
      found.principals = found.principals.filter((arn) => arn !== principalArn);
      changed(certificate(principalArn));
    },
    attachPolicy(policyName, target) {
      if (!policies.has(policyName)) throw missing(`Policy ${policyName}`);
      const found = certificate(target);
      if (!found.policies.includes(policyName)) found.policies.push(policyName);
    },
    detachPolicy(policyName, target) {
      const found = certificate(target);
      found.policies = found.policies.filter((name) => name !== policyName);
      changed(found);
    },
    byFingerprint: (fingerprint256) => certificates.get(fingerprint256.replaceAll(':', '').toLowerCase()),
    onPrincipalChanged: (listener) => void listeners.push(listener),
    dump: () => ({ things: [...things.values()], certificates: [...certificates.values()] }),
    load(state) {
      for (const one of state.things) things.set(one.thingName, one);
      for (const one of state.certificates) certificates.set(one.certificateId, one);
    },
  };
}
