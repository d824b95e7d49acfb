import type { PolicyStatement } from './types.ts';

/** Values of condition keys that a request carries; keys are compared without case. */
export type RequestContext = Record<string, string | string[]>;
export type Decision = 'allowed' | 'no-allow' | 'denied';

const patterns = new Map<string, RegExp>();

/** IAM wildcards: `*` any run, `?` one character; nothing else is special. */
export function matchesPattern(pattern: string, value: string, ignoreCase = false): boolean {
  if (pattern === '*') return true;
  const cacheKey = `${ignoreCase ? 'i' : 's'}${pattern}`;
  let expression = patterns.get(cacheKey);
  if (expression === undefined) {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    expression = new RegExp(`^${source}$`, ignoreCase ? 'is' : 's');
    patterns.set(cacheKey, expression);
  }
  return expression.test(value);
}

/**
 * Decides one action on one resource by the statements of one role: an explicit Deny wins, then any Allow, else nothing
 * is allowed. Resource policies are not read: what the template's functions call lies in their own account.
 * @throws when a statement uses a condition operator that this evaluator does not know: guessing would hide a denial.
 */
export function authorise(
  statements: readonly PolicyStatement[],
  action: string,
  resource: string,
  context: RequestContext = {},
): Decision {
  let allowed = false;
  for (const statement of statements) {
    if (!coversAction(statement, action) || !coversResource(statement, resource)) continue;
    if (!conditionsHold(statement.Condition, context)) continue;
    if (statement.Effect === 'Deny') return 'denied';
    allowed = true;
  }
  return allowed ? 'allowed' : 'no-allow';
}

function coversAction(statement: PolicyStatement, action: string): boolean {
  if (statement.NotAction) return !statement.NotAction.some((pattern) => matchesPattern(pattern, action, true));
  return statement.Action?.some((pattern) => matchesPattern(pattern, action, true)) ?? false;
}

function coversResource(statement: PolicyStatement, resource: string): boolean {
  if (statement.NotResource) return !statement.NotResource.some((pattern) => matchesPattern(pattern, resource));
  return statement.Resource?.some((pattern) => matchesPattern(pattern, resource)) ?? false;
}

type Comparison = (actual: string, expected: string) => boolean;
const comparisons: Record<string, { compare: Comparison; negated?: boolean }> = {
  StringEquals: { compare: (actual, expected) => actual === expected },
  StringNotEquals: { compare: (actual, expected) => actual === expected, negated: true },
  StringEqualsIgnoreCase: { compare: (actual, expected) => actual.toLowerCase() === expected.toLowerCase() },
  StringLike: { compare: (actual, expected) => matchesPattern(expected, actual) },
  StringNotLike: { compare: (actual, expected) => matchesPattern(expected, actual), negated: true },
  ArnEquals: { compare: (actual, expected) => matchesPattern(expected, actual) },
  ArnLike: { compare: (actual, expected) => matchesPattern(expected, actual) },
  ArnNotLike: { compare: (actual, expected) => matchesPattern(expected, actual), negated: true },
  Bool: { compare: (actual, expected) => actual.toLowerCase() === expected.toLowerCase() },
  NumericEquals: { compare: (actual, expected) => Number(actual) === Number(expected) },
  NumericLessThanEquals: { compare: (actual, expected) => Number(actual) <= Number(expected) },
  NumericGreaterThanEquals: { compare: (actual, expected) => Number(actual) >= Number(expected) },
};

function conditionsHold(conditions: PolicyStatement['Condition'], context: RequestContext): boolean {
  return Object.entries(conditions ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, expected]) => conditionHolds(operator, lookUp(context, key), asList(expected))),
  );
}

function conditionHolds(operator: string, actual: string[] | undefined, expected: string[]): boolean {
  const parts = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator);
  const name = parts?.[2] ?? '';
  if (name === 'Null') return expected.some((value) => (value === 'true') === (actual === undefined));
  const known = comparisons[name];
  if (!known) throw new Error(`The local cloud's policy evaluator does not know the condition operator ${operator}`);
  const matchesOne = (value: string) => {
    const hit = expected.some((wanted) => known.compare(value, wanted));
    return known.negated ? !hit : hit;
  };
  if (parts?.[1] === 'ForAllValues') return (actual ?? []).every(matchesOne);
  if (actual === undefined) return parts?.[3] === 'IfExists' || known.negated === true;
  return known.negated && parts?.[1] === undefined ? actual.every(matchesOne) : actual.some(matchesOne);
}

function lookUp(context: RequestContext, key: string): string[] | undefined {
  const wanted = key.toLowerCase();
  for (const [name, value] of Object.entries(context)) if (name.toLowerCase() === wanted) return asList(value);
  return undefined;
}

function asList(value: string | string[]): string[] {
  return Array.isArray(value) ? value : [String(value)];
}
