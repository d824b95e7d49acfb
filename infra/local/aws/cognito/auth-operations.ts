import * as z from 'zod/mini';
import { AwsError } from '../aws-error.ts';
import type { Operations } from '../service.ts';
import { operation } from '../service.ts';
import type { Client, User } from './directory.ts';
import { answerChallenge, refresh, signIn } from './sign-in.ts';
import type { World } from './world.ts';

const strings = z.optional(z.record(z.string(), z.string()));
const initiate = z.looseObject({
  ClientId: z.string(),
  AuthFlow: z.string(),
  AuthParameters: strings,
  ClientMetadata: strings,
});
const respond = z.looseObject({
  ClientId: z.string(),
  ChallengeName: z.string(),
  Session: z.optional(z.string()),
  ChallengeResponses: strings,
  ClientMetadata: strings,
});
const inPool = { UserPoolId: z.string() };
const withToken = z.looseObject({ AccessToken: z.string() });
const softwareToken = z.looseObject({ AccessToken: z.optional(z.string()), Session: z.optional(z.string()) });
const preference = z.optional(
  z.looseObject({ Enabled: z.optional(z.boolean()), PreferredMfa: z.optional(z.boolean()) }),
);
const refreshInput = z.looseObject({
  RefreshToken: z.string(),
  ClientId: z.string(),
  ClientSecret: z.optional(z.string()),
  ClientMetadata: strings,
});

/** Unsigned on AWS: what the caller shows (password, session, token, client secret) is the permission. */
export const open = { needs: () => [] };

/** Who an access token is for, while it and its sign-in are good. */
export async function bearer(world: World, token: string): Promise<{ client: Client; user: User }> {
  const claims = world.tokens.readAccess(token);
  if (world.refresh.isRevoked(claims.origin_jti))
    throw new AwsError('NotAuthorizedException', 'Access Token has been revoked');
  const client = world.directory.client(claims.client_id);
  const user = await world.directory.find(client.pool, claims.username);
  if (!user?.Enabled) throw new AwsError('NotAuthorizedException', 'User is disabled.');
  return { client, user };
}

export function authOperations(world: World): Operations {
  const admin = (action: string) => ({
    needs: (input: { UserPoolId: string }) => [
      { action: `cognito-idp:${action}`, resources: [world.directory.pool(input.UserPoolId).definition.arn] },
    ],
  });
  const clientIn = (poolId: string, clientId: string) => {
    const client = world.directory.client(clientId);
    if (client.pool.definition.id !== poolId)
      throw new AwsError('ResourceNotFoundException', `User pool client ${clientId} does not exist.`);
    return client;
  };
  const initiateIn = (client: Client, input: z.output<typeof initiate>) => {
    const names: Record<string, string> = {
      REFRESH_TOKEN: 'REFRESH_TOKEN_AUTH',
      ADMIN_NO_SRP_AUTH: 'ADMIN_USER_PASSWORD_AUTH',
    };
    const flow = names[input.AuthFlow] ?? input.AuthFlow;
    return signIn(world, client, flow, input.AuthParameters ?? {}, input.ClientMetadata);
  };
  const respondIn = (client: Client, input: z.output<typeof respond>) =>
    answerChallenge(world, client, {
      name: input.ChallengeName,
      session: input.Session,
      responses: input.ChallengeResponses ?? {},
      clientMetadata: input.ClientMetadata,
    });
  return {
    InitiateAuth: operation(initiate, open, (input) => {
      if (input.AuthFlow.startsWith('ADMIN_'))
        throw new AwsError('InvalidParameterException', `${input.AuthFlow} is not a client flow`);
      return initiateIn(world.directory.client(input.ClientId), input);
    }),
    AdminInitiateAuth: operation(z.extend(initiate, inPool), admin('AdminInitiateAuth'), (input) =>
      initiateIn(clientIn(input.UserPoolId, input.ClientId), input),
    ),
    RespondToAuthChallenge: operation(respond, open, (input) =>
      respondIn(world.directory.client(input.ClientId), input),
    ),
    AdminRespondToAuthChallenge: operation(z.extend(respond, inPool), admin('AdminRespondToAuthChallenge'), (input) =>
      respondIn(clientIn(input.UserPoolId, input.ClientId), input),
    ),
    ...refreshOperations(world),
    ...softwareTokenOperations(world),
    AdminUserGlobalSignOut: operation(
      z.looseObject({ ...inPool, Username: z.string() }),
      { ...admin('AdminUserGlobalSignOut'), writes: true },
      async (input) => {
        const pool = world.directory.pool(input.UserPoolId);
        const user = await world.directory.find(pool, input.Username);
        if (!user) throw new AwsError('UserNotFoundException', 'User does not exist.');
        world.refresh.revokeAllOf(input.UserPoolId, user.Username);
      },
    ),
    AdminSetUserMFAPreference: operation(
      z.looseObject({ ...inPool, Username: z.string(), SoftwareTokenMfaSettings: preference }),
      { ...admin('AdminSetUserMFAPreference'), writes: true },
      async (input) => {
        const pool = world.directory.pool(input.UserPoolId);
        const user = await world.directory.find(pool, input.Username);
        if (!user) throw new AwsError('UserNotFoundException', 'User does not exist.');
        if (input.SoftwareTokenMfaSettings)
          await world.softwareTokens.prefer(pool, user, input.SoftwareTokenMfaSettings);
      },
    ),
  };
}

