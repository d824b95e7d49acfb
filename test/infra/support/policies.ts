import * as z from 'zod/mini';
import type { Resource, Synthesised } from './template.ts';

const listed = <T extends z.ZodMiniType>(shape: T) =>
  z.pipe(
    z.union([shape, z.array(shape)]),
    z.transform((value): z.output<T>[] => (Array.isArray(value) ? value : [value])),
  );

const Statement = z.object({
  Effect: z.string(),
  Action: z.optional(listed(z.string())),
  Resource: z.optional(listed(z.unknown())),
  NotResource: z.optional(listed(z.unknown())),
  Condition: z.optional(z.unknown()),
});
export type Statement = z.infer<typeof Statement>;

const Ref = z.object({ Ref: z.string() });
const GetAtt = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });
const Policy = z.object({
  PolicyDocument: z.object({ Statement: z.array(Statement) }),
  Roles: z.array(Ref),
});
const LambdaFunction = z.object({
  Description: z.string(),
  Role: GetAtt,
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
});

export type FunctionGrants = {
  readonly entry: string;
  readonly statements: readonly Statement[];
  /** Names of its environment. */
  readonly variables: readonly string[];
};

/** Each function by its entry (`devices/on-telemetry`) with every statement of its role. */
export function functionGrants(synthesised: Synthesised): readonly FunctionGrants[] {
  const policies = synthesised.ofType('AWS::IAM::Policy').map((policy) => ({
    stack: policy.stack,
    ...z.parse(Policy, policy.properties),
  }));
  return synthesised.ofType('AWS::Lambda::Function').map((resource) => {
    const { Description: entry, Role: role, Environment } = z.parse(LambdaFunction, resource.properties);
    const own = policies.filter(
      ({ stack, Roles }) => stack === resource.stack && Roles.some(({ Ref }) => Ref === role['Fn::GetAtt'][0]),
    );
    const statements = own.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
    return { entry, statements, variables: Object.keys(Environment.Variables) };
  });
}

export function actionsOf({ statements }: FunctionGrants): ReadonlySet<string> {
  return new Set(statements.flatMap(({ Action }) => Action ?? []));
}

/** The text by which one resource names another, whatever CloudFormation function wraps it. */
export function mentions(value: unknown, resource: Pick<Resource, 'id'>): boolean {
  return JSON.stringify(value).includes(resource.id);
}
