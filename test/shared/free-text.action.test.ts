import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { allRoutes } from '../../functions/platform/all-routes.ts';
import { line, text } from '../../functions/shared/shapes.ts';

describe('what people type', () => {
  it.each<[string, string, boolean, boolean]>([
    ['a name', 'रामेश मुंडा', true, true],
    ['joined letters', 'क्‍ष श्री‌मान', true, true],
    ['a family of one picture', '👩‍👩‍👧', true, true],
    ['Arabic with its marks', '\u200fمرحبا\u200e', true, true],
    ['two lines', 'Village road\nGumla\r\n\tJharkhand', false, true],
    ['a NUL', 'Ram\u0000esh', false, false],
    ['an escape', 'Ram\u001b[2Jesh', false, false],
    ['a delete', 'Ram\u007fesh', false, false],
    ['a turned direction', 'Ram\u202eesh', false, false],
    ['an isolated direction', 'Ram\u2066esh', false, false],
    ['half a character', 'Ram\ud83d', false, false],
    ['nothing', '', false, false],
    ['too much', 'x'.repeat(121), false, false],
  ])('%s', (_, typed, asLine, asText) => {
    expect([line(120).safeParse(typed).success, text(120).safeParse(typed).success]).toEqual([asLine, asText]);
  });
});

/** Secrets and codes: compared, never shown. The CSV becomes boxes, each by its own shape; medicines must be in the catalogue. */
const notShown =
  /password|newPassword|step|token|code|pin|activation|card|csv|medicine|drugs|templateId|secret|state$/i;

describe('every route', () => {
  it('takes no text of which another person reads what was not written', () => {
    const loose = allRoutes.flatMap(({ method, path, body }) =>
      body
        ? looseTexts(z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' })).map(
            (at) => `${method} ${path} ${at}`,
          )
        : [],
    );
    expect(loose.filter((at) => !notShown.test(at.split('/').at(-1) ?? ''))).toEqual([]);
  });
});

/** Where a schema takes any characters at all. */
function looseTexts(schema: unknown, at = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { type, pattern, format, allOf } = schema as { [key: string]: unknown };
  const { enum: oneOf, const: only } = schema as { [key: string]: unknown };
  if (type === 'string' && [pattern, format, allOf, oneOf, only].every((one) => one === undefined)) return [at];
  return Object.entries(schema).flatMap(([name, inner]) =>
    looseTexts(
      inner,
      ['properties', 'items', 'anyOf', 'oneOf', 'additionalProperties'].includes(name) || /^\d+$/.test(name)
        ? at
        : `${at}/${name}`,
    ),
  );
}
