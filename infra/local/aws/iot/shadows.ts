import * as z from 'zod/mini';
import { AwsError } from '../aws-error.ts';
import type { AwsOptions } from '../types.ts';
import type { Registry } from './registry.ts';
import type { ShadowDocument } from './shadow-document.ts';
import { changeShadow, deltaOf, jsonObject } from './shadow-document.ts';

const request = z.looseObject({
  state: z.object({ desired: z.optional(z.nullable(jsonObject)), reported: z.optional(z.nullable(jsonObject)) }),
  version: z.optional(z.number()),
  clientToken: z.optional(z.string().check(z.maxLength(64))),
});
const maximumBytes = 8192;

export type Shadows = {
  get(thingName: string, shadowName: string | undefined): ShadowDocument & { state: { delta?: unknown } };
  /** Publishes what IoT publishes on a change: accepted, documents, and the delta when there is one. */
  update(thingName: string, shadowName: string | undefined, payload: Uint8Array): unknown;
  delete(thingName: string, shadowName: string | undefined): unknown;
  names(thingName: string): string[];
  fromDevice(topic: string, payload: Uint8Array): void;
  dump(): [string, ShadowDocument][];
  load(state: [string, ShadowDocument][]): void;
};

/** Device shadows, classic and named, over HTTP and over MQTT. */
export function shadowsOf(options: AwsOptions, registry: Registry): Shadows {
  const documents = new Map<string, ShadowDocument>();
  const key = (thing: string, name: string | undefined) => `${thing}\n${name ?? ''}`;
  const topicOf = (thing: string, name: string | undefined) =>
    `$aws/things/${thing}/shadow${name ? `/name/${name}` : ''}`;
  const publish = (topic: string, body: unknown) => options.iotPublish(topic, Buffer.from(JSON.stringify(body)), 1);
  const seconds = () => Math.floor(options.now() / 1000);

  const shadows: Shadows = {
    get(thing, name) {
      const document = documents.get(key(thing, name));
      if (!document)
        throw new AwsError('ResourceNotFoundException', `No shadow exists with name: '${name ?? thing}'`, 404);
      const delta = deltaOf(document);
      return {
        ...document,
        state: { ...document.state, ...(delta ? { delta: delta.state } : {}) },
        timestamp: seconds(),
      };
    },
    update(thing, name, payload) {
      registry.thing(thing);
      if (payload.length > maximumBytes)
        throw new AwsError('RequestEntityTooLargeException', 'The payload exceeds the maximum size', 413);
      const asked = parse(payload);
      const previous = documents.get(key(thing, name));
      if (asked.version !== undefined && asked.version !== (previous?.version ?? 0))
        throw new AwsError('ConflictException', 'Version conflict', 409);
      const current = changeShadow(previous, asked.state, options.now());
      documents.set(key(thing, name), current);
      const { version, timestamp } = current;
      const token = asked.clientToken === undefined ? {} : { clientToken: asked.clientToken };
      const accepted = { state: asked.state, metadata: current.metadata, version, timestamp, ...token };
      const base = topicOf(thing, name);
      publish(`${base}/update/accepted`, accepted);
      publish(`${base}/update/documents`, { previous, current, timestamp, ...token });
      const delta = deltaOf(current);
      if (delta && asked.state.desired !== undefined)
        publish(`${base}/update/delta`, { version, timestamp, ...delta, ...token });
      return accepted;
    },
    delete(thing, name) {
      const { version } = shadows.get(thing, name);
      documents.delete(key(thing, name));
      const accepted = { version, timestamp: seconds() };
      publish(`${topicOf(thing, name)}/delete/accepted`, accepted);
      return accepted;
    },
    names: (thing) =>
      [...documents.keys()]
        .flatMap((one) => (one.startsWith(`${thing}\n`) ? [one.slice(thing.length + 1)] : []))
        .filter(Boolean),
    fromDevice(topic, payload) {
      const match = /^\$aws\/things\/([^/]+)\/shadow\/(?:name\/([^/]+)\/)?(get|update|delete)$/.exec(topic);
      const [, thing, name, verb] = match ?? [];
      if (!thing || !verb) return;
      try {
        if (verb === 'update') shadows.update(thing, name, payload);
        else if (verb === 'delete') shadows.delete(thing, name);
        else publish(`${topic}/accepted`, shadows.get(thing, name));
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        publish(`${topic}/rejected`, { code: error.status, message: error.message, timestamp: seconds() });
      }
    },
    dump: () => [...documents],
    load(state) {
      for (const [name, document] of state) documents.set(name, document);
    },
  };
  return shadows;
}

function parse(payload: Uint8Array): z.output<typeof request> {
  try {
    return z.parse(request, JSON.parse(Buffer.from(payload).toString()));
  } catch {
    throw new AwsError('InvalidRequestException', 'The payload is not a shadow document', 400);
  }
}
