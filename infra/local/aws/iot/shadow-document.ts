import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };
export const jsonObject: z.ZodMiniType<JsonObject> = z.record(z.string(), z.json());

/** A shadow's document; metadata mirrors the state with the instant each value was set, in epoch seconds. */
export type ShadowDocument = {
  state: { desired?: JsonObject; reported?: JsonObject };
  metadata: { desired?: JsonObject; reported?: JsonObject };
  version: number;
  timestamp: number;
};
export type ShadowChange = { desired?: JsonObject | null | undefined; reported?: JsonObject | null | undefined };

/** Merges a change as IoT does: objects deeply, arrays and values whole, null removes. */
export function changeShadow(old: ShadowDocument | undefined, change: ShadowChange, now: number): ShadowDocument {
  const timestamp = Math.floor(now / 1000);
  const state = { ...old?.state };
  const metadata = { ...old?.metadata };
  for (const section of ['desired', 'reported'] as const) {
    const wanted = change[section];
    if (wanted === undefined) continue;
    if (wanted === null) {
      delete state[section];
      delete metadata[section];
      continue;
    }
    state[section] = merge(state[section] ?? {}, wanted);
    metadata[section] = mergeMetadata(metadata[section] ?? {}, wanted, timestamp);
  }
  return { state, metadata, version: (old?.version ?? 0) + 1, timestamp };
}

/** What is desired and not reported so. */
export function deltaOf(document: ShadowDocument): { state: JsonObject; metadata: JsonObject } | undefined {
  const state = difference(document.state.desired ?? {}, document.state.reported ?? {});
  if (Object.keys(state).length === 0) return undefined;
  return { state, metadata: pick(document.metadata.desired ?? {}, state) };
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function merge(base: JsonObject, change: JsonObject): JsonObject {
  const merged = { ...base };
  for (const [key, value] of Object.entries(change)) {
    const before = merged[key];
    if (value === null) delete merged[key];
    else merged[key] = isObject(value) ? merge(isObject(before) ? before : {}, value) : value;
  }
  return merged;
}

function mergeMetadata(base: JsonObject, change: JsonObject, timestamp: number): JsonObject {
  const merged = { ...base };
  for (const [key, value] of Object.entries(change)) {
    const before = merged[key];
    if (value === null) delete merged[key];
    else
      merged[key] = isObject(value)
        ? mergeMetadata(isObject(before) ? before : {}, value, timestamp)
        : stamp(value, timestamp);
  }
  return merged;
}

function stamp(value: Json, timestamp: number): Json {
  if (Array.isArray(value)) return value.map((one) => stamp(one, timestamp));
  return isObject(value) ? mergeMetadata({}, value, timestamp) : { timestamp };
}

function difference(desired: JsonObject, reported: JsonObject): JsonObject {
  const found: JsonObject = {};
  for (const [key, value] of Object.entries(desired)) {
    const actual = reported[key];
    if (isObject(value) && isObject(actual)) {
      const inner = difference(value, actual);
      if (Object.keys(inner).length) found[key] = inner;
    } else if (!isDeepStrictEqual(value, actual)) found[key] = value;
  }
  return found;
}

function pick(metadata: JsonObject, like: JsonObject): JsonObject {
  const picked: JsonObject = {};
  for (const [key, value] of Object.entries(like)) {
    const inner = metadata[key];
    if (inner !== undefined) picked[key] = isObject(value) && isObject(inner) ? pick(inner, value) : inner;
  }
  return picked;
}
