import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { AwsError, UnknownOperation } from './aws-error.ts';
import type { Gate, Need } from './gate.ts';
import type { Answer, AwsRequest } from './request.ts';

export type Service = {
  name: string;
  handle(request: AwsRequest, gate: Gate): Promise<Answer>;
  refuse(error: AwsError): Answer;
};

/** One API operation: what it reads, what it needs, what it does. */
export type Operation = {
  writes: boolean;
  prepare(input: unknown): { needs: Need[]; run(gate: Gate): unknown };
};
export type Operations = Record<string, Operation>;

type Definition<Input> = {
  needs: (input: Input) => Need[];
  /** Changes something, so it counts for the kill after the n-th write. */
  writes?: boolean;
};

/** Ties a shape, the permissions and the work of one operation together. */
export function operation<Shape extends z.ZodMiniType>(
  shape: Shape,
  definition: Definition<z.output<Shape>>,
  run: (input: z.output<Shape>, gate: Gate) => unknown,
): Operation {
  return {
    writes: definition.writes ?? false,
    prepare(raw) {
      const parsed = z.safeParse(shape, raw);
      if (!parsed.success) {
        const issue = parsed.error.issues[0];
        throw new AwsError('ValidationException', `${issue?.path.join('.')}: ${issue?.message}`);
      }
      return { needs: definition.needs(parsed.data), run: (gate) => run(parsed.data, gate) };
    },
  };
}

/** Runs one operation in AWS's order: known, well-formed, permitted, not failing, done. */
export async function perform(
  service: { name: string; deniedName?: string | undefined },
  operations: Operations,
  name: string,
  input: unknown,
  gate: Gate,
): Promise<unknown> {
  const known = operations[name];
  if (!known) throw new UnknownOperation(service.name, name);
  const { needs, run } = known.prepare(input);
  gate.allow(service.name, name, needs, service.deniedName);
  gate.fault(service.name, name, () => JSON.stringify(input));
  const output = await run(gate);
  if (known.writes) gate.wrote(`${service.name}:${name}`);
  return output;
}

type JsonOptions = { version?: '1.0' | '1.1'; deniedName?: string };

/** The JSON protocol: the operation stands in `X-Amz-Target`. */
export function jsonService(name: string, operations: Operations, options: JsonOptions = {}): Service {
  const contentType = `application/x-amz-json-${options.version ?? '1.1'}`;
  return {
    name,
    async handle(request, gate) {
      const target = (request.headers['x-amz-target'] ?? '').split('.').at(-1) ?? '';
      const input = readJson(request.body);
      const output = await perform({ name, deniedName: options.deniedName }, operations, target, input, gate);
      return {
        status: 200,
        headers: { 'content-type': contentType, 'x-amzn-requestid': randomUUID() },
        body: json(output ?? {}),
      };
    },
    refuse: (error) => refuseJson(error, contentType),
  };
}

export type RestRoute = {
  method: string;
  /** Matched against the encoded path; named groups become input members after decoding. */
  path: RegExp;
  operation: string;
  /** The body is handed over as bytes in this member instead of being parsed. */
  payload?: string;
  status?: number;
  /** Query parameters by the member they become, when the names differ. */
  query?: Record<string, string>;
  /** The output is the body itself. */
  raw?: boolean;
};

/** The REST-JSON protocol: the operation follows from method and path. */
export function restService(name: string, routes: RestRoute[], operations: Operations, deniedName?: string): Service {
  return {
    name,
    async handle(request, gate) {
      for (const route of routes) {
        const match = route.method === request.method ? route.path.exec(request.path) : null;
        if (!match) continue;
        const input: Record<string, unknown> = route.payload ? {} : { ...readJson(request.body) };
        for (const [key, value] of request.query) input[route.query?.[key] ?? key] = value;
        for (const [key, value] of Object.entries(match.groups ?? {})) input[key] = decodeURIComponent(value);
        for (const [key, value] of Object.entries(request.headers))
          if (key === 'x-amzn-principal' || key === 'x-amzn-iot-principal') input.principal = value;
        if (route.payload) input[route.payload] = request.body;
        const output = await perform({ name, deniedName }, operations, route.operation, input, gate);
        const body = route.raw && Buffer.isBuffer(output) ? output : json(output ?? {});
        return { status: route.status ?? 200, headers: { 'content-type': 'application/json' }, body };
      }
      throw new UnknownOperation(name, `${request.method} ${request.path}`);
    },
    refuse: (error) => refuseJson(error, 'application/json'),
  };
}

export function readJson(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  try {
    const parsed: unknown = JSON.parse(body.toString());
    if (typeof parsed === 'object' && parsed !== null) return Object.fromEntries(Object.entries(parsed));
  } catch {
    // falls through: anything that is not an object is refused below
  }
  throw new AwsError('SerializationException', 'The body is not a JSON object');
}

export function refuseJson(error: AwsError, contentType: string): Answer {
  return {
    status: error.status,
    headers: { 'content-type': contentType, 'x-amzn-errortype': error.name, 'x-amzn-requestid': randomUUID() },
    body: json({ __type: error.name, message: error.message, Message: error.message, ...error.details }),
  };
}

/** Dates travel as epoch seconds in AWS's JSON protocols. */
function json(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key, member: unknown) {
    const original = this[key];
    return original instanceof Date ? original.getTime() / 1000 : member;
  });
}
