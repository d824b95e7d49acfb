import { createHmac } from 'node:crypto';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  AssociateSoftwareTokenCommand,
  CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  DescribeUserPoolClientCommand,
  ForgotPasswordCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  ResendConfirmationCodeCommand,
  RevokeTokenCommand,
  SignUpCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { generateSync } from 'otplib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UserPoolDef } from '../../../infra/local/aws/index.ts';
import type { Cloud } from './cloud.ts';
import { accountId, allow, region, startCloud } from './cloud.ts';

const UserPoolId = `${region}_Local1`;
const ClientId = 'backend';
const poolArn = `arn:aws:cognito-idp:${region}:${accountId}:userpool/${UserPoolId}`;
const pool: UserPoolDef = {
  id: UserPoolId,
  arn: poolArn,
  clients: [
    {
      id: ClientId,
      generateSecret: true,
      explicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_CUSTOM_AUTH'],
      accessTokenSeconds: 900,
      idTokenSeconds: 900,
      refreshTokenSeconds: 30 * 86_400,
      preventUserExistenceErrors: true,
      rotation: { retryGraceSeconds: 30 },
    },
  ],
  groups: ['patient', 'nurse'],
  triggers: { DefineAuthChallenge: 'define', CreateAuthChallenge: 'create', VerifyAuthChallengeResponse: 'verify' },
  mfa: 'OPTIONAL',
  aliasAttributes: ['email', 'phone_number'],
  autoVerifiedAttributes: ['email', 'phone_number'],
  passwordPolicy: { MinimumLength: 12 },
};

/** A sign-in by a link: the trigger knows the code that the link carries. */
const triggers: Record<
  string,
  (event: { request: { session?: { challengeResult: boolean }[]; challengeAnswer?: string } }) => object
> = {
  define: ({ request }) => {
    const last = request.session?.at(-1);
    if (last?.challengeResult) return { issueTokens: true, failAuthentication: false };
    const tries = request.session?.length ?? 0;
    return tries >= 2 ? { failAuthentication: true } : { challengeName: 'CUSTOM_CHALLENGE', issueTokens: false };
  },
  create: () => ({ publicChallengeParameters: { sent: 'yes' }, privateChallengeParameters: { code: '7777' } }),
  verify: ({ request }) => ({ answerCorrect: request.challengeAnswer === '7777' }),
};

let cloud: Cloud;
let cognito: CognitoIdentityProviderClient;
const password = 'a long enough phrase';
const SECRET_HASH = (username: string) =>
  createHmac('sha256', cloud.cloud.cognito.clientSecret(ClientId))
    .update(username + ClientId)
    .digest('base64');

beforeAll(async () => {
  cloud = await startCloud(
    {
      invoke: async (name, event) => {
        const asked = event as Parameters<(typeof triggers)[string]>[0];
        return { payload: { ...asked, response: triggers[name]?.(asked) } };
      },
    },
    { userPools: [pool] },
  );
  cognito = new CognitoIdentityProviderClient(cloud.as('identity', allow(['cognito-idp:*'], [poolArn])));
});
afterAll(() => cloud.stop());
beforeEach(() => cloud.cloud.outbox.clear());

let people = 0;
/** A person whose password is set and who belongs to a group. */
async function person(group = 'nurse'): Promise<string> {
  people += 1;
  const Username = `usr_${people}`;
  await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username, MessageAction: 'SUPPRESS' }));
  await cognito.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: password, Permanent: true }));
  await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName: group }));
  return Username;
}
const signIn = (USERNAME: string, PASSWORD = password) =>
  cognito.send(
    new AdminInitiateAuthCommand({
      UserPoolId,
      ClientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME, PASSWORD, SECRET_HASH: SECRET_HASH(USERNAME) },
    }),
  );
const answer = (
  ChallengeName: 'SOFTWARE_TOKEN_MFA' | 'CUSTOM_CHALLENGE' | 'NEW_PASSWORD_REQUIRED',
  Session: string | undefined,
  USERNAME: string,
  responses: Record<string, string>,
) =>
  cognito.send(
    new AdminRespondToAuthChallengeCommand({
      UserPoolId,
      ClientId,
      ChallengeName,
      Session,
      ChallengeResponses: { USERNAME, SECRET_HASH: SECRET_HASH(USERNAME), ...responses },
    }),
  );
