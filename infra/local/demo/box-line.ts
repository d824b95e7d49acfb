import { connectAsync, type MqttClient } from 'mqtt';
import type { DemoBox } from '../control/people.ts';

const RULE = 'careconnect_telemetry_v1';

export interface BoxLineOptions {
  readonly box: DemoBox;
  readonly port: number;
  readonly caPem: string;
  /** The cloud asks for other settings. */
  onSettings(settings: unknown): void;
}

/** A box's line to the cloud: MQTT with its own certificate, opened when there is something to say. */
export class BoxLine {
  readonly #options: BoxLineOptions;
  #client: MqttClient | undefined;

  constructor(options: BoxLineOptions) {
    this.#options = options;
  }

  async report(event: unknown): Promise<void> {
    const client = await this.#open();
    await client.publishAsync(`$aws/rules/${RULE}/boxes/${this.#options.box.boxId}/telemetry`, JSON.stringify(event), {
      qos: 1,
    });
  }

  async confirm(reported: unknown): Promise<void> {
    const client = await this.#open();
    await client.publishAsync(`${this.#shadow()}/update`, JSON.stringify({ state: { reported } }), { qos: 1 });
  }

  close(): void {
    this.#client?.end(true);
    this.#client = undefined;
  }

  async #open(): Promise<MqttClient> {
    if (this.#client?.connected) return this.#client;
    const { box, port, caPem, onSettings } = this.#options;
    this.close();
    const client = await connectAsync(
      `mqtts://localhost:${port}`,
      {
        clientId: box.boxId,
        key: box.privateKeyPem,
        cert: box.certificatePem,
        ca: caPem,
        reconnectPeriod: 0,
        keepalive: 0,
      },
      false,
    );
    this.#client = client;
    client.on('error', () => undefined);
    client.on('message', (_, payload) => onSettings(settingsIn(payload)));
    await client.subscribeAsync([`${this.#shadow()}/update/delta`, `${this.#shadow()}/get/accepted`], { qos: 1 });
    await client.publishAsync(`${this.#shadow()}/get`, '', { qos: 1 });
    return client;
  }

  #shadow(): string {
    return `$aws/things/${this.#options.box.boxId}/shadow/name/config`;
  }
}

/** A delta carries what differs as its state; a whole shadow carries it as `delta`. */
function settingsIn(payload: Buffer): unknown {
  const { state } = JSON.parse(payload.toString('utf8'));
  return state !== null && typeof state === 'object' && ('desired' in state || 'reported' in state)
    ? state.delta
    : state;
}
