import { CognitoError, UnsupportedError } from 'cognito-local/lib/errors.js';
import type { Context } from 'cognito-local/lib/services/context.js';
import { AdminAddUserToGroup } from 'cognito-local/lib/targets/adminAddUserToGroup.js';
import { AdminDeleteUser } from 'cognito-local/lib/targets/adminDeleteUser.js';
import { AdminDeleteUserAttributes } from 'cognito-local/lib/targets/adminDeleteUserAttributes.js';
import { AdminDisableUser } from 'cognito-local/lib/targets/adminDisableUser.js';
import { AdminEnableUser } from 'cognito-local/lib/targets/adminEnableUser.js';
import { AdminGetUser } from 'cognito-local/lib/targets/adminGetUser.js';
import { AdminListGroupsForUser } from 'cognito-local/lib/targets/adminListGroupsForUser.js';
import { AdminRemoveUserFromGroup } from 'cognito-local/lib/targets/adminRemoveUserFromGroup.js';
import { AdminUpdateUserAttributes } from 'cognito-local/lib/targets/adminUpdateUserAttributes.js';
import { DescribeUserPool } from 'cognito-local/lib/targets/describeUserPool.js';
import { GetUser } from 'cognito-local/lib/targets/getUser.js';
import { GetUserAttributeVerificationCode } from 'cognito-local/lib/targets/getUserAttributeVerificationCode.js';
import { ListGroups } from 'cognito-local/lib/targets/listGroups.js';
import { ListUsers } from 'cognito-local/lib/targets/listUsers.js';
import { ListUsersInGroup } from 'cognito-local/lib/targets/listUsersInGroup.js';
import { UpdateUserAttributes } from 'cognito-local/lib/targets/updateUserAttributes.js';
import { VerifyUserAttribute } from 'cognito-local/lib/targets/verifyUserAttribute.js';
import * as z from 'zod/mini';
import { AwsError, UnknownOperation } from '../aws-error.ts';
import type { Operation, Operations } from '../service.ts';
import { operation } from '../service.ts';
import { bearer, open } from './auth-operations.ts';
import { context } from './directory.ts';
import type { World } from './world.ts';

const inPool = z.looseObject({ UserPoolId: z.string(), Username: z.optional(z.string()) });
const withToken = z.looseObject({ AccessToken: z.string() });
/** cognito-local types its requests by the old SDK; they have been parsed as far as they are used here. */
type Target = (context: Context, request: never) => Promise<object>;

/** What cognito-local does well, behind permission, resolved user names and tokens that were really checked. */
export function libraryOperations(world: World): Operations {
  const { cognito } = world.directory;
  const services = {
    cognito,
    clock: { get: () => new Date(world.options.now()) },
    messages: world.codes.messages,
    otp: world.codes.newCode,
  };
  const administrative: Record<string, { target: Target; writes?: true; endsSessions?: true }> = {
    AdminGetUser: { target: AdminGetUser(services) },
    AdminUpdateUserAttributes: { target: AdminUpdateUserAttributes(services), writes: true },
    AdminDeleteUserAttributes: { target: AdminDeleteUserAttributes(services), writes: true },
    AdminDeleteUser: { target: AdminDeleteUser(services), writes: true, endsSessions: true },
    AdminDisableUser: { target: AdminDisableUser(services), writes: true, endsSessions: true },
    AdminEnableUser: { target: AdminEnableUser(services), writes: true },
    AdminAddUserToGroup: { target: AdminAddUserToGroup(services), writes: true },
    AdminRemoveUserFromGroup: { target: AdminRemoveUserFromGroup(services), writes: true },
    AdminListGroupsForUser: { target: AdminListGroupsForUser(services) },
    ListUsers: { target: ListUsers(services) },
    ListUsersInGroup: { target: ListUsersInGroup(services) },
    ListGroups: { target: ListGroups(services) },
    DescribeUserPool: { target: DescribeUserPool(services) },
  };
  const own: Record<string, { target: Target; writes?: true }> = {
    GetUser: { target: GetUser(services) },
    UpdateUserAttributes: { target: UpdateUserAttributes(services), writes: true },
    GetUserAttributeVerificationCode: { target: GetUserAttributeVerificationCode(services), writes: true },
    VerifyUserAttribute: { target: VerifyUserAttribute(services), writes: true },
  };
  const operations: [string, Operation][] = [];
  for (const [name, { target, writes, endsSessions }] of Object.entries(administrative)) {
    const needs = (input: z.output<typeof inPool>) => [
      { action: `cognito-idp:${name}`, resources: [world.directory.pool(input.UserPoolId).definition.arn] },
    ];
    const run = async (input: z.output<typeof inPool>) => {
      const request = await resolved(world, input);
      const answer = await call(name, target, request);
      if (endsSessions) world.refresh.revokeAllOf(input.UserPoolId, request.Username ?? '');
      return answer;
    };
    operations.push([name, operation(inPool, { needs, writes: writes ?? false }, run)]);
  }
  for (const [name, { target, writes }] of Object.entries(own)) {
    const run = async (input: z.output<typeof withToken>) => {
      await bearer(world, input.AccessToken);
      return call(name, target, input);
    };
    operations.push([name, operation(withToken, { ...open, writes: writes ?? false }, run)]);
  }
  return { ...Object.fromEntries(operations), DescribeUserPoolClient: describeClient(world) };
}

/** The user's own name in place of an alias or another spelling. */
async function resolved(world: World, input: z.output<typeof inPool>): Promise<z.output<typeof inPool>> {
  if (input.Username === undefined) return input;
  const user = await world.directory.find(world.directory.pool(input.UserPoolId), input.Username);
  if (!user) throw new AwsError('UserNotFoundException', 'User does not exist.');
  return { ...input, Username: user.Username };
}

async function call(name: string, target: Target, request: object): Promise<object> {
  try {
    return await target(context, request as never);
  } catch (error) {
    if (error instanceof UnsupportedError) throw new UnknownOperation('cognito-idp', `${name}: ${error.message}`);
    if (error instanceof CognitoError) throw new AwsError(error.code, error.message);
    throw error;
  }
}

function describeClient(world: World): Operation {
  return operation(
    z.looseObject({ UserPoolId: z.string(), ClientId: z.string() }),
    {
      needs: (input) => [
        {
          action: 'cognito-idp:DescribeUserPoolClient',
          resources: [world.directory.pool(input.UserPoolId).definition.arn],
        },
      ],
    },
    (input) => {
      const { definition, secret } = world.directory.client(input.ClientId);
      return {
        UserPoolClient: {
          UserPoolId: input.UserPoolId,
          ClientId: definition.id,
          ClientName: definition.id,
          ...(secret === undefined ? {} : { ClientSecret: secret }),
          ExplicitAuthFlows: definition.explicitAuthFlows,
          AccessTokenValidity: definition.accessTokenSeconds,
          IdTokenValidity: definition.idTokenSeconds,
          RefreshTokenValidity: definition.refreshTokenSeconds,
          TokenValidityUnits: { AccessToken: 'seconds', IdToken: 'seconds', RefreshToken: 'seconds' },
        },
      };
    },
  );
}
