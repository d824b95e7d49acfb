import type { AwsOptions } from '../types.ts';
import type { Codes } from './codes.ts';
import type { Client, Directory, Pool, User } from './directory.ts';
import { context } from './directory.ts';
import type { Lockout } from './passwords.ts';
import type { RefreshTokens } from './refresh-tokens.ts';
import type { Sessions } from './sessions.ts';
import type { SoftwareTokens } from './software-tokens.ts';
import type { TokenSource, Tokens } from './tokens.ts';
import type { Triggers } from './triggers.ts';

export type Metadata = Record<string, string> | undefined;
export type AuthenticationResult = {
  AccessToken: string;
  IdToken: string;
  ExpiresIn: number;
  TokenType: 'Bearer';
  RefreshToken?: string;
};
export type AuthAnswer =
  | { AuthenticationResult: AuthenticationResult; ChallengeParameters: Record<string, string> }
  | { ChallengeName: string; Session: string; ChallengeParameters: Record<string, string> };

/** Everything that Cognito's operations share. */
export type World = {
  options: AwsOptions;
  directory: Directory;
  tokens: Tokens;
  refresh: RefreshTokens;
  triggers: Triggers;
  lockout: Lockout;
  sessions: Sessions;
  softwareTokens: SoftwareTokens;
  codes: Codes;
};

/** Ends a sign-in: PostAuthentication, then tokens of a new family. */
export async function grantTokens(
  world: World,
  client: Client,
  user: User,
  source: TokenSource,
  clientMetadata: Metadata,
): Promise<AuthAnswer> {
  const asked = { pool: client.pool, clientId: client.definition.id, user, username: user.Username };
  const request = { newDeviceUsed: false, ...(clientMetadata ? { clientMetadata } : {}) };
  await world.triggers.run('PostAuthentication', { ...asked, source: 'PostAuthentication_Authentication' }, request);
  const { token, grant } = world.refresh.begin(client, user.Username);
  const groups = await groupsOf(client.pool, user);
  const issued = await world.tokens.issue(client, user, groups, { ...grant, source, clientMetadata });
  return { AuthenticationResult: { ...issued, RefreshToken: token }, ChallengeParameters: {} };
}

export function groupsOf(pool: Pool, user: User): Promise<readonly string[]> {
  return pool.service.listUserGroupMembership(context, user);
}
