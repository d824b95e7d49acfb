import { IoTClient, ResourceNotFoundException, UpdateCertificateCommand } from '@aws-sdk/client-iot';

/** Ends what a certificate may do. */
export type Revocation = {
  /** For ever. An open connection is closed. */
  revoke(certificateId: string): Promise<void>;
};

let client: IoTClient | undefined;

/** The one call of IoT Core's control plane that whoever loses a box needs. */
export const revocation: Revocation = {
  async revoke(certificateId) {
    client ??= new IoTClient({});
    const command = new UpdateCertificateCommand({ certificateId, newStatus: 'REVOKED' });
    await unless(ResourceNotFoundException, client.send(command));
  },
};

/** Waits for a call whose only expected refusal means that there is nothing left to do. */
export async function unless(expected: new (...args: never[]) => Error, call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof expected)) throw error;
  }
}
