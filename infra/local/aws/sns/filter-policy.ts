import * as z from 'zod/mini';

const rule = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.looseObject({
    prefix: z.optional(z.string()),
    suffix: z.optional(z.string()),
    exists: z.optional(z.boolean()),
    'equals-ignore-case': z.optional(z.string()),
    'anything-but': z.optional(z.unknown()),
    numeric: z.optional(z.array(z.union([z.string(), z.number()]))),
  }),
]);
type Rule = z.output<typeof rule>;
type Value = string | number | boolean | null;
const policyShape = z.record(z.string(), z.unknown());

/** Whether a message passes a subscription's filter policy: every key must be met by one of its rules. */
export function passesFilter(policy: unknown, message: Record<string, unknown>): boolean {
  return Object.entries(z.parse(policyShape, policy)).every(([key, wanted]) => {
    const actual = message[key];
    if (Array.isArray(wanted)) return wanted.some((one) => meets(z.parse(rule, one), valuesOf(actual)));
    const inner = z.safeParse(policyShape, actual);
    return inner.success && passesFilter(wanted, inner.data);
  });
}

function valuesOf(actual: unknown): Value[] {
  const values: unknown[] = Array.isArray(actual) ? actual : actual === undefined ? [] : [actual];
  return values.filter((v): v is Value => v === null || ['string', 'number', 'boolean'].includes(typeof v));
}

function meets(wanted: Rule, values: Value[]): boolean {
  if (typeof wanted !== 'object' || wanted === null) return values.includes(wanted);
  if (wanted.exists !== undefined) return wanted.exists === values.length > 0;
  return values.some((value) => meetsOne(wanted, value));
}

function meetsOne(wanted: Exclude<Rule, Value>, value: Value): boolean {
  const text = String(value);
  if (wanted.prefix !== undefined) return text.startsWith(wanted.prefix);
  if (wanted.suffix !== undefined) return text.endsWith(wanted.suffix);
  const fold = wanted['equals-ignore-case'];
  if (fold !== undefined) return text.toLowerCase() === fold.toLowerCase();
  const but = wanted['anything-but'];
  if (but !== undefined) {
    const list: unknown[] = Array.isArray(but) ? but : [but];
    return !list.some((one) => meets(z.parse(rule, one), [value]));
  }
  if (wanted.numeric) return inRange(wanted.numeric, Number(value));
  throw new Error(`The local cloud does not know the filter rule ${JSON.stringify(wanted)}`);
}

function inRange(range: (string | number)[], value: number): boolean {
  for (let index = 0; index < range.length; index += 2) {
    const bound = Number(range[index + 1]);
    const holds = {
      '=': value === bound,
      '<': value < bound,
      '<=': value <= bound,
      '>': value > bound,
      '>=': value >= bound,
    };
    const operator = String(range[index]);
    if (!Object.entries(holds).some(([name, held]) => name === operator && held)) return false;
  }
  return true;
}