const refresh = (RefreshToken: string | undefined) =>
  cognito.send(
    new GetTokensFromRefreshTokenCommand({
      RefreshToken,
      ClientId,
      ClientSecret: cloud.cloud.cognito.clientSecret(ClientId),
    }),
  );
const claimsOf = (token: string | undefined) =>
  JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString());

describe('a password', () => {
  it('gives tokens that aws-jwt-verify accepts, with groups and the scope, by the moved clock', async () => {
    const name = await person();
    const { AuthenticationResult } = await signIn(name);
    const jwks = await (await fetch(cloud.cloud.cognito.jwksUri(UserPoolId))).json();
    const verifier = CognitoJwtVerifier.create({
      userPoolId: UserPoolId,
      clientId: ClientId,
      tokenUse: 'access',
      graceSeconds: 10 ** 9,
    });
    verifier.cacheJwks(jwks);
    const claims = await verifier.verify(AuthenticationResult?.AccessToken ?? '');
    expect(claims).toMatchObject({
      username: name,
      scope: 'aws.cognito.signin.user.admin',
      'cognito:groups': ['nurse'],
      iat: cloud.clock.now / 1000,
      exp: cloud.clock.now / 1000 + 900,
    });
    expect(claims.origin_jti).toBe(claimsOf(AuthenticationResult?.IdToken).origin_jti);
    await expect(verifier.verify(AuthenticationResult?.IdToken ?? '')).rejects.toThrow(/use/i);
  });

  it('locks out after five wrong ones, for longer each time', async () => {
    const name = await person();
    for (let n = 0; n < 5; n += 1)
      await expect(signIn(name, 'wrong')).rejects.toThrow('Incorrect username or password');
    await expect(signIn(name)).rejects.toThrow('Password attempts exceeded');
    cloud.advance(1000);
    await expect(signIn(name, 'wrong')).rejects.toThrow('Incorrect');
    cloud.advance(1000);
    await expect(signIn(name)).rejects.toThrow('exceeded');
    cloud.advance(1000);
    expect((await signIn(name)).AuthenticationResult?.AccessToken).toBeDefined();
  });

  it('does not tell a stranger from a wrong password, and wants the secret hash', async () => {
    await expect(signIn('usr_nobody')).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    });
    const unproven = { USERNAME: 'x', PASSWORD: 'y' };
    const call = new AdminInitiateAuthCommand({
      UserPoolId,
      ClientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: unproven,
    });
    await expect(cognito.send(call)).rejects.toThrow('SECRET_HASH was not received');
  });

  it('must meet the policy, wherever it is set', async () => {
    const name = await person();
    const weak = new AdminSetUserPasswordCommand({ UserPoolId, Username: name, Password: 'short', Permanent: true });
    await expect(cognito.send(weak)).rejects.toMatchObject({ name: 'InvalidPasswordException' });
    await cognito.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username: name, Password: 'temporary word', Permanent: false }),
    );
    const asked = await signIn(name, 'temporary word');
    expect(asked.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
    await expect(answer('NEW_PASSWORD_REQUIRED', asked.Session, name, { NEW_PASSWORD: 'short' })).rejects.toMatchObject(
      { name: 'InvalidPasswordException' },
    );
    const done = await answer('NEW_PASSWORD_REQUIRED', asked.Session, name, { NEW_PASSWORD: password });
    expect(done.AuthenticationResult?.AccessToken).toBeDefined();
    await cognito.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username: name, Password: 'temporary word', Permanent: false }),
    );
    cloud.advance(8 * 86_400_000);
    await expect(signIn(name, 'temporary word')).rejects.toThrow('expired');
  });

  it('signs in only whom an administrator has not disabled', async () => {
    const name = await person();
    const { AuthenticationResult } = await signIn(name);
    await cognito.send(new AdminDisableUserCommand({ UserPoolId, Username: name }));
    await expect(signIn(name)).rejects.toThrow('disabled');
    await expect(refresh(AuthenticationResult?.RefreshToken)).rejects.toThrow('disabled');
    await cognito.send(new AdminEnableUserCommand({ UserPoolId, Username: name }));
    expect((await signIn(name)).AuthenticationResult).toBeDefined();
  });
});

