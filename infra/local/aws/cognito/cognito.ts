import type { OpenRoute } from '../front-door.ts';
import type { LocalSecrets } from '../local-secrets.ts';
import type { Outbox } from '../outbox.ts';
import type { Service } from '../service.ts';
import { jsonService } from '../service.ts';
import type { AwsOptions } from '../types.ts';
import { accountOperations } from './account-operations.ts';
import { authOperations } from './auth-operations.ts';
import { codesTo } from './codes.ts';
import { openDirectory } from './directory.ts';
import { libraryOperations } from './library-operations.ts';
import { memoryStores } from './memory-store.ts';
import { lockoutBook } from './passwords.ts';
import type { RefreshTokens } from './refresh-tokens.ts';
import { refreshTokenBook } from './refresh-tokens.ts';
import { sessionBook } from './sessions.ts';
import { softwareTokenBook } from './software-tokens.ts';
import { tokenMint } from './tokens.ts';
import { triggersOf } from './triggers.ts';
import type { World } from './world.ts';

export type CognitoState = {
  stores: Record<string, Record<string, unknown>>;
  refresh: ReturnType<RefreshTokens['dump']>;
};
export type Cognito = {
  service: Service;
  keys: OpenRoute;
  issuer(poolId: string): string;
  clientSecret(clientId: string): string;
  dump(): CognitoState;
};

/** User pools: cognito-local keeps the users, groups and attributes; signing in and everything about it is ours. */
export async function startCognito(
  options: AwsOptions,
  secrets: LocalSecrets,
  outbox: Outbox,
  restored: CognitoState | undefined,
): Promise<Cognito> {
  const stores = memoryStores();
  if (restored) stores.load(restored.stores);
  const directory = await openDirectory(options, stores, secrets);
  const triggers = triggersOf(options);
  const refresh = refreshTokenBook(options);
  if (restored) refresh.load(restored.refresh);
  const world: World = {
    options,
    directory,
    triggers,
    refresh,
    tokens: tokenMint(options, secrets, triggers),
    lockout: lockoutBook(options),
    sessions: sessionBook(options),
    softwareTokens: softwareTokenBook(options, directory),
    codes: codesTo(outbox, triggers, () => directory),
  };
  const operations = { ...libraryOperations(world), ...accountOperations(world), ...authOperations(world) };
  return {
    service: jsonService('cognito-idp', operations),
    keys: {
      path: /^\/cognito\/[^/]+\/\.well-known\/jwks\.json$/,
      answer: () => ({
        status: 200,
        headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
        body: JSON.stringify(world.tokens.jwks()),
      }),
    },
    issuer: world.tokens.issuer,
    clientSecret: directory.clientSecret,
    dump: () => ({ stores: stores.dump(), refresh: refresh.dump() }),
  };
}
