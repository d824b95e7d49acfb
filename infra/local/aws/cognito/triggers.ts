import { attributesToRecord } from 'cognito-local/lib/services/userPoolService.js';
import * as z from 'zod/mini';
import { AwsError } from '../aws-error.ts';
import type { AwsOptions, TriggerName, UserPoolDef } from '../types.ts';
import type { Client, Pool, User } from './directory.ts';
import type { Grant } from './tokens.ts';

type Fields = Record<string, unknown>;
type Asked = { pool: Pool; clientId: string | undefined; user: User | undefined; username: string; source: string };

export type Triggers = {
  has(pool: UserPoolDef, trigger: TriggerName): boolean;
  /** Runs the trigger with what every trigger gets; its response, or nothing when the pool has none. */
  run(trigger: TriggerName, asked: Asked, request: Fields, response?: Fields): Promise<Fields | undefined>;
  shapeTokens(
    client: Client,
    user: User,
    groups: readonly string[],
    grant: Grant,
    access: Fields,
    identity: Fields,
  ): Promise<{ access: Fields; identity: Fields }>;
};

const answer = z.looseObject({ response: z.record(z.string(), z.unknown()) });

/** Lambda triggers of a user pool; what a trigger throws refuses the call with its message. */
export function triggersOf(options: AwsOptions): Triggers {
  const run: Triggers['run'] = async (trigger, asked, request, response = {}) => {
    const functionName = asked.pool.definition.triggers[trigger];
    if (functionName === undefined) return undefined;
    const { payload, error } = await options.invoke(functionName, {
      version: '1',
      region: options.region,
      userPoolId: asked.pool.definition.id,
      userName: asked.username,
      callerContext: { awsSdkVersion: 'aws-sdk-js-3', clientId: asked.clientId ?? 'CLIENT_ID_NOT_APPLICABLE' },
      triggerSource: asked.source,
      request: { userAttributes: asked.user ? userAttributes(asked.user) : {}, ...request },
      response,
    });
    if (error) throw new AwsError('UserLambdaValidationException', `${trigger} failed with error ${error.message}.`);
    const parsed = z.safeParse(answer, payload);
    if (!parsed.success) throw new AwsError('InvalidLambdaResponseException', 'Unrecognizable lambda output');
    return parsed.data.response;
  };
  return {
    run,
    has: (pool, trigger) => pool.triggers[trigger] !== undefined,
    async shapeTokens(client, user, groups, grant, access, identity) {
      const version = client.pool.definition.preTokenGenerationVersion ?? 'V1_0';
      const second = version !== 'V1_0';
      const asked = { pool: client.pool, clientId: client.definition.id, user, username: user.Username };
      const request = {
        groupConfiguration: { groupsToOverride: groups, iamRolesToOverride: [], preferredRole: null },
        ...(grant.clientMetadata ? { clientMetadata: grant.clientMetadata } : {}),
        ...(second ? { scopes: ['aws.cognito.signin.user.admin'] } : {}),
      };
      const empty = second ? { claimsAndScopeOverrideDetails: null } : { claimsOverrideDetails: null };
      const source = `TokenGeneration_${grant.source}`;
      const response = await run('PreTokenGeneration', { ...asked, source }, { ...request }, empty);
      if (!response) return { access, identity };
      return second
        ? overrideBoth(response, access, identity)
        : { access, identity: overrideFirst(response, identity) };
    },
  };
}

const changes = z.optional(
  z.nullable(
    z.looseObject({
      claimsToAddOrOverride: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
      claimsToSuppress: z.optional(z.nullable(z.array(z.string()))),
      scopesToAdd: z.optional(z.nullable(z.array(z.string()))),
      scopesToSuppress: z.optional(z.nullable(z.array(z.string()))),
      groupOverrideDetails: z.optional(
        z.nullable(z.looseObject({ groupsToOverride: z.optional(z.array(z.string())) })),
      ),
    }),
  ),
);
const first = z.looseObject({ claimsOverrideDetails: changes });
const both = z.looseObject({
  claimsAndScopeOverrideDetails: z.optional(
    z.nullable(
      z.looseObject({
        idTokenGeneration: changes,
        accessTokenGeneration: changes,
        groupOverrideDetails: z.optional(
          z.nullable(z.looseObject({ groupsToOverride: z.optional(z.array(z.string())) })),
        ),
      }),
    ),
  ),
});
const reserved = new Set([
  'sub',
  'iss',
  'exp',
  'iat',
  'aud',
  'jti',
  'origin_jti',
  'token_use',
  'auth_time',
  'cognito:username',
  'username',
  'client_id',
  'event_id',
]);

function override(claims: Fields, change: z.output<typeof changes>): Fields {
  if (!change) return claims;
  const added = Object.entries(change.claimsToAddOrOverride ?? {});
  const merged = { ...claims, ...Object.fromEntries(added.filter(([name]) => !reserved.has(name))) };
  const groups = change.groupOverrideDetails?.groupsToOverride;
  if (groups) merged['cognito:groups'] = groups;
  for (const name of change.claimsToSuppress ?? []) if (!reserved.has(name)) delete merged[name];
  if (typeof merged.scope === 'string' && (change.scopesToAdd || change.scopesToSuppress)) {
    const kept = merged.scope.split(' ').filter((scope) => !change.scopesToSuppress?.includes(scope));
    merged.scope = [...kept, ...(change.scopesToAdd ?? [])].join(' ');
  }
  return merged;
}

function overrideFirst(response: Fields, identity: Fields): Fields {
  return override(identity, z.parse(first, response).claimsOverrideDetails);
}

function overrideBoth(response: Fields, access: Fields, identity: Fields): { access: Fields; identity: Fields } {
  const details = z.parse(both, response).claimsAndScopeOverrideDetails;
  const groups = details?.groupOverrideDetails ? { groupOverrideDetails: details.groupOverrideDetails } : {};
  return {
    access: override(access, { ...details?.accessTokenGeneration, ...groups }),
    identity: override(identity, { ...details?.idTokenGeneration, ...groups }),
  };
}

export function userAttributes(user: User): Record<string, string> {
  return { ...attributesToRecord(user.Attributes), 'cognito:user_status': user.UserStatus };
}