function refreshOperations(world: World): Operations {
  const provenClient = (input: { ClientId: string; ClientSecret?: string | undefined }) => {
    const client = world.directory.client(input.ClientId);
    if (client.secret !== undefined && client.secret !== input.ClientSecret)
      throw new AwsError('NotAuthorizedException', 'Client secret does not match');
    return client;
  };
  return {
    GetTokensFromRefreshToken: operation(refreshInput, open, async (input) => ({
      AuthenticationResult: await refresh(world, provenClient(input), input.RefreshToken, input.ClientMetadata),
    })),
    RevokeToken: operation(
      z.looseObject({ Token: z.string(), ClientId: z.string(), ClientSecret: z.optional(z.string()) }),
      { ...open, writes: true },
      (input) => {
        const client = provenClient(input);
        const grant = world.refresh.find(input.Token);
        if (grant?.clientId === client.definition.id) world.refresh.revoke(grant.originJti);
      },
    ),
    GlobalSignOut: operation(withToken, { ...open, writes: true }, async (input) => {
      const { client, user } = await bearer(world, input.AccessToken);
      world.refresh.revokeAllOf(client.pool.definition.id, user.Username);
    }),
  };
}

function softwareTokenOperations(world: World): Operations {
  const verify = z.extend(softwareToken, { UserCode: z.string(), FriendlyDeviceName: z.optional(z.string()) });
  const neither = () => new AwsError('InvalidParameterException', 'Either an access token or a session is needed');
  return {
    AssociateSoftwareToken: operation(softwareToken, { ...open, writes: true }, async (input) => {
      if (input.Session !== undefined) {
        const session = world.sessions.get(input.Session, 'MFA_SETUP');
        const { pool } = world.directory.client(session.clientId);
        session.totpSecret = world.softwareTokens.associate(pool, session.username);
        return { SecretCode: session.totpSecret, Session: input.Session };
      }
      if (input.AccessToken === undefined) throw neither();
      const { client, user } = await bearer(world, input.AccessToken);
      return { SecretCode: world.softwareTokens.associate(client.pool, user.Username) };
    }),
    VerifySoftwareToken: operation(verify, { ...open, writes: true }, async (input) => {
      if (input.Session !== undefined) {
        const session = world.sessions.get(input.Session, 'MFA_SETUP');
        const { pool } = world.directory.client(session.clientId);
        const user = await world.directory.find(pool, session.username);
        if (!user || !session.totpSecret)
          throw new AwsError('InvalidParameterException', 'No software token has been associated');
        session.failures += 1;
        await world.softwareTokens.confirm(pool, user, input.UserCode, session.totpSecret, input.FriendlyDeviceName);
        session.totpVerified = true;
        return { Status: 'SUCCESS', Session: input.Session };
      }
      if (input.AccessToken === undefined) throw neither();
      const { client, user } = await bearer(world, input.AccessToken);
      await world.softwareTokens.confirm(client.pool, user, input.UserCode, undefined, input.FriendlyDeviceName);
      return { Status: 'SUCCESS' };
    }),
    SetUserMFAPreference: operation(
      z.extend(withToken, { SoftwareTokenMfaSettings: preference }),
      { ...open, writes: true },
      async (input) => {
        const { client, user } = await bearer(world, input.AccessToken);
        if (input.SoftwareTokenMfaSettings)
          await world.softwareTokens.prefer(client.pool, user, input.SoftwareTokenMfaSettings);
      },
    ),
  };
}