describe('a second factor', () => {
  it('is set up with a signed-in token and then asked for, each code once, by the moved clock', async () => {
    const name = await person();
    const { AccessToken } = (await signIn(name)).AuthenticationResult ?? {};
    const { SecretCode: secret = '' } = await cognito.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    const code = () => generateSync({ secret, epoch: Math.floor(cloud.clock.now / 1000) });
    await expect(
      cognito.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode: '000000' })),
    ).rejects.toMatchObject({ name: 'EnableSoftwareTokenMFAException' });
    expect((await cognito.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode: code() }))).Status).toBe(
      'SUCCESS',
    );
    expect((await signIn(name)).AuthenticationResult).toBeDefined();
    await cognito.send(
      new AdminSetUserMFAPreferenceCommand({
        UserPoolId,
        Username: name,
        SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
      }),
    );

    const asked = await signIn(name);
    expect(asked).toMatchObject({ ChallengeName: 'SOFTWARE_TOKEN_MFA' });
    await expect(
      answer('SOFTWARE_TOKEN_MFA', asked.Session, name, { SOFTWARE_TOKEN_MFA_CODE: '000000' }),
    ).rejects.toMatchObject({ name: 'CodeMismatchException' });
    const done = await answer('SOFTWARE_TOKEN_MFA', asked.Session, name, { SOFTWARE_TOKEN_MFA_CODE: code() });
    const next = await refresh(done.AuthenticationResult?.RefreshToken);
    expect(next.AuthenticationResult?.AccessToken).toBeDefined();

    const again = await signIn(name);
    await expect(
      answer('SOFTWARE_TOKEN_MFA', again.Session, name, { SOFTWARE_TOKEN_MFA_CODE: code() }),
    ).rejects.toThrow('already been used');
    cloud.advance(4 * 60_000);
    await expect(
      answer('SOFTWARE_TOKEN_MFA', again.Session, name, { SOFTWARE_TOKEN_MFA_CODE: code() }),
    ).rejects.toThrow('session is expired');
  });

  it('is set up by session in a pool that demands it', async () => {
    const strict = await startCloud({}, { userPools: [{ ...pool, mfa: 'ON' }] });
    const client = new CognitoIdentityProviderClient(strict.operator);
    const hash = createHmac('sha256', strict.cloud.cognito.clientSecret(ClientId))
      .update(`nina${ClientId}`)
      .digest('base64');
    try {
      await client.send(new AdminCreateUserCommand({ UserPoolId, Username: 'nina', MessageAction: 'SUPPRESS' }));
      await client.send(
        new AdminSetUserPasswordCommand({ UserPoolId, Username: 'nina', Password: password, Permanent: true }),
      );
      const AuthParameters = { USERNAME: 'nina', PASSWORD: password, SECRET_HASH: hash };
      const asked = await client.send(
        new AdminInitiateAuthCommand({ UserPoolId, ClientId, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters }),
      );
      expect(asked.ChallengeName).toBe('MFA_SETUP');
      const made = await client.send(new AssociateSoftwareTokenCommand({ Session: asked.Session }));
      const UserCode = generateSync({ secret: made.SecretCode ?? '', epoch: Math.floor(strict.clock.now / 1000) });
      const { Session } = await client.send(new VerifySoftwareTokenCommand({ Session: made.Session, UserCode }));
      const ChallengeResponses = { USERNAME: 'nina', SECRET_HASH: hash };
      const done = await client.send(
        new AdminRespondToAuthChallengeCommand({
          UserPoolId,
          ClientId,
          ChallengeName: 'MFA_SETUP',
          Session,
          ChallengeResponses,
        }),
      );
      expect(done.AuthenticationResult?.AccessToken).toBeDefined();
      const user = await client.send(new AdminGetUserCommand({ UserPoolId, Username: 'nina' }));
      expect(user.UserMFASettingList).toEqual(['SOFTWARE_TOKEN_MFA']);
    } finally {
      await strict.stop();
    }
  });
});

