import { listAt, recordAt, textAt } from '../json.ts';
import type { Deployment, Resource } from './deployment.ts';

/** Something that invokes a function on AWS only when the function's policy lets it. */
interface Invoker {
  readonly who: string;
  readonly principal: string;
  readonly functionReference: string | undefined;
}

/** Throws when the template lets a service call a function that never allowed it: on AWS every such call would fail. */
export function checkPermissions(deployment: Deployment): void {
  const missing = invokers(deployment).filter((invoker) => !allowed(deployment, invoker));
  if (missing.length === 0) return;
  const lines = missing.map(
    ({ who, principal, functionReference }) => `  ${who}: ${principal} may not invoke ${functionReference}`,
  );
  throw new Error(`Functions without the permission that their trigger needs:\n${[...new Set(lines)].join('\n')}`);
}

function invokers(deployment: Deployment): Invoker[] {
  const byApi = ['AWS::ApiGatewayV2::Integration', 'AWS::ApiGatewayV2::Authorizer'].flatMap((type) =>
    deployment.ofType(type).map((part) => ({
      who: part.path,
      principal: 'apigateway.amazonaws.com',
      functionReference: invocationArn(
        textAt(part.properties(), 'IntegrationUri') ?? textAt(part.properties(), 'AuthorizerUri'),
      ),
    })),
  );
  const byRule = deployment.ofType('AWS::Events::Rule').flatMap((rule) =>
    listAt(rule.properties(), 'Targets').map((target) => ({
      who: rule.path,
      principal: 'events.amazonaws.com',
      functionReference: textAt(target, 'Arn'),
    })),
  );
  const byPool = deployment.ofType('AWS::Cognito::UserPool').flatMap(poolInvokers);
  const functions = [...byApi, ...byRule, ...byPool];
  return functions.filter(({ functionReference }) => functionReference?.startsWith('arn:aws:lambda:'));
}

function poolInvokers(pool: Resource): Invoker[] {
  const config = recordAt(pool.properties(), 'LambdaConfig');
  const references = [
    ...Object.values(config).map((value) => textAt(value)),
    textAt(config, 'PreTokenGenerationConfig', 'LambdaArn'),
  ];
  return references.map((functionReference) => ({
    who: pool.path,
    principal: 'cognito-idp.amazonaws.com',
    functionReference,
  }));
}

function allowed(deployment: Deployment, invoker: Invoker): boolean {
  const target = deployment.find(invoker.functionReference, 'AWS::Lambda::Function');
  return deployment.ofType('AWS::Lambda::Permission').some((permission) => {
    const properties = permission.properties();
    return (
      textAt(properties, 'Principal') === invoker.principal &&
      deployment.find(textAt(properties, 'FunctionName'), 'AWS::Lambda::Function') === target
    );
  });
}

function invocationArn(uri: string | undefined): string | undefined {
  return /functions\/(arn:[^/]+)\/invocations/.exec(uri ?? '')?.[1] ?? uri;
}
