import { audit } from '../shared/audit.ts';
import type { Tools } from '../shared/tools.ts';
import { defaultUploadIntervalHours } from './box-condition.ts';
import type { BoxRegistry, NewCertificate } from './box-registry.ts';
import type { BoxSecret, RegisterInput } from './contract.ts';
import type { Profile } from './items.ts';
import { createBox, readBox } from './store.ts';

export type Registration = RegisterInput & {
  readonly facilityId: string;
  readonly path: readonly string[];
  readonly actorId: string;
};

/** Makes a box known: thing, certificate, its items. The private key is in this answer and nowhere else. */
export async function registerBox(
  tools: Tools,
  registry: BoxRegistry,
  input: Registration,
): Promise<{ outcome: 'registered'; secret: BoxSecret } | { outcome: 'known' }> {
  const boxId = input.serial;
  if (await readBox(tools, boxId)) return { outcome: 'known' };
  await registry.createThing(boxId);
  const certificate = await registry.createCertificate();
  const now = tools.now();
  const profile: Profile = {
    boxId,
    model: input.model,
    facilityId: input.facilityId,
    path: [...input.path],
    status: 'active',
    uploadIntervalHours: input.uploadIntervalHours ?? defaultUploadIntervalHours,
    certificates: [{ certificateId: certificate.certificateId, createdAt: now, state: 'active' }],
    registeredAt: now,
    version: 1,
  };
  if ((await createBox(tools, profile)) === 'conflict') {
    await registry.revoke(certificate.certificateId);
    return { outcome: 'known' };
  }
  await registry.attach(boxId, certificate.certificateArn);
  await audit(tools, {
    subjectId: boxId,
    actorId: input.actorId,
    action: 'register box',
    outcome: 'allowed',
    why: 'administrator',
  });
  return { outcome: 'registered', secret: secretOf(tools, boxId, certificate) };
}

/** The name of the rule stands in the firmware of every box: it never changes. */
const telemetryTopic = (boxId: string) => `$aws/rules/careconnect_telemetry_v1/boxes/${boxId}/telemetry`;

export function secretOf(tools: Tools, boxId: string, certificate: NewCertificate): BoxSecret {
  return {
    boxId,
    certificateId: certificate.certificateId,
    certificatePem: certificate.certificatePem,
    privateKeyPem: certificate.privateKeyPem,
    endpoint: tools.env('BOX_ENDPOINT'),
    authorityHint: tools.env('BOX_AUTHORITY_URL'),
    topic: telemetryTopic(boxId),
  };
}
