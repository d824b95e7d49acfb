import type { PolicyStatement } from '../aws/index.ts';
import { isRecord, type Json, type JsonRecord, listAt, recordAt, textAt, textsAt } from '../json.ts';
import type { Deployment, Resource } from './deployment.ts';

/** Everything the role of a function, rule or schedule allows and denies: inline, attached and managed policies. */
export function roleStatements(deployment: Deployment, roleReference: string | undefined): PolicyStatement[] {
  const role = deployment.find(roleReference, 'AWS::IAM::Role');
  if (role === undefined) return [];
  const inline = listAt(role.properties(), 'Policies').map((policy) => recordAt(policy, 'PolicyDocument'));
  return [...inline, ...attachedDocuments(deployment, role)].flatMap(readStatements);
}

function attachedDocuments(deployment: Deployment, role: Resource): JsonRecord[] {
  const managed = textsAt(role.properties(), 'ManagedPolicyArns');
  return deployment
    .ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy')
    .filter((policy) => {
      const roles = [...textsAt(policy.properties(), 'Roles'), ...textsAt(policy.properties(), 'RoleName')];
      return roles.includes(role.name) || managed.includes(policy.arn);
    })
    .map((policy) => recordAt(policy.properties(), 'PolicyDocument'));
}

export function readStatements(document: Json): PolicyStatement[] {
  return listAt(document, 'Statement').map((statement) => ({
    Effect: textAt(statement, 'Effect') === 'Deny' ? 'Deny' : 'Allow',
    ...present('Action', textsAt(statement, 'Action')),
    ...present('NotAction', textsAt(statement, 'NotAction')),
    ...present('Resource', textsAt(statement, 'Resource')),
    ...present('NotResource', textsAt(statement, 'NotResource')),
    ...(isRecord(recordAt(statement)) && readCondition(recordAt(statement, 'Condition'))),
  }));
}

function present(name: 'Action' | 'NotAction' | 'Resource' | 'NotResource', values: string[]) {
  return values.length > 0 ? { [name]: values } : {};
}

function readCondition(condition: JsonRecord): Pick<PolicyStatement, 'Condition'> {
  const operators = Object.entries(condition).map(([operator, tests]) => {
    const values = Object.keys(recordAt(tests)).map((key) => [key, textsAt(tests, key)]);
    return [operator, Object.fromEntries(values)];
  });
  return operators.length > 0 ? { Condition: Object.fromEntries(operators) } : {};
}
