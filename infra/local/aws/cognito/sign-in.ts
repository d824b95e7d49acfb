import { AwsError, UnknownOperation } from '../aws-error.ts';
import { answerCustomChallenge, beginCustom } from './custom-auth.ts';
import type { Client, User } from './directory.ts';
import { checkSecretHash } from './directory.ts';
import { checkPolicy, temporaryPasswordExpired } from './passwords.ts';
import type { AuthAnswer, Metadata, World } from './world.ts';
import { grantTokens, groupsOf } from './world.ts';

type Parameters = Record<string, string>;
const wrong = () => new AwsError('NotAuthorizedException', 'Incorrect username or password.');

/** InitiateAuth and AdminInitiateAuth: the flows that the client allows. */
export async function signIn(
  world: World,
  client: Client,
  flow: string,
  parameters: Parameters,
  clientMetadata: Metadata,
): Promise<AuthAnswer> {
  if (!client.definition.explicitAuthFlows.includes(`ALLOW_${flow}`))
    throw new AwsError('InvalidParameterException', `${flow} flow not enabled for this client`);
  const username = parameters.USERNAME;
  if (flow === 'REFRESH_TOKEN_AUTH') return refreshPlainly(world, client, parameters, clientMetadata);
  if (username === undefined) throw new AwsError('InvalidParameterException', 'Missing required parameter USERNAME');
  checkSecretHash(client, username, parameters.SECRET_HASH);
  if (flow === 'ADMIN_USER_PASSWORD_AUTH' || flow === 'USER_PASSWORD_AUTH')
    return byPassword(world, client, username, parameters.PASSWORD ?? '', clientMetadata);
  if (flow === 'CUSTOM_AUTH') return beginCustom(world, client, username, clientMetadata);
  throw new UnknownOperation('cognito-idp', `InitiateAuth ${flow}`);
}

async function byPassword(
  world: World,
  client: Client,
  username: string,
  password: string,
  clientMetadata: Metadata,
): Promise<AuthAnswer> {
  const { pool } = client;
  const user = await world.directory.find(pool, username);
  const asked = { pool, clientId: client.definition.id, user, username: user?.Username ?? username };
  await world.triggers.run(
    'PreAuthentication',
    { ...asked, source: 'PreAuthentication_Authentication' },
    { validationData: clientMetadata ?? {}, userNotFound: user === undefined },
  );
  if (!user) {
    if (client.definition.preventUserExistenceErrors) throw wrong();
    throw new AwsError('UserNotFoundException', 'User does not exist.');
  }
  world.lockout.check(pool, user.Username);
  if (!user.Enabled) throw new AwsError('NotAuthorizedException', 'User is disabled.');
  if (user.UserStatus === 'RESET_REQUIRED')
    throw new AwsError('PasswordResetRequiredException', 'Password reset required for the user');
  if (user.Password === '' || user.Password !== password) {
    world.lockout.failed(pool, user.Username);
    throw wrong();
  }
  world.lockout.succeeded(pool, user.Username);
  if (user.UserStatus === 'UNCONFIRMED') throw new AwsError('UserNotConfirmedException', 'User is not confirmed.');
  if (user.UserStatus === 'FORCE_CHANGE_PASSWORD') return askForNewPassword(world, client, user);
  return afterPassword(world, client, user, clientMetadata, 'Authentication');
}

function askForNewPassword(world: World, client: Client, user: User): AuthAnswer {
  if (temporaryPasswordExpired(client.pool, user, world.options.now()))
    throw new AwsError(
      'NotAuthorizedException',
      'Temporary password has expired and must be reset by an administrator.',
    );
  return challenge(world, client, user, 'NEW_PASSWORD_REQUIRED', { requiredAttributes: '[]', userAttributes: '{}' });
}

/** The second factor when the user has one or the pool demands one. */
async function afterPassword(
  world: World,
  client: Client,
  user: User,
  clientMetadata: Metadata,
  source: 'Authentication' | 'NewPasswordChallenge',
): Promise<AuthAnswer> {
  const { mfa } = client.pool.definition;
  if (mfa !== 'OFF' && world.softwareTokens.isOn(user)) return challenge(world, client, user, 'SOFTWARE_TOKEN_MFA', {});
  if (mfa === 'ON')
    return challenge(world, client, user, 'MFA_SETUP', { MFAS_CAN_SETUP: JSON.stringify(['SOFTWARE_TOKEN_MFA']) });
  return grantTokens(world, client, user, source, clientMetadata);
}

