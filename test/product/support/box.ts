import { connectAsync, type MqttClient } from 'mqtt';
import { inject } from 'vitest';
import { local } from './local.ts';

/** What the registration of a box gives out once. */
export interface BoxPapers {
  readonly boxId: string;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

const RULE = 'careconnect_telemetry_v1';

/** A pill box at the other end of MQTT, with its own certificate. */
export class Box {
  readonly papers: BoxPapers;
  readonly #client: MqttClient;

  private constructor(papers: BoxPapers, client: MqttClient) {
    this.papers = papers;
    this.#client = client;
  }

  /** Connects as the box; rejects when the door refuses. `clientId` other than the box's own is for tests of refusal. */
  static async connect(papers: BoxPapers, clientId = papers.boxId): Promise<Box> {
    const client = await connectAsync(
      inject('mqtts'),
      {
        clientId,
        key: papers.privateKeyPem,
        cert: papers.certificatePem,
        ca: await local.mqttCa(),
        reconnectPeriod: 0,
        connectTimeout: 5000,
      },
      false,
    );
    client.on('error', () => undefined);
    return new Box(papers, client);
  }

  /** Publishes one telemetry message and waits until the cloud has it. Text goes out as it is. */
  async report(message: unknown): Promise<void> {
    await this.publish(`$aws/rules/${RULE}/boxes/${this.papers.boxId}/telemetry`, message);
  }

  /** On any topic; rejects when the cloud closes the connection instead of acknowledging. */
  async publish(topic: string, message: unknown): Promise<void> {
    const payload = typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message);
    const closed = new Promise<never>((_, reject) => {
      this.#client.once('close', () => reject(new Error('the connection was closed')));
    });
    await Promise.race([this.#client.publishAsync(topic, payload, { qos: 1 }), closed]);
  }

  async disconnect(): Promise<void> {
    await this.#client.endAsync(true);
  }
}
