import { flagAt, type Json, listAt, numberAt, parseJson, textAt, textsAt } from '../json.ts';
import type { Deployment, Resource } from '../template/deployment.ts';

/** An event source mapping of the template: where events come from, who gets them, and how. */
export interface Mapping {
  readonly sourceArn: string;
  readonly functionName: string;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly maximumConcurrency: number | undefined;
  readonly reportsItemFailures: boolean;
  /** An event passes when it matches any; an empty list lets everything pass. */
  readonly filters: readonly Json[];
  readonly bisects: boolean;
  readonly maximumRetries: number | undefined;
  readonly onFailureArn: string | undefined;
}

export function readMappings(deployment: Deployment): Mapping[] {
  return deployment
    .ofType('AWS::Lambda::EventSourceMapping')
    .filter((mapping) => textAt(mapping.properties(), 'Enabled') !== 'false')
    .map((mapping) => readMapping(mapping, deployment));
}

function readMapping(resource: Resource, deployment: Deployment): Mapping {
  const properties = resource.properties();
  const sourceArn = textAt(properties, 'EventSourceArn') ?? '';
  const target = deployment.find(textAt(properties, 'FunctionName'), 'AWS::Lambda::Function');
  if (target === undefined) throw new Error(`${resource.path}: no function ${textAt(properties, 'FunctionName')}`);
  const maximumRetries = numberAt(properties, 'MaximumRetryAttempts');
  return {
    sourceArn,
    functionName: target.name,
    batchSize: numberAt(properties, 'BatchSize') ?? (sourceArn.startsWith('arn:aws:sqs:') ? 10 : 100),
    windowSeconds: numberAt(properties, 'MaximumBatchingWindowInSeconds') ?? 0,
    maximumConcurrency: numberAt(properties, 'ScalingConfig', 'MaximumConcurrency'),
    reportsItemFailures: textsAt(properties, 'FunctionResponseTypes').includes('ReportBatchItemFailures'),
    filters: listAt(properties, 'FilterCriteria', 'Filters').map((filter) =>
      parseJson(textAt(filter, 'Pattern') ?? '{}'),
    ),
    bisects: flagAt(properties, 'BisectBatchOnFunctionError'),
    maximumRetries: maximumRetries === undefined || maximumRetries < 0 ? undefined : maximumRetries,
    onFailureArn: textAt(properties, 'DestinationConfig', 'OnFailure', 'Destination'),
  };
}

/** Identifiers a partial batch response names as failed; undefined when the response is not one Lambda accepts. */
export function failedItems(payload: Json, known: ReadonlySet<string>): string[] | undefined {
  const failures = listAt(payload, 'batchItemFailures').map((failure) => textAt(failure, 'itemIdentifier'));
  const named = failures.filter((id) => id !== undefined && known.has(id)).map(String);
  return named.length === failures.length ? named : undefined;
}
