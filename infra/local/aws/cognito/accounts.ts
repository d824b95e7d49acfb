import { randomBytes, randomUUID } from 'node:crypto';
import { attributesAppend, attributesToRecord } from 'cognito-local/lib/services/userPoolService.js';
import * as z from 'zod/mini';
import { AwsError } from '../aws-error.ts';
import type { CodePurpose } from './codes.ts';
import { destinationOf, masked } from './codes.ts';
import type { Pool, User } from './directory.ts';
import { checkPolicy } from './passwords.ts';
import type { Metadata, World } from './world.ts';

export type Attributes = { Name: string; Value?: string | undefined }[];
type Sender = { clientId: string | undefined; clientMetadata: Metadata };

const codeLifetimes = { SignUp: 24, ForgotPassword: 1 } as const;
const preSignUp = z.looseObject({
  autoConfirmUser: z.optional(z.boolean()),
  autoVerifyEmail: z.optional(z.boolean()),
  autoVerifyPhone: z.optional(z.boolean()),
});

/** Refuses names that the pool's aliases or an existing user make impossible. */
export async function newUser(
  world: World,
  pool: Pool,
  given: { username: string; attributes: Attributes; password: string; status: string },
): Promise<User> {
  const { aliasAttributes = [], usernameAttributes = [] } = pool.definition;
  if (aliasAttributes.includes('email') && given.username.includes('@'))
    throw new AwsError(
      'InvalidParameterException',
      'Username cannot be of email format, since user pool is configured for email alias.',
    );
  if (aliasAttributes.includes('phone_number') && /^\+\d+$/.test(given.username))
    throw new AwsError(
      'InvalidParameterException',
      'Username cannot be of phone number format, since user pool is configured for phone number alias.',
    );
  if (await world.directory.find(pool, given.username))
    throw new AwsError('UsernameExistsException', 'User already exists');
  const sub = randomUUID();
  const attributes = [
    ...given.attributes.map(({ Name, Value }) => ({ Name, Value: Value ?? '' })),
    { Name: 'sub', Value: sub },
  ];
  const named = usernameAttributes.find((name) => (name === 'email') === given.username.includes('@'));
  if (named && !attributes.some(({ Name }) => Name === named)) attributes.push({ Name: named, Value: given.username });
  const now = new Date(world.options.now());
  return {
    Username: usernameAttributes.length ? sub : given.username,
    Password: given.password,
    Attributes: attributes,
    Enabled: true,
    UserStatus: given.status,
    UserCreateDate: now,
    UserLastModifiedDate: now,
    RefreshTokens: [],
  };
}

