import { AwsError } from '../aws-error.ts';
import type { AwsOptions } from '../types.ts';
import type { Directory, Pool, User } from './directory.ts';
import { newTotpSecret, totpStep } from './totp.ts';

export type MfaPreference = { Enabled?: boolean | undefined; PreferredMfa?: boolean | undefined };
export type SoftwareTokens = {
  /** A new secret, which counts only once a code of it has been given. */
  associate(pool: Pool, username: string): string;
  confirm(pool: Pool, user: User, code: string, secret?: string, deviceName?: string): Promise<void>;
  /** Refuses a wrong code, and a right one that was used before. */
  check(pool: Pool, user: User, code: string): void;
  prefer(pool: Pool, user: User, preference: MfaPreference): Promise<void>;
  isOn(user: User): boolean;
};

const method = 'SOFTWARE_TOKEN_MFA';

/** Time-based one-time passwords, by the moved clock. */
export function softwareTokenBook(options: Pick<AwsOptions, 'now'>, directory: Directory): SoftwareTokens {
  const pending = new Map<string, string>();
  const usedSteps = new Map<string, number>();
  const key = (pool: Pool, username: string) => `${pool.definition.id}/${username}`;
  return {
    isOn: (user) => user.UserMFASettingList?.includes(method) ?? false,
    associate(pool, username) {
      const secret = newTotpSecret();
      pending.set(key(pool, username), secret);
      return secret;
    },
    async confirm(pool, user, code, given, deviceName) {
      const Secret = given ?? pending.get(key(pool, user.Username));
      if (Secret === undefined || totpStep(Secret, code, options.now()) === undefined)
        throw new AwsError('EnableSoftwareTokenMFAException', 'Code mismatch');
      pending.delete(key(pool, user.Username));
      const named = deviceName === undefined ? {} : { FriendlyDeviceName: deviceName };
      await directory.save(pool, { ...user, SoftwareTokenMfaConfiguration: { Secret, Verified: true, ...named } });
    },
    check(pool, user, code) {
      const secret = user.SoftwareTokenMfaConfiguration?.Secret;
      const step = secret === undefined ? undefined : totpStep(secret, code, options.now());
      if (step === undefined) throw new AwsError('CodeMismatchException', 'Invalid code received for user');
      if (usedSteps.get(key(pool, user.Username)) === step)
        throw new AwsError('ExpiredCodeException', 'Your software token has already been used once.');
      usedSteps.set(key(pool, user.Username), step);
    },
    async prefer(pool, user, preference) {
      if (preference.Enabled && !user.SoftwareTokenMfaConfiguration?.Verified)
        throw new AwsError('InvalidParameterException', 'User has not verified software token mfa');
      const others = (user.UserMFASettingList ?? []).filter((one) => one !== method);
      const { PreferredMfaSetting: preferred, ...rest } = user;
      const keeps = preference.Enabled && (preference.PreferredMfa || preferred === method);
      await directory.save(pool, {
        ...rest,
        UserMFASettingList: preference.Enabled ? [...others, method] : others,
        ...(keeps ? { PreferredMfaSetting: method } : {}),
      });
    },
  };
}