describe('a sign-in', () => {
  it('goes on by rotation, the old token good for the grace of two tabs', async () => {
    const first = (await signIn(await person())).AuthenticationResult;
    const [one, two] = await Promise.all([refresh(first?.RefreshToken), refresh(first?.RefreshToken)]);
    expect(one.AuthenticationResult?.RefreshToken).not.toBe(two.AuthenticationResult?.RefreshToken);
    expect(claimsOf(one.AuthenticationResult?.AccessToken).origin_jti).toBe(claimsOf(first?.AccessToken).origin_jti);
    cloud.advance(31_000);
    await expect(refresh(first?.RefreshToken)).rejects.toMatchObject({ name: 'RefreshTokenReuseException' });
    expect((await refresh(one.AuthenticationResult?.RefreshToken)).AuthenticationResult?.AccessToken).toBeDefined();
    cloud.advance(30 * 86_400_000);
    await expect(refresh(two.AuthenticationResult?.RefreshToken)).rejects.toThrow('expired');
  });

  it('ends alone when its token is revoked, and with all others on a global sign-out', async () => {
    const name = await person();
    const [phone, tablet] = [(await signIn(name)).AuthenticationResult, (await signIn(name)).AuthenticationResult];
    const secret = { ClientId, ClientSecret: cloud.cloud.cognito.clientSecret(ClientId) };
    await cognito.send(new RevokeTokenCommand({ Token: phone?.RefreshToken, ...secret }));
    await expect(refresh(phone?.RefreshToken)).rejects.toThrow('revoked');
    await expect(cognito.send(new GetUserCommand({ AccessToken: phone?.AccessToken }))).rejects.toThrow('revoked');
    expect((await cognito.send(new GetUserCommand({ AccessToken: tablet?.AccessToken }))).Username).toBe(name);
    await cognito.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username: name }));
    await expect(refresh(tablet?.RefreshToken)).rejects.toThrow('revoked');
  });

  it('needs a token that was really signed here and has not expired', async () => {
    const { AccessToken = '' } = (await signIn(await person())).AuthenticationResult ?? {};
    const [header, payload] = AccessToken.split('.');
    const forged = `${header}.${payload}.${Buffer.from('nonsense').toString('base64url')}`;
    await expect(cognito.send(new GetUserCommand({ AccessToken: forged }))).rejects.toThrow('Invalid Access Token');
    cloud.advance(900_000);
    await expect(cognito.send(new GetUserCommand({ AccessToken }))).rejects.toThrow('expired');
  });
});

describe('a challenge of our own', () => {
  const begin = (USERNAME: string) =>
    cognito.send(
      new AdminInitiateAuthCommand({
        UserPoolId,
        ClientId,
        AuthFlow: 'CUSTOM_AUTH',
        AuthParameters: { USERNAME, SECRET_HASH: SECRET_HASH(USERNAME) },
      }),
    );

  it('is defined, made and verified by the triggers', async () => {
    const name = await person('patient');
    const asked = await begin(name);
    expect(asked).toMatchObject({
      ChallengeName: 'CUSTOM_CHALLENGE',
      ChallengeParameters: { sent: 'yes', USERNAME: name },
    });
    const again = await answer('CUSTOM_CHALLENGE', asked.Session, name, { ANSWER: '0000' });
    expect(again.ChallengeName).toBe('CUSTOM_CHALLENGE');
    const done = await answer('CUSTOM_CHALLENGE', again.Session, name, { ANSWER: '7777' });
    expect(claimsOf(done.AuthenticationResult?.AccessToken)['cognito:groups']).toEqual(['patient']);
    await expect(answer('CUSTOM_CHALLENGE', again.Session, name, { ANSWER: '7777' })).rejects.toThrow('session');
  });

  it('fails in the end, and for a stranger however right the answer', async () => {
    const name = await person();
    const second = await answer('CUSTOM_CHALLENGE', (await begin(name)).Session, name, { ANSWER: '1' });
    await expect(answer('CUSTOM_CHALLENGE', second.Session, name, { ANSWER: '2' })).rejects.toThrow('Incorrect');
    const strange = await begin('stranger');
    await expect(answer('CUSTOM_CHALLENGE', strange.Session, 'stranger', { ANSWER: '7777' })).rejects.toThrow(
      'Incorrect',
    );
  });
});

