import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PolicyStatement } from '../aws/index.ts';
import { numberAt, recordAt, textAt } from '../json.ts';
import type { Deployment, Resource } from '../template/deployment.ts';
import { roleStatements } from '../template/statements.ts';

/** A function as its template defines it. */
export interface FunctionDefinition {
  readonly name: string;
  readonly arn: string;
  readonly entry: string;
  readonly exportName: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly reservedConcurrency: number | undefined;
  readonly statements: readonly PolicyStatement[];
  /** What becomes of an asynchronous event whose invocation fails. */
  readonly asynchronous: { readonly maximumRetries: number; readonly onFailureArn: string | undefined };
  /** Read late: some values exist only once the data plane has started. */
  variables(): Record<string, string>;
}

export function readFunctions(deployment: Deployment): FunctionDefinition[] {
  return deployment.ofType('AWS::Lambda::Function').map((resource) => readFunction(resource, deployment));
}

function readFunction(resource: Resource, deployment: Deployment): FunctionDefinition {
  const properties = resource.properties();
  const [moduleName = 'index', exportName = 'handler'] = (textAt(properties, 'Handler') ?? 'index.handler').split('.');
  return {
    name: resource.name,
    arn: resource.arn,
    entry: findEntry(resource, textAt(properties, 'Code', 'S3Key') ?? '', moduleName),
    exportName,
    timeoutMs: (numberAt(properties, 'Timeout') ?? 3) * 1000,
    memoryMb: numberAt(properties, 'MemorySize') ?? 128,
    reservedConcurrency: numberAt(properties, 'ReservedConcurrentExecutions'),
    statements: roleStatements(deployment, textAt(properties, 'Role')),
    asynchronous: readAsynchronous(resource, deployment),
    variables: () => {
      const variables = Object.entries(recordAt(resource.properties(), 'Environment', 'Variables'));
      return Object.fromEntries(variables.map(([name, value]) => [name, String(value)]));
    },
  };
}

function readAsynchronous(resource: Resource, deployment: Deployment): FunctionDefinition['asynchronous'] {
  const config = deployment
    .ofType('AWS::Lambda::EventInvokeConfig')
    .find((one) => deployment.find(textAt(one.properties(), 'FunctionName'), 'AWS::Lambda::Function') === resource);
  return {
    maximumRetries: numberAt(config?.properties(), 'MaximumRetryAttempts') ?? 2,
    onFailureArn:
      textAt(config?.properties(), 'DestinationConfig', 'OnFailure', 'Destination') ??
      textAt(resource.properties(), 'DeadLetterConfig', 'TargetArn'),
  };
}

/** The asset's folder is named by its hash, which is also the key under which CDK would upload it. */
function findEntry(resource: Resource, key: string, moduleName: string): string {
  const folder = resource.assets.get(key.replace(/\.zip$/, ''));
  if (folder === undefined) throw new Error(`${resource.path}: no bundled asset ${key}`);
  const found = ['.mjs', '.js', '.cjs']
    .map((ending) => join(folder, moduleName + ending))
    .find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${resource.path}: ${folder} holds no ${moduleName}.mjs or .js`);
  return found;
}
