import type { Role } from '../shared/shapes.ts';

export type Tokens = { readonly accessToken: string; readonly refreshToken: string; readonly expiresInSeconds: number };

/** What the pool says to a step of a sign-in. `username` is the pool's own, not what was typed. */
export type PoolAnswer =
  | { readonly kind: 'tokens'; readonly tokens: Tokens }
  | { readonly kind: 'totp' | 'new-password' | 'code'; readonly session: string; readonly username: string }
  /** `wrong`: unknown account, wrong password, or a code that does not fit. `over`: the session has ended. */
  | { readonly kind: 'refused'; readonly why: 'wrong' | 'over' };

export type PoolAccount = {
  /** The `sub` of its tokens; our user id. */
  readonly userId: string;
  readonly username: string;
  readonly email?: string;
  readonly phone?: string;
  readonly enabled: boolean;
  /** Invited and not yet signed in with the temporary password. */
  readonly invited: boolean;
};

export type NewAccount = {
  readonly username: string;
  /** Verified contacts by which the account can be found; taken ones refuse the account. */
  readonly email?: string;
  readonly phone?: string;
  readonly language: string;
  readonly roles: readonly Role[];
  readonly password: string;
  /** Invited: the first sign-in asks for a new one. */
  readonly temporary: boolean;
};

/** What we need of Cognito. Tokens come only through here: the client's secret never leaves our back-end. */
export type UserPool = {
  /** The client's secret, from which keys of ours are derived. */
  secret(): Promise<string>;
  signIn(name: string, password: string): Promise<PoolAnswer>;
  /** Sends a code by SMS through the pool's own challenge. */
  startCode(name: string): Promise<PoolAnswer>;
  answer(
    kind: 'totp' | 'new-password' | 'code',
    step: { readonly username: string; readonly session: string },
    value: string,
  ): Promise<PoolAnswer>;
  /** A new TOTP secret for the holder of the token. */
  beginTotp(accessToken: string): Promise<string>;
  finishTotp(accessToken: string, code: string): Promise<'right' | 'wrong'>;
  preferTotp(username: string): Promise<void>;
  refresh(refreshToken: string): Promise<Tokens | undefined>;
  revoke(refreshToken: string): Promise<void>;
  find(name: string): Promise<PoolAccount | undefined>;
  /** 'taken': the username, e-mail or phone belongs to another account. */
  create(account: NewAccount): Promise<PoolAccount | 'taken'>;
  /** 'too-weak': the pool's own policy says no. */
  setPassword(username: string, password: string, temporary: boolean): Promise<'set' | 'too-weak'>;
  setEnabled(username: string, enabled: boolean): Promise<void>;
  setRole(username: string, role: Role, holds: boolean): Promise<void>;
  /** Ends every refresh token. */
  signOutEverywhere(username: string): Promise<void>;
};
