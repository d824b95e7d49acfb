/** A parsed JSON value. Templates and events are read through these accessors, so nothing is cast. */
export type Json = null | boolean | number | string | readonly Json[] | JsonRecord;
export interface JsonRecord {
  readonly [key: string]: Json;
}

export function isRecord(value: Json | undefined): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The record at `path`, or an empty one where the template says nothing. */
export function recordAt(value: Json | undefined, ...path: string[]): JsonRecord {
  const found = at(value, ...path);
  return isRecord(found) ? found : {};
}

/** The list at `path`; a single value counts as a list of one, as IAM and CloudFormation allow. */
export function listAt(value: Json | undefined, ...path: string[]): readonly Json[] {
  const found = at(value, ...path);
  if (found === undefined || found === null) return [];
  return isList(found) ? found : [found];
}

export function textsAt(value: Json | undefined, ...path: string[]): string[] {
  return listAt(value, ...path).filter((item) => typeof item === 'string');
}

/** The scalar at `path` as text, or undefined. CloudFormation accepts `"true"` and `true` alike. */
export function textAt(value: Json | undefined, ...path: string[]): string | undefined {
  const found = at(value, ...path);
  if (typeof found === 'string') return found;
  return typeof found === 'number' || typeof found === 'boolean' ? String(found) : undefined;
}

export function numberAt(value: Json | undefined, ...path: string[]): number | undefined {
  const text = textAt(value, ...path);
  return text === undefined || text === '' || Number.isNaN(Number(text)) ? undefined : Number(text);
}

export function flagAt(value: Json | undefined, ...path: string[]): boolean {
  return textAt(value, ...path) === 'true';
}

export function at(value: Json | undefined, ...path: string[]): Json | undefined {
  let current = value;
  for (const key of path) {
    if (!isRecord(current)) return undefined;
    current = current[key];
  }
  return current;
}

export function parseJson(text: string): Json {
  const value: Json = JSON.parse(text);
  return value;
}
