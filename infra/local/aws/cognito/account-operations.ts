import * as z from 'zod/mini';
import { AwsError } from '../aws-error.ts';
import type { Operations } from '../service.ts';
import { operation } from '../service.ts';
import {
  askPreSignUp,
  confirm,
  createByAdmin,
  newUser,
  proveCode,
  refuseTakenAlias,
  sendConfirmation,
  shown,
  subOf,
} from './accounts.ts';
import { bearer, open } from './auth-operations.ts';
import { checkSecretHash } from './directory.ts';
import { checkPolicy } from './passwords.ts';
import type { World } from './world.ts';

const strings = z.optional(z.record(z.string(), z.string()));
const attributes = z.optional(z.array(z.object({ Name: z.string(), Value: z.optional(z.string()) })));
const byClient = z.looseObject({
  ClientId: z.string(),
  Username: z.string(),
  SecretHash: z.optional(z.string()),
  ClientMetadata: strings,
});
const inPool = z.looseObject({ UserPoolId: z.string(), Username: z.string(), ClientMetadata: strings });
const adminCreate = z.extend(inPool, {
  UserAttributes: attributes,
  TemporaryPassword: z.optional(z.string()),
  MessageAction: z.optional(z.string()),
  DesiredDeliveryMediums: z.optional(z.array(z.string())),
});
const notFound = () => new AwsError('UserNotFoundException', 'Username/client id combination not found.');

/** Sign-up, codes and passwords. */
export function accountOperations(world: World): Operations {
  return { ...ownAccount(world), ...forgottenPassword(world), ...byAdministrator(world) };
}

/** The client, proven by its secret hash, and whom the call is about. */
async function addressed(world: World, input: z.output<typeof byClient>) {
  const client = world.directory.client(input.ClientId);
  checkSecretHash(client, input.Username, input.SecretHash);
  const user = await world.directory.find(client.pool, input.Username);
  return {
    client,
    pool: client.pool,
    user,
    sender: { clientId: input.ClientId, clientMetadata: input.ClientMetadata },
  };
}

function ownAccount(world: World): Operations {
  const signUp = z.extend(byClient, { Password: z.string(), UserAttributes: attributes });
  const write = { ...open, writes: true };
  return {
    SignUp: operation(signUp, write, async (input) => {
      const { pool, sender } = await addressed(world, input);
      if (pool.definition.adminCreateOnly)
        throw new AwsError('NotAuthorizedException', 'SignUp is not permitted for this user pool');
      checkPolicy(pool, input.Password);
      const given = {
        username: input.Username,
        attributes: input.UserAttributes ?? [],
        password: input.Password,
        status: 'UNCONFIRMED',
      };
      const user = await askPreSignUp(world, pool, await newUser(world, pool, given), 'PreSignUp_SignUp', sender);
      await refuseTakenAlias(world, pool, user);
      await world.directory.save(pool, user);
      const answer = { UserSub: subOf(user), UserConfirmed: user.UserStatus === 'CONFIRMED' };
      if (answer.UserConfirmed) {
        await confirm(world, pool, user, {}, 'PostConfirmation_ConfirmSignUp', sender);
        return answer;
      }
      if (!pool.definition.autoVerifiedAttributes?.length) return answer;
      return { ...answer, CodeDeliveryDetails: await sendConfirmation(world, pool, user, 'SignUp', sender) };
    }),
    ConfirmSignUp: operation(z.extend(byClient, { ConfirmationCode: z.string() }), write, async (input) => {
      const { pool, user, sender } = await addressed(world, input);
      if (!user) throw notFound();
      if (user.UserStatus !== 'UNCONFIRMED')
        throw new AwsError('NotAuthorizedException', `User cannot be confirmed. Current status is ${user.UserStatus}`);
      const proven = proveCode(world, user, 'SignUp', input.ConfirmationCode);
      await confirm(world, pool, user, { proven }, 'PostConfirmation_ConfirmSignUp', sender);
    }),
    ResendConfirmationCode: operation(byClient, write, async (input) => {
      const { pool, user, sender } = await addressed(world, input);
      if (!user) throw notFound();
      if (user.UserStatus !== 'UNCONFIRMED')
        throw new AwsError('InvalidParameterException', 'User is already confirmed.');
      return { CodeDeliveryDetails: await sendConfirmation(world, pool, user, 'ResendCode', sender) };
    }),
    ChangePassword: operation(
      z.looseObject({ AccessToken: z.string(), PreviousPassword: z.string(), ProposedPassword: z.string() }),
      write,
      async (input) => {
        const { client, user } = await bearer(world, input.AccessToken);
        world.lockout.check(client.pool, user.Username);
        if (user.Password !== input.PreviousPassword) {
          world.lockout.failed(client.pool, user.Username);
          throw new AwsError('NotAuthorizedException', 'Incorrect username or password.');
        }
        checkPolicy(client.pool, input.ProposedPassword);
        await world.directory.save(client.pool, { ...user, Password: input.ProposedPassword });
      },
    ),
  };
}

