import type { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** The CloudFormation resource inside one of CDK's constructs, for the few properties that CDK does not reach itself. */
export function resourceOf<T extends CfnResource>(
  construct: IConstruct,
  type: abstract new (...args: never[]) => T,
): T {
  const resource = construct.node.defaultChild;
  if (!(resource instanceof type)) throw new Error(`${construct.node.path} is not a ${type.name}`);
  return resource;
}
