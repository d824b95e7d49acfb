import { isList, isRecord, type Json, type JsonRecord } from '../json.ts';

/** EventBridge's pattern language, as rules and event source filters use it. An absent pattern matches everything. */
export function matchesPattern(pattern: Json | undefined, event: Json | undefined): boolean {
  if (!isRecord(pattern)) return pattern === undefined;
  return Object.entries(pattern).every(([key, wanted]) => {
    if (key === '$or') return isList(wanted) && wanted.some((option) => matchesPattern(option, event));
    const actual = isRecord(event) ? event[key] : undefined;
    if (isRecord(wanted)) return matchesPattern(wanted, actual);
    if (!isList(wanted)) throw new Error(`event pattern: ${key} must be a list`);
    return isList(actual) ? actual.some((item) => matchesAny(wanted, item)) : matchesAny(wanted, actual);
  });
}

function matchesAny(conditions: readonly Json[], actual: Json | undefined): boolean {
  return conditions.some((condition) => (isRecord(condition) ? matchesTest(condition, actual) : condition === actual));
}

function matchesTest(condition: JsonRecord, actual: Json | undefined): boolean {
  return Object.entries(condition).every(([test, wanted]) => {
    switch (test) {
      case 'exists':
        return (actual !== undefined) === wanted;
      case 'prefix':
        return typeof actual === 'string' && actual.startsWith(String(wanted));
      case 'suffix':
        return typeof actual === 'string' && actual.endsWith(String(wanted));
      case 'equals-ignore-case':
        return typeof actual === 'string' && actual.toLowerCase() === String(wanted).toLowerCase();
      case 'wildcard':
        return typeof actual === 'string' && wildcard(String(wanted)).test(actual);
      case 'anything-but':
        return actual !== undefined && !matchesAny(isList(wanted) ? wanted : [wanted], actual);
      case 'numeric':
        return typeof actual === 'number' && isList(wanted) && matchesNumeric(wanted, actual);
      default:
        throw new Error(`event pattern: unknown test ${test}`);
    }
  });
}

function matchesNumeric(comparisons: readonly Json[], actual: number): boolean {
  for (let i = 0; i < comparisons.length; i += 2) {
    const limit = Number(comparisons[i + 1]);
    const holds = {
      '=': actual === limit,
      '<': actual < limit,
      '<=': actual <= limit,
      '>': actual > limit,
      '>=': actual >= limit,
    }[String(comparisons[i])];
    if (!holds) return false;
  }
  return true;
}

function wildcard(pattern: string): RegExp {
  return new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  );
}
