import { createServer, TLSSocket } from 'node:tls';
import { Aedes, type AuthErrorCode, type AuthenticateError, type Client } from 'aedes';
import type { IotRegistry } from '../aws/index.ts';
import { Activity } from '../messages/activity.ts';
import { listenOnLoopback } from '../origin/loopback.ts';
import { type DeviceAction, deviceMay } from './device-policy.ts';
import type { TopicRules } from './topic-rules.ts';

export interface BrokerOptions {
  readonly port: number;
  readonly registry: IotRegistry;
  readonly rules: TopicRules;
  readonly region: string;
  readonly accountId: string;
  now(): number;
}

export interface Broker {
  busy(): boolean;
  /** A message of the cloud's own side: shadow answers, commands. */
  publish(topic: string, payload: Uint8Array, qos: 0 | 1): void;
  stop(): Promise<void>;
}

const MAX_PAYLOAD_BYTES = 128 * 1024;
const SHADOW_TOPIC = /^\$aws\/things\/[^/]+\/shadow\/(name\/[^/]+\/)?(get|update|delete)$/;
const NOT_AUTHORISED: AuthErrorCode = 5;

/** IoT Core's device gateway: MQTT over TLS, every client by its own certificate and the policy of the template. */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const { registry, rules } = options;
  const activity = new Activity();
  const fingerprints = new WeakMap<Client, string>();
  const connected = new Map<string, Set<Client>>();
  const may = (client: Client, action: DeviceAction, name: string) => {
    const principal = registry.principal(fingerprints.get(client) ?? '');
    return principal !== undefined && deviceMay(principal, client.id, action, name, options);
  };

  const aedes = await Aedes.createBroker({
    maxClientsIdLength: 128,
    authenticate(client, _username, _password, done) {
      const fingerprint =
        client.conn instanceof TLSSocket ? client.conn.getPeerCertificate().fingerprint256 : undefined;
      if (fingerprint !== undefined) fingerprints.set(client, fingerprint);
      if (fingerprint === undefined || !may(client, 'Connect', client.id)) {
        return done(
          Object.assign(new Error('not authorised'), { returnCode: NOT_AUTHORISED }) satisfies AuthenticateError,
          null,
        );
      }
      connected.set(fingerprint, (connected.get(fingerprint) ?? new Set()).add(client));
      done(null, true);
    },
    authorizePublish(client, packet, callback) {
      if (client === null) return callback();
      const payload = Buffer.from(packet.payload);
      if (packet.qos === 2 || payload.length > MAX_PAYLOAD_BYTES || !may(client, 'Publish', packet.topic)) {
        return callback(new Error(`refused publish on ${packet.topic}`));
      }
      if (SHADOW_TOPIC.test(packet.topic)) setImmediate(() => registry.deviceShadow(packet.topic, payload));
      // The device has its PUBACK only when the rule's actions have the message.
      activity.during(() => rules.publish(packet.topic, payload, client.id)).then(() => callback(), callback);
    },
    authorizeSubscribe(client, subscription, callback) {
      const allowed = !subscription.topic.startsWith('$aws/rules/') && may(client, 'Subscribe', subscription.topic);
      callback(null, allowed ? subscription : null);
    },
    authorizeForward: (client, packet) => (may(client, 'Receive', packet.topic) ? packet : null),
  });
  aedes.on('clientReady', (client) => presence(options, client, 'connected'));
  aedes.on('clientDisconnect', (client) => {
    connected.get(fingerprints.get(client) ?? '')?.delete(client);
    presence(options, client, 'disconnected');
  });
  registry.onPrincipalChanged((fingerprint) => {
    for (const client of connected.get(fingerprint) ?? []) client.close();
  });

  const server = createServer(
    {
      key: registry.serverKeyPem,
      cert: registry.serverCertificatePem,
      ca: registry.caPem,
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
    },
    (socket) => void aedes.handle(socket),
  );
  server.on('tlsClientError', () => undefined);
  const stop = await listenOnLoopback(server, options.port);
  return {
    busy: () => activity.busy(),
    publish(topic, payload, qos) {
      void activity.during(async () => {
        await rules.publish(topic, Buffer.from(payload), 'N/A');
        await new Promise<void>((resolve) =>
          aedes.publish({ cmd: 'publish', topic, payload: Buffer.from(payload), qos, dup: false, retain: false }, () =>
            resolve(),
          ),
        );
      });
    },
    stop: () =>
      new Promise((resolve) => {
        aedes.close(() => void stop().then(resolve));
      }),
  };
}

/** Lifecycle events, for rules that listen to them. */
function presence(options: BrokerOptions, client: Client, eventType: 'connected' | 'disconnected'): void {
  const payload = JSON.stringify({ clientId: client.id, timestamp: options.now(), eventType, versionNumber: 0 });
  void options.rules.publish(`$aws/events/presence/${eventType}/${client.id}`, Buffer.from(payload), 'N/A');
}
