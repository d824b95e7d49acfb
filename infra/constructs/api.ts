import type { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Entry } from '../entries.ts';
import type { Parts } from '../parts.ts';
import { AppFunction } from './function.ts';
import type { TableAction } from './grant.ts';

export type ContextApiProps = {
  readonly entry: Entry;
  readonly impact: string;
  /** Beyond what every API does by itself. */
  readonly table?: readonly TableAction[];
  readonly index?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeout?: Duration;
  /** The part of the context that it answers; the whole context when absent. */
  readonly part?: string;
};

/** What the shared wrapper does for every route: who asks, whose it is, the audit event, the kept answer of a repeat. */
const wrapperActions: readonly TableAction[] = [
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
];

/** The function behind a context's HTTP routes, or behind a part of them. */
export function addContextApi(scope: Construct, parts: Parts, id: string, props: ContextApiProps): AppFunction {
  const { house, lasting, http } = parts;
  const api = new AppFunction(scope, id, house, {
    entry: props.entry,
    impact: props.impact,
    environment: { ORIGIN_SECRET: lasting.originSecret, ...props.environment },
    ...(props.timeout && { timeout: props.timeout }),
  });
  api.useTable(lasting.table, [...wrapperActions, ...(props.table ?? [])], { index: props.index ?? false });
  if (props.part === undefined) http.addContext(props.entry.split('/')[0] ?? props.entry, api);
  else http.addPart(props.part, api);
  return api;
}
