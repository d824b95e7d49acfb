import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateKeysAndCertificateCommand,
  CreateThingCommand,
  IoTClient,
  ResourceAlreadyExistsException,
} from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import type { Tools } from '../shared/tools.ts';
import { type Revocation, revocation, unless } from './revocation.ts';

const Created = z.object({
  certificateArn: z.string(),
  certificateId: z.string(),
  certificatePem: z.string(),
  keyPair: z.object({ PrivateKey: z.string() }),
});
export type NewCertificate = {
  readonly certificateId: string;
  readonly certificateArn: string;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
};

/** What IoT Core keeps of boxes: a thing each, and the certificates with which they may speak. */
export type BoxRegistry = Revocation & {
  /** Makes the thing, or finds it made. */
  createThing(boxId: string): Promise<void>;
  /** An active certificate that may do nothing yet. The private key exists only in this answer. */
  createCertificate(): Promise<NewCertificate>;
  /** From now on the certificate speaks for the box, and for no other. */
  attach(boxId: string, certificateArn: string): Promise<void>;
};

let client: IoTClient | undefined;

/** IoT Core's control plane. */
export function boxRegistry(tools: Pick<Tools, 'env'>): BoxRegistry {
  client ??= new IoTClient({});
  const iot = client;
  return {
    async createThing(boxId) {
      const command = new CreateThingCommand({ thingName: boxId, thingTypeName: tools.env('IOT_THING_TYPE') });
      await unless(ResourceAlreadyExistsException, iot.send(command));
    },
    async createCertificate() {
      const answer = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }));
      const { keyPair, ...created } = z.parse(Created, answer);
      return { ...created, privateKeyPem: keyPair.PrivateKey };
    },
    async attach(boxId, certificateArn) {
      const policyName = tools.env('IOT_POLICY_NAME');
      await iot.send(new AttachPolicyCommand({ policyName, target: certificateArn }));
      await iot.send(new AttachThingPrincipalCommand({ thingName: boxId, principal: certificateArn }));
    },
    revoke: revocation.revoke,
  };
}
