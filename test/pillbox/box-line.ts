import { connectAsync, type MqttClient } from 'mqtt';
import type { BoxSecret } from '../../functions/devices/contract.ts';

/** One box's line: MQTT over TLS with the certificate of its registration, opened when there is something to say. */
export class BoxLine {
  readonly #secret: BoxSecret;
  readonly #address: string;
  readonly #ca: string;
  #client: MqttClient | undefined;

  constructor(secret: BoxSecret, address: string, ca: string) {
    this.#secret = secret;
    this.#address = address;
    this.#ca = ca;
  }

  /** Publishes with QoS 1; a line that broke is opened anew and the message sent again, as firmware does. */
  async publish(message: unknown): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        const client = await this.#open();
        await client.publishAsync(this.#secret.topic, JSON.stringify(message), { qos: 1 });
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