function forgottenPassword(world: World): Operations {
  const write = { ...open, writes: true };
  return {
    ForgotPassword: operation(byClient, write, async (input) => {
      const { client, pool, user, sender } = await addressed(world, input);
      // Whoever asks about a stranger gets the same kind of answer and nobody gets a code.
      if (!user && client.definition.preventUserExistenceErrors)
        return { CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'a***@e***' } };
      if (!user) throw notFound();
      if (!user.Enabled) throw new AwsError('NotAuthorizedException', 'User is disabled.');
      return { CodeDeliveryDetails: await sendConfirmation(world, pool, user, 'ForgotPassword', sender) };
    }),
    ConfirmForgotPassword: operation(
      z.extend(byClient, { ConfirmationCode: z.string(), Password: z.string() }),
      write,
      async (input) => {
        const { client, pool, user, sender } = await addressed(world, input);
        if (!user && client.definition.preventUserExistenceErrors)
          throw new AwsError('CodeMismatchException', 'Invalid verification code provided, please try again.');
        if (!user) throw notFound();
        const proven = proveCode(world, user, 'ForgotPassword', input.ConfirmationCode);
        checkPolicy(pool, input.Password);
        world.lockout.succeeded(pool, user.Username);
        await confirm(
          world,
          pool,
          user,
          { proven, Password: input.Password },
          'PostConfirmation_ConfirmForgotPassword',
          sender,
        );
      },
    ),
  };
}

function byAdministrator(world: World): Operations {
  const admin = (action: string) => ({
    writes: true,
    needs: (input: { UserPoolId: string }) => [
      { action: `cognito-idp:${action}`, resources: [world.directory.pool(input.UserPoolId).definition.arn] },
    ],
  });
  const found = async (input: { UserPoolId: string; Username: string }) => {
    const pool = world.directory.pool(input.UserPoolId);
    const user = await world.directory.find(pool, input.Username);
    if (!user) throw new AwsError('UserNotFoundException', 'User does not exist.');
    return { pool, user };
  };
  const setPassword = z.extend(inPool, { Password: z.string(), Permanent: z.optional(z.boolean()) });
  return {
    AdminCreateUser: operation(adminCreate, admin('AdminCreateUser'), async (input) => ({
      User: shown(
        await createByAdmin(world, world.directory.pool(input.UserPoolId), {
          username: input.Username,
          attributes: input.UserAttributes ?? [],
          password: input.TemporaryPassword,
          action: input.MessageAction,
          media: input.DesiredDeliveryMediums ?? ['SMS'],
          clientMetadata: input.ClientMetadata,
        }),
      ),
    })),
    AdminSetUserPassword: operation(setPassword, admin('AdminSetUserPassword'), async (input) => {
      const { pool, user } = await found(input);
      checkPolicy(pool, input.Password);
      const UserStatus = input.Permanent ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD';
      await world.directory.save(pool, { ...user, Password: input.Password, UserStatus });
    }),
    AdminResetUserPassword: operation(inPool, admin('AdminResetUserPassword'), async (input) => {
      const { pool, user } = await found(input);
      const reset = { ...user, UserStatus: 'RESET_REQUIRED' };
      await sendConfirmation(world, pool, reset, 'ForgotPassword', {
        clientId: undefined,
        clientMetadata: input.ClientMetadata,
      });
    }),
    AdminConfirmSignUp: operation(inPool, admin('AdminConfirmSignUp'), async (input) => {
      const { pool, user } = await found(input);
      if (user.UserStatus !== 'UNCONFIRMED')
        throw new AwsError('NotAuthorizedException', `User cannot be confirmed. Current status is ${user.UserStatus}`);
      const sender = { clientId: undefined, clientMetadata: input.ClientMetadata };
      await confirm(world, pool, user, {}, 'PostConfirmation_ConfirmSignUp', sender);
    }),
  };
}
