import * as z from 'zod';
import type { Access, Route } from '../shared/http.ts';

type JsonObject = { readonly [key: string]: unknown };

/** The description of every route, OpenAPI 3.1, made from the same tables that answer them. Used when the app is built, never at run time. */
export function openApi(routes: readonly Route[], version: string): JsonObject {
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const route of routes) {
    const operations = paths[route.path] ?? {};
    operations[route.method.toLowerCase()] = operation(route);
    paths[route.path] = operations;
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'CareConnect',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'Instants are RFC 3339 in UTC with milliseconds, dates are local dates. Errors are problem documents (RFC 9457). ' +
        'An edit names the version it saw (If-Match); a create that may be sent twice carries an Idempotency-Key, kept for 24 hours.',
    },
    components: {
      securitySchemes: { accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Problem: problemSchema },
    },
    paths,
  };
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { pointer: { type: 'string' }, detail: { type: 'string' } } },
    },
  },
};

function operation(route: Route): JsonObject {
  const answer = schemaOf(route.answer, 'output');
  const success = isEmpty(answer)
    ? { 204: { description: 'Done.' } }
    : { [route.method === 'POST' ? 201 : 200]: json('Done.', answer) };
  return {
    summary: route.summary,
    tags: [route.path.split('/')[2] ?? 'platform'],
    'x-who-may': whoMay(route.access),
    security: route.access.who === 'anyone' ? [] : [{ accessToken: [] }],
    parameters: [...pathParameters(route.path), ...queryParameters(route), ...headerParameters(route)],
    ...(route.body && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body, 'input') } } },
    }),
    responses: {
      ...success,
      default: {
        description: 'A problem document.',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function json(description: string, schema: JsonObject): JsonObject {
  return { description, content: { 'application/json': { schema } } };
}

function schemaOf(shape: NonNullable<Route['body']>, io: 'input' | 'output'): JsonObject {
  const { $schema, ...schema }: Record<string, unknown> = z.toJSONSchema(shape, { io, unrepresentable: 'any' });
  return schema;
}

/** A shape that JSON cannot say (`undefined`) is an empty schema. */
function isEmpty(schema: JsonObject): boolean {
  return Object.keys(schema).length === 0;
}

function pathParameters(path: string): JsonObject[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(route: Route): JsonObject[] {
  if (!route.query) return [];
  const schema = schemaOf(route.query, 'input');
  const properties = schema.properties;
  if (typeof properties !== 'object' || properties === null) return [];
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(properties).map(([name, value]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: value,
  }));
}

function headerParameters(route: Route): JsonObject[] {
  return [
    ...(route.ifMatch === 'required'
      ? [header('If-Match', 'The ETag of the version that this change was made on.')]
      : []),
    ...(route.idempotency === 'required'
      ? [header('Idempotency-Key', 'The same for every try of the same create.')]
      : []),
  ];
}

function header(name: string, description: string): JsonObject {
  return { name, in: 'header', required: true, description, schema: { type: 'string' } };
}

function whoMay(access: Access): string {
  if (access.who === 'anyone') return `anyone: ${access.because}`;
  if (access.who === 'signed-in') return 'whoever is signed in, about themselves';
  if (access.who === 'roles') return access.roles.join(', ');
  return `${[access.need].flat().join(' or ')} of the ${access.who}`;
}
