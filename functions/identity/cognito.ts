import { createHmac } from 'node:crypto';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  type AdminInitiateAuthCommandOutput,
  AdminRemoveUserFromGroupCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  AssociateSoftwareTokenCommand,
  type AuthenticationResultType,
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  GetTokensFromRefreshTokenCommand,
  RevokeTokenCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { env } from '../shared/env.ts';
import { poolAccountOf, refusedOr, undefinedWhen } from './cognito-answers.ts';
import type { NewAccount, PoolAnswer, Tokens, UserPool } from './user-pool.ts';

/** Cognito, as our confidential client. Its secret is read once per environment and kept in memory only. */
export function cognitoUserPool(): UserPool {
  const client = new CognitoIdentityProviderClient({});
  let secret: Promise<string> | undefined;
  const pool = () => ({ UserPoolId: env('USER_POOL_ID') });
  const app = () => ({ ...pool(), ClientId: env('USER_POOL_CLIENT_ID') });
  const readSecret = () => {
    secret ??= clientSecret(client, app());
    // A failed read is not kept: the next call tries again.
    secret.catch(() => {
      secret = undefined;
    });
    return secret;
  };
  /** Proof to Cognito that the call comes from the holder of the secret. */
  const hash = async (username: string) =>
    createHmac('sha256', await readSecret())
      .update(username + app().ClientId)
      .digest('base64');
  const user = (Username: string) => ({ ...pool(), Username });

  return {
    secret: readSecret,
    signIn: async (name, password) =>
      await refusedOr(async () =>
        answerOf(
          await client.send(
            new AdminInitiateAuthCommand({
              ...app(),
              AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
              AuthParameters: { USERNAME: name, PASSWORD: password, SECRET_HASH: await hash(name) },
            }),
          ),
          name,
        ),
      ),
    startCode: async (name) =>
      await refusedOr(async () =>
        answerOf(
          await client.send(
            new AdminInitiateAuthCommand({
              ...app(),
              AuthFlow: 'CUSTOM_AUTH',
              AuthParameters: { USERNAME: name, SECRET_HASH: await hash(name) },
            }),
          ),
          name,
        ),
      ),
    answer: async (kind, step, value) =>
      await refusedOr(async () =>
        answerOf(
          await client.send(
            new AdminRespondToAuthChallengeCommand({
              ...app(),
              ChallengeName: challengeNames[kind],
              Session: step.session,
              ChallengeResponses: {
                USERNAME: step.username,
                SECRET_HASH: await hash(step.username),
                [responseNames[kind]]: value,
              },
            }),
          ),
          step.username,
        ),
      ),
    beginTotp: async (accessToken) => {
      const answer = await client.send(new AssociateSoftwareTokenCommand({ AccessToken: accessToken }));
      if (!answer.SecretCode) throw new Error('the user pool gave no TOTP secret');
      return answer.SecretCode;
    },
    finishTotp: async (accessToken, code) => {
      const command = new VerifySoftwareTokenCommand({ AccessToken: accessToken, UserCode: code });
      const answer = await undefinedWhen(['CodeMismatchException', 'EnableSoftwareTokenMFAException'], () =>
        client.send(command),
      );
      return answer?.Status === 'SUCCESS' ? 'right' : 'wrong';
    },
    preferTotp: async (username) => {
      const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
      await client.send(new AdminSetUserMFAPreferenceCommand({ ...user(username), SoftwareTokenMfaSettings }));
    },
    refresh: async (refreshToken) => {
      const { ClientId } = app();
      const command = new GetTokensFromRefreshTokenCommand({
        RefreshToken: refreshToken,
        ClientId,
        ClientSecret: await readSecret(),
      });
      const answer = await undefinedWhen(refreshRefusals, () => client.send(command));
      return answer && tokensOf(answer.AuthenticationResult, refreshToken);
    },
    revoke: async (refreshToken) => {
      const { ClientId } = app();
      const command = new RevokeTokenCommand({ Token: refreshToken, ClientId, ClientSecret: await readSecret() });
      await undefinedWhen(['NotAuthorizedException', 'InvalidParameterException'], () => client.send(command));
    },
    find: async (name) => {
      const answer = await undefinedWhen(['UserNotFoundException'], () =>
        client.send(new AdminGetUserCommand(user(name))),
      );
      return answer && poolAccountOf(answer);
    },
    create: async (account) => await create(client, pool(), account),
    setPassword: async (username, password, temporary) => {
      const command = new AdminSetUserPasswordCommand({
        ...user(username),
        Password: password,
        Permanent: !temporary,
      });
      return (await undefinedWhen(['InvalidPasswordException'], () => client.send(command))) ? 'set' : 'too-weak';
    },
    setEnabled: async (username, enabled) => {
      const input = user(username);
      await (enabled
        ? client.send(new AdminEnableUserCommand(input))
        : client.send(new AdminDisableUserCommand(input)));
    },
    setRole: async (username, role, holds) => {
      const input = { ...user(username), GroupName: role };
      await (holds
        ? client.send(new AdminAddUserToGroupCommand(input))
        : client.send(new AdminRemoveUserFromGroupCommand(input)));
    },
    signOutEverywhere: async (username) => {
      await client.send(new AdminUserGlobalSignOutCommand(user(username)));
    },
  };
}