/** Runs PreSignUp and takes over what it decides. */
export async function askPreSignUp(
  world: World,
  pool: Pool,
  user: User,
  source: string,
  sender: Sender,
): Promise<User> {
  const response = await world.triggers.run(
    'PreSignUp',
    { pool, clientId: sender.clientId, user, username: user.Username, source },
    { validationData: {}, ...(sender.clientMetadata ? { clientMetadata: sender.clientMetadata } : {}) },
    { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  );
  const decided = z.parse(preSignUp, response ?? {});
  const verify = [
    ...(decided.autoVerifyEmail ? [{ Name: 'email_verified', Value: 'true' }] : []),
    ...(decided.autoVerifyPhone ? [{ Name: 'phone_number_verified', Value: 'true' }] : []),
  ];
  return {
    ...user,
    Attributes: attributesAppend(user.Attributes, ...verify),
    UserStatus: decided.autoConfirmUser && source === 'PreSignUp_SignUp' ? 'CONFIRMED' : user.UserStatus,
  };
}

export async function refuseTakenAlias(world: World, pool: Pool, user: User): Promise<void> {
  if (await world.directory.aliasTaken(pool, user))
    throw new AwsError('AliasExistsException', 'An account with the email or phone number already exists.');
}

/** Sends a code and remembers when: it is good for a day after sign-up, for an hour after a forgotten password. */
export async function sendConfirmation(world: World, pool: Pool, user: User, purpose: CodePurpose, sender: Sender) {
  const among =
    purpose === 'ForgotPassword' ? ['email', 'phone_number'] : (pool.definition.autoVerifiedAttributes ?? []);
  const to = destinationOf(user, among, purpose === 'ForgotPassword');
  const code = world.codes.newCode();
  const kind = purpose === 'ForgotPassword' ? 'ForgotPassword' : 'SignUp';
  await world.directory.save(pool, {
    ...user,
    ConfirmationCode: `${kind}:${code}:${world.options.now()}:${to.AttributeName}`,
  });
  await world.codes.send({ pool, user, purpose, code, to, ...sender });
  return masked(to);
}

/** The attribute that a right code proves; refuses a wrong or old one. */
export function proveCode(world: World, user: User, kind: keyof typeof codeLifetimes, given: string): string {
  const [purpose, code, sentAt, attribute = ''] = (user.ConfirmationCode ?? '').split(':');
  if (purpose !== kind)
    throw new AwsError('ExpiredCodeException', 'Invalid code provided, please request a code again.');
  if (code !== given)
    throw new AwsError('CodeMismatchException', 'Invalid verification code provided, please try again.');
  if (Number(sentAt) + codeLifetimes[kind] * 3_600_000 <= world.options.now())
    throw new AwsError('ExpiredCodeException', 'Invalid code provided, please request a code again.');
  return attribute;
}

/** The user is who they say: the proven attribute is verified, the status moves, PostConfirmation hears. */
export async function confirm(
  world: World,
  pool: Pool,
  user: User,
  change: Partial<User> & { proven?: string },
  source: 'PostConfirmation_ConfirmSignUp' | 'PostConfirmation_ConfirmForgotPassword',
  sender: Sender,
): Promise<void> {
  const { proven, ...changes } = change;
  const { ConfirmationCode: _, ...rest } = user;
  const verified = proven ? [{ Name: `${proven}_verified`, Value: 'true' }] : [];
  const confirmed: User = {
    ...rest,
    ...changes,
    UserStatus: 'CONFIRMED',
    Attributes: attributesAppend(user.Attributes, ...verified),
  };
  await refuseTakenAlias(world, pool, confirmed);
  await world.directory.save(pool, confirmed);
  const asked = { pool, clientId: sender.clientId, user: confirmed, username: user.Username, source };
  await world.triggers.run(
    'PostConfirmation',
    asked,
    sender.clientMetadata ? { clientMetadata: sender.clientMetadata } : {},
  );
}

/** AdminCreateUser: a temporary password, told to the user unless suppressed; again with RESEND. */
export async function createByAdmin(
  world: World,
  pool: Pool,
  given: {
    username: string;
    attributes: Attributes;
    password: string | undefined;
    action: string | undefined;
    media: readonly string[];
    clientMetadata: Metadata;
  },
): Promise<User> {
  const password = given.password ?? `${randomBytes(12).toString('base64url')}aA1!`;
  checkPolicy(pool, password);
  const known = given.action === 'RESEND' ? await world.directory.find(pool, given.username) : undefined;
  if (given.action === 'RESEND' && known?.UserStatus !== 'FORCE_CHANGE_PASSWORD')
    throw new AwsError(
      'UnsupportedUserStateException',
      'Resend not possible. User status is not FORCE_CHANGE_PASSWORD',
    );
  const status = { password, status: 'FORCE_CHANGE_PASSWORD' };
  const sender = { clientId: undefined, clientMetadata: given.clientMetadata };
  const made = known
    ? { ...known, Password: password }
    : await askPreSignUp(
        world,
        pool,
        await newUser(world, pool, { ...given, ...status }),
        'PreSignUp_AdminCreateUser',
        sender,
      );
  if (!known) await refuseTakenAlias(world, pool, made);
  if (given.action !== 'SUPPRESS') {
    const among = given.media.map((medium) => (medium === 'EMAIL' ? 'email' : 'phone_number'));
    const to = destinationOf(made, among, false);
    await world.codes.send({ pool, user: made, purpose: 'AdminCreateUser', code: password, to, ...sender });
  }
  await world.directory.save(pool, made);
  return made;
}

export function shown(user: User) {
  const { Username, Attributes, Enabled, UserStatus, UserCreateDate, UserLastModifiedDate } = user;
  return { Username, Attributes, Enabled, UserStatus, UserCreateDate, UserLastModifiedDate };
}

export function subOf(user: User): string {
  return attributesToRecord(user.Attributes).sub ?? '';
}
