import { connectAsync, type MqttClient } from 'mqtt';
import type { BoxSecret } from '../../functions/devices/contract.ts';

/** One box's line: MQTT over TLS with the certificate of its registration, opened when there is something to say. */
export class BoxLine {
  readonly #secret: BoxSecret;
  readonly #address: string;
  readonly #ca: string;
  #client: MqttClient | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(secret: BoxSecret, address: string, ca: string) {
    this.#secret = secret;
    this.#address = address;
    this.#ca = ca;
  }

  /** Publishes with QoS 1, one message after the other, as a modem does. */
  publish(message: unknown): Promise<void> {
    this.#last = this.#last.then(() => this.#publish(message));
    return this.#last;
  }

  /** A line that broke is opened anew and the message sent again. */
  async #publish(message: unknown): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        const client = await this.#open();
        await unlessClosed(client, client.publishAsync(this.#secret.topic, JSON.stringify(message), { qos: 1 }));
        return;
      } catch (error) {
        this.close();
        if (attempt === 4) throw error;
      }
    }
  }

  close(): void {
    this.#client?.end(true);
    this.#client = undefined;
  }

  async #open(): Promise<MqttClient> {
    if (this.#client?.connected) return this.#client;
    this.close();
    const { boxId, privateKeyPem, certificatePem } = this.#secret;
    const options = { clientId: boxId, key: privateKeyPem, cert: certificatePem, ca: this.#ca };
    const client = await connectAsync(this.#address, { ...options, reconnectPeriod: 0, keepalive: 0 }, false);
    client.on('error', () => undefined);
    this.#client = client;
    return client;
  }
}

/** A client that closed under a message never answers it. */
async function unlessClosed(client: MqttClient, answer: Promise<unknown>): Promise<void> {
  let onClose = () => {};
  const closed = new Promise<never>((_, reject) => {
    onClose = () => reject(new Error('the connection was closed'));
    client.once('close', onClose);
  });
  await Promise.race([answer, closed]).finally(() => client.off('close', onClose));
}