describe('an account', () => {
  it('is made by its owner, proven by a code that ages, and found by its alias', async () => {
    const Username = 'meera';
    const SecretHash = SECRET_HASH(Username);
    const UserAttributes = [{ Name: 'phone_number', Value: '+919800000009' }];
    const made = await cognito.send(
      new SignUpCommand({ ClientId, Username, Password: password, SecretHash, UserAttributes }),
    );
    expect(made).toMatchObject({
      UserConfirmed: false,
      CodeDeliveryDetails: { DeliveryMedium: 'SMS', Destination: '+********0009' },
    });
    const code = () => /\d{6}/.exec(cloud.cloud.outbox.list().at(-1)?.text ?? '')?.[0];
    const confirm = (ConfirmationCode: string | undefined) =>
      cognito.send(new ConfirmSignUpCommand({ ClientId, Username, SecretHash, ConfirmationCode }));
    const old = code();
    cloud.advance(25 * 3_600_000);
    await expect(confirm(old)).rejects.toMatchObject({ name: 'ExpiredCodeException' });
    await cognito.send(new ResendConfirmationCodeCommand({ ClientId, Username, SecretHash }));
    await expect(signIn(Username)).rejects.toMatchObject({ name: 'UserNotConfirmedException' });
    await confirm(code());
    expect((await signIn('+919800000009')).AuthenticationResult).toBeDefined();
    expect((await signIn('MEERA')).AuthenticationResult).toBeDefined();

    await cognito.send(new ForgotPasswordCommand({ ClientId, Username, SecretHash }));
    const reset = { ClientId, Username, SecretHash, ConfirmationCode: code() };
    await cognito.send(new ConfirmForgotPasswordCommand({ ...reset, Password: 'another long phrase' }));
    expect((await signIn(Username, 'another long phrase')).AuthenticationResult).toBeDefined();
  });

  it('is made by an administrator and told its temporary password', async () => {
    const UserAttributes = [
      { Name: 'email', Value: 'nurse@example.org' },
      { Name: 'email_verified', Value: 'true' },
    ];
    const invite = { UserPoolId, Username: 'usr_invited', UserAttributes, DesiredDeliveryMediums: ['EMAIL' as const] };
    await cognito.send(new AdminCreateUserCommand(invite));
    const [mail] = cloud.cloud.outbox.list();
    expect(mail).toMatchObject({ service: 'email', to: 'nurse@example.org' });
    const temporary = /password is (\S+)\.$/.exec(mail?.text ?? '')?.[1] ?? '';
    expect((await signIn('nurse@example.org', temporary)).ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
    const twin = new AdminCreateUserCommand({ ...invite, Username: 'usr_twin', MessageAction: 'SUPPRESS' });
    await expect(cognito.send(twin)).rejects.toMatchObject({ name: 'AliasExistsException' });
  });

  it('is administered only by who may', async () => {
    const stranger = new CognitoIdentityProviderClient(
      cloud.as('stranger', allow(['cognito-idp:AdminGetUser'], [poolArn])),
    );
    const disable = new AdminDisableUserCommand({ UserPoolId, Username: 'meera' });
    await expect(stranger.send(disable)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    const read = new DescribeUserPoolClientCommand({ UserPoolId, ClientId });
    await expect(stranger.send(read)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect((await cognito.send(read)).UserPoolClient?.ClientSecret).toBe(cloud.cloud.cognito.clientSecret(ClientId));
  });
});