function challenge(world: World, client: Client, user: User, name: string, parameters: Parameters): AuthAnswer {
  const session = { clientId: client.definition.id, username: user.Username, challenge: name };
  return {
    ChallengeName: name,
    Session: world.sessions.open(session),
    ChallengeParameters: { USER_ID_FOR_SRP: user.Username, ...parameters },
  };
}

type Answer = { name: string; session: string | undefined; responses: Parameters; clientMetadata: Metadata };

/** RespondToAuthChallenge and AdminRespondToAuthChallenge. */
export async function answerChallenge(world: World, client: Client, answer: Answer): Promise<AuthAnswer> {
  const username = answer.responses.USERNAME;
  if (username === undefined) throw new AwsError('InvalidParameterException', 'Missing required parameter USERNAME');
  checkSecretHash(client, username, answer.responses.SECRET_HASH);
  const session = world.sessions.get(answer.session, answer.name);
  if (session.clientId !== client.definition.id)
    throw new AwsError('NotAuthorizedException', 'Invalid session for the user.');
  if (answer.name === 'CUSTOM_CHALLENGE')
    return answerCustomChallenge(
      world,
      client,
      answer.session ?? '',
      session,
      answer.responses.ANSWER ?? '',
      answer.clientMetadata,
    );
  const user = await world.directory.find(client.pool, session.username);
  const named = await world.directory.find(client.pool, username);
  if (!user || named?.Username !== user.Username) throw wrong();
  if (!user.Enabled) throw new AwsError('NotAuthorizedException', 'User is disabled.');
  switch (answer.name) {
    case 'NEW_PASSWORD_REQUIRED': {
      const password = answer.responses.NEW_PASSWORD ?? '';
      checkPolicy(client.pool, password);
      const confirmed = { ...user, Password: password, UserStatus: 'CONFIRMED' };
      await world.directory.save(client.pool, confirmed);
      world.sessions.close(answer.session ?? '');
      return afterPassword(world, client, confirmed, answer.clientMetadata, 'NewPasswordChallenge');
    }
    case 'SOFTWARE_TOKEN_MFA':
      session.failures += 1;
      world.softwareTokens.check(client.pool, user, answer.responses.SOFTWARE_TOKEN_MFA_CODE ?? '');
      break;
    case 'MFA_SETUP':
      if (!session.totpVerified)
        throw new AwsError('InvalidParameterException', 'The software token has not been verified');
      await world.softwareTokens.prefer(client.pool, user, { Enabled: true, PreferredMfa: true });
      break;
    default:
      throw new UnknownOperation('cognito-idp', `RespondToAuthChallenge ${answer.name}`);
  }
  world.sessions.close(answer.session ?? '');
  return grantTokens(world, client, user, 'Authentication', answer.clientMetadata);
}

async function refreshPlainly(
  world: World,
  client: Client,
  parameters: Parameters,
  clientMetadata: Metadata,
): Promise<AuthAnswer> {
  if (client.definition.rotation)
    throw new AwsError('InvalidParameterException', 'Refresh token rotation is on: call GetTokensFromRefreshToken');
  const token = parameters.REFRESH_TOKEN ?? '';
  const grant = world.refresh.find(token);
  if (grant) checkSecretHash(client, grant.username, parameters.SECRET_HASH);
  const AuthenticationResult = await refresh(world, client, token, clientMetadata);
  return { AuthenticationResult, ChallengeParameters: {} };
}

/** New tokens of the same family; with rotation a new refresh token too. */
export async function refresh(world: World, client: Client, token: string, clientMetadata: Metadata) {
  const known = world.refresh.find(token);
  const user = known && (await world.directory.find(client.pool, known.username));
  if (user && !user.Enabled) throw new AwsError('NotAuthorizedException', 'User is disabled.');
  const { grant, next } = world.refresh.use(client, token);
  if (!user) throw new AwsError('NotAuthorizedException', 'Invalid Refresh Token');
  const groups = await groupsOf(client.pool, user);
  const issued = await world.tokens.issue(client, user, groups, { ...grant, source: 'RefreshTokens', clientMetadata });
  return { ...issued, ...(next === undefined ? {} : { RefreshToken: next }) };
}
