import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { openApi } from '../../functions/platform/openapi.ts';
import { route } from '../../functions/shared/http.ts';

const example = route({
  method: 'POST',
  path: '/api/treatment/patients/{patientId}/evidence',
  summary: 'Record a dose',
  access: { who: 'patient', need: 'tell' },
  body: z.object({ slot: z.string() }),
  query: z.object({ limit: z.optional(z.coerce.number()) }),
  answer: z.object({ outcome: z.enum(['recorded', 'repeated']) }),
  ifMatch: 'required',
  idempotency: 'required',
  act: async () => ({ outcome: 'recorded' as const }),
});

describe('the description of routes', () => {
  it('says path, query, headers, body, answer and who may', () => {
    const document = openApi([example], 'abc');
    expect(document).toMatchObject({
      openapi: '3.1.0',
      paths: {
        '/api/treatment/patients/{patientId}/evidence': {
          post: {
            'x-who-may': 'tell of the patient',
            security: [{ accessToken: [] }],
            requestBody: { content: { 'application/json': { schema: { required: ['slot'] } } } },
            responses: { 201: { content: { 'application/json': { schema: { required: ['outcome'] } } } } },
          },
        },
      },
    });
    const names = JSON.stringify(document);
    for (const name of ['patientId', 'limit', 'If-Match', 'Idempotency-Key'])
      expect(names).toContain(`"name":"${name}"`);
  });
});
