import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { CognitoServiceImpl } from 'cognito-local/lib/services/cognitoService.js';
import type { Context } from 'cognito-local/lib/services/context.js';
import type { User, UserPoolService } from 'cognito-local/lib/services/userPoolService.js';
import { attributesToRecord, UserPoolServiceFactoryImpl } from 'cognito-local/lib/services/userPoolService.js';
import { AwsError } from '../aws-error.ts';
import type { LocalSecrets } from '../local-secrets.ts';
import type { AwsOptions, UserPoolClientDef, UserPoolDef } from '../types.ts';
import type { MemoryStores } from './memory-store.ts';

export type { User } from 'cognito-local/lib/services/userPoolService.js';
export type Pool = { definition: UserPoolDef; service: UserPoolService };
export type Client = { pool: Pool; definition: UserPoolClientDef; secret: string | undefined };

const silent = () => {};
const logger: Context['logger'] = { child: () => logger, debug: silent, error: silent, info: silent, warn: silent };
/** The library logs passwords and tokens at debug level: nothing of it is kept. */
export const context: Context = { logger };

export type Directory = {
  cognito: CognitoServiceImpl;
  pool(id: string): Pool;
  client(id: string): Client;
  clientSecret(id: string): string;
  /** By user name, `sub`, or a verified alias, without regard to case. */
  find(pool: Pool, name: string): Promise<User | undefined>;
  aliasTaken(pool: Pool, user: { Username: string; Attributes: User['Attributes'] }): Promise<boolean>;
  save(pool: Pool, user: User): Promise<void>;
};

/** The users, groups and clients of every pool, kept by cognito-local's own services. */
export async function openDirectory(
  options: AwsOptions,
  stores: MemoryStores,
  secrets: LocalSecrets,
): Promise<Directory> {
  const clock = { get: () => new Date(options.now()) };
  const clients = await stores.create(context, 'clients', { Clients: {} });
  const cognito = new CognitoServiceImpl(options.dataDir, clients, {}, new UserPoolServiceFactoryImpl(clock, stores));
  Object.assign(cognito, { userPools: [] });
  const pools = new Map<string, Pool>();
  const secretOf = (id: string) =>
    secrets.get(`user-pool-client-${id}`, () => randomBytes(32).toString('hex').slice(0, 52));
  for (const definition of options.resources.userPools) {
    await cognito.createUserPool(context, poolOptions(definition));
    const service = await cognito.getUserPool(context, definition.id);
    for (const client of definition.clients)
      await service.saveAppClient(context, clientOptions(definition, client, options.now()));
    for (const GroupName of definition.groups)
      if (!(await service.getGroupByGroupName(context, GroupName)))
        await service.saveGroup(context, { GroupName, CreationDate: clock.get(), LastModifiedDate: clock.get() });
    pools.set(definition.id, { definition, service });
  }
  const pool = (id: string) => {
    const found = pools.get(id);
    if (!found) throw new AwsError('ResourceNotFoundException', `User pool ${id} does not exist.`);
    return found;
  };
  return {
    cognito,
    pool,
    clientSecret: secretOf,
    client(id) {
      for (const one of pools.values())
        for (const definition of one.definition.clients)
          if (definition.id === id)
            return { pool: one, definition, secret: definition.generateSecret ? secretOf(id) : undefined };
      throw new AwsError('ResourceNotFoundException', `User pool client ${id} does not exist.`);
    },
    async find(where, name) {
      const exact = await where.service.getUserByUsername(context, name);
      if (exact) return exact;
      const users = await where.service.listUsers(context);
      return users.find((user) => isCalled(where.definition, user, name.toLowerCase()));
    },
    async aliasTaken(where, user) {
      const mine = aliasesOf(where.definition, user);
      const users = await where.service.listUsers(context);
      return users.some(
        (other) =>
          other.Username !== user.Username && aliasesOf(where.definition, other).some((alias) => mine.includes(alias)),
      );
    },
    save: (where, user) => where.service.saveUser(context, { ...user, UserLastModifiedDate: clock.get() }),
  };
}

function poolOptions(definition: UserPoolDef) {
  const custom = (definition.customAttributes ?? []).map((Name) => ({
    Name,
    AttributeDataType: 'String',
    Mutable: true,
  }));
  return {
    Id: definition.id,
    Arn: definition.arn,
    MfaConfiguration: definition.mfa,
    SchemaAttributes: custom,
    ...(definition.usernameAttributes?.length ? { UsernameAttributes: definition.usernameAttributes } : {}),
    ...(definition.aliasAttributes?.length ? { AliasAttributes: definition.aliasAttributes } : {}),
    ...(definition.autoVerifiedAttributes?.length ? { AutoVerifiedAttributes: definition.autoVerifiedAttributes } : {}),
  };
}

function clientOptions(pool: UserPoolDef, client: UserPoolClientDef, now: number) {
  const date = new Date(now);
  return {
    ClientId: client.id,
    ClientName: client.id,
    UserPoolId: pool.id,
    CreationDate: date,
    LastModifiedDate: date,
    RefreshTokenValidity: client.refreshTokenSeconds,
    ExplicitAuthFlows: client.explicitAuthFlows,
  };
}

function isCalled(pool: UserPoolDef, user: User, name: string): boolean {
  return user.Username.toLowerCase() === name || aliasesOf(pool, user).includes(name);
}

/** An alias counts once it is verified; a pool whose user names are e-mail addresses takes them at once. */
function aliasesOf(pool: UserPoolDef, user: { Attributes: User['Attributes'] }): string[] {
  const values = attributesToRecord(user.Attributes);
  return ['email', 'phone_number'].flatMap((name) => {
    const value = values[name]?.toLowerCase();
    if (value === undefined) return [];
    if (pool.usernameAttributes?.includes(name)) return [value];
    return pool.aliasAttributes?.includes(name) && values[`${name}_verified`] === 'true' ? [value] : [];
  });
}

/** A confidential client proves itself with `HMAC-SHA256(secret, user name + client id)`. */
export function checkSecretHash(client: Client, username: string, given: string | undefined): void {
  if (client.secret === undefined) return;
  const { id } = client.definition;
  if (given === undefined)
    throw new AwsError(
      'NotAuthorizedException',
      `Client ${id} is configured with secret but SECRET_HASH was not received`,
    );
  const expected = createHmac('sha256', client.secret).update(`${username}${id}`).digest();
  const received = Buffer.from(given, 'base64');
  if (received.length !== expected.length || !timingSafeEqual(received, expected))
    throw new AwsError('NotAuthorizedException', `SecretHash does not match for the client: ${id}`);
}