const challengeNames = {
  totp: 'SOFTWARE_TOKEN_MFA',
  'new-password': 'NEW_PASSWORD_REQUIRED',
  code: 'CUSTOM_CHALLENGE',
} as const;
const responseNames = { totp: 'SOFTWARE_TOKEN_MFA_CODE', 'new-password': 'NEW_PASSWORD', code: 'ANSWER' } as const;
const refreshRefusals = [
  'NotAuthorizedException',
  'RefreshTokenReuseException',
  'UserNotFoundException',
  'InvalidParameterException',
];

async function clientSecret(
  client: CognitoIdentityProviderClient,
  app: { UserPoolId: string; ClientId: string },
): Promise<string> {
  const secret = (await client.send(new DescribeUserPoolClientCommand(app))).UserPoolClient?.ClientSecret;
  if (!secret) throw new Error('the user pool client has no secret');
  return secret;
}

function answerOf(answer: AdminInitiateAuthCommandOutput, name: string): PoolAnswer {
  if (answer.AuthenticationResult) return { kind: 'tokens', tokens: tokensOf(answer.AuthenticationResult) };
  const kind = (['totp', 'new-password', 'code'] as const).find(
    (each) => challengeNames[each] === answer.ChallengeName,
  );
  if (!kind || !answer.Session) throw new Error('the user pool asks for a step that we do not know');
  // The next answer must carry the pool's own username, whatever alias was typed.
  const { USER_ID_FOR_SRP, USERNAME } = answer.ChallengeParameters ?? {};
  return { kind, session: answer.Session, username: USER_ID_FOR_SRP ?? USERNAME ?? name };
}

function tokensOf(result: AuthenticationResultType | undefined, oldRefreshToken?: string): Tokens {
  const refreshToken = result?.RefreshToken ?? oldRefreshToken;
  if (!result?.AccessToken || !refreshToken) throw new Error('the user pool gave no tokens');
  return { accessToken: result.AccessToken, refreshToken, expiresInSeconds: result.ExpiresIn ?? 900 };
}

async function create(client: CognitoIdentityProviderClient, pool: { UserPoolId: string }, account: NewAccount) {
  const user = { ...pool, Username: account.username };
  const attributes = [
    { Name: 'locale', Value: account.language },
    ...(account.email ? verified('email', account.email) : []),
    ...(account.phone ? verified('phone_number', account.phone) : []),
  ];
  const command = new AdminCreateUserCommand({
    ...user,
    UserAttributes: attributes,
    TemporaryPassword: account.password,
    MessageAction: 'SUPPRESS',
  });
  const taken = ['UsernameExistsException', 'AliasExistsException'];
  if (!(await undefinedWhen(taken, () => client.send(command)))) return 'taken' as const;
  if (!account.temporary)
    await client.send(new AdminSetUserPasswordCommand({ ...user, Password: account.password, Permanent: true }));
  for (const role of account.roles) await client.send(new AdminAddUserToGroupCommand({ ...user, GroupName: role }));
  return poolAccountOf(await client.send(new AdminGetUserCommand(user)));
}

function verified(name: 'email' | 'phone_number', value: string) {
  return [
    { Name: name, Value: value },
    { Name: `${name}_verified`, Value: 'true' },
  ];
}
