import type { Grant, SignInStep } from '../../../functions/identity/contract.ts';
import { ask, post } from '../shell/api.ts';
import { isProblem, Problem } from '../shell/problem.ts';
import { language } from '../text/text.ts';

const door = <T>(path: string, body: object) => post<T>(`/api/auth/${path}`, body, { cookieRoute: true });

/** What this device is called in the list of sessions: a kind of browser on a kind of machine, nothing more. */
function device(): string {
  const agent = navigator.userAgent;
  const browser = /Firefox|Edg|OPR|SamsungBrowser|Chrome|Safari/.exec(agent)?.[0] ?? 'Browser';
  const machine = /Android|iPhone|iPad|Windows|Macintosh|CrOS|Linux/.exec(agent)?.[0] ?? '';
  return `${browser === 'Edg' ? 'Edge' : browser}${machine ? ` · ${machine}` : ''}`;
}

export const auth = {
  withPassword: (name: string, password: string) =>
    door<SignInStep>('sign-in', { name: name.trim(), password, device: device() }),
  sendCode: (phone: string) => door<SignInStep>('phone', { phone, language: language.get(), device: device() }),
  confirmCode: (state: string, code: string) => door<Grant>('phone/confirm', { state, code }),
  confirmTotp: (state: string, code: string) => door<Grant>('totp', { state, code }),
  confirmTotpSetup: (state: string, code: string) => door<Grant>('totp-setup', { state, code }),
  newPassword: (state: string, password: string) => door<SignInStep>('new-password', { state, password }),
  unlock: (pin: string) => door<Grant>('unlock', { pin }),
  setPin: (pin: string, password: string) => ask('/api/identity/me/pin', { method: 'PUT', body: { pin, password } }),
  register: (body: { card: string; phone?: string; email?: string; activation?: string }) =>
    door<SignInStep>('register', { ...body, language: language.get() }),
  confirmRegistration: (state: string, code: string, password: string) =>
    door<Grant>('register/confirm', { state, code, ...(password && { password }), device: device() }),
  forgot: (name: string) => door<SignInStep>('forgot', { name: name.trim(), language: language.get() }),
  confirmForgot: (state: string, code: string, password: string) =>
    door<undefined>('forgot/confirm', { state, code, password }),
};

export type CodeSent = Extract<SignInStep, { step: 'code-sent' }>;

/** Which words of the sign-in area say it best; undefined: the general sentence for problems does. */
export function doorProblem(error: unknown) {
  if (isProblem(error, 'wrong-credentials')) return 'staff.wrong' as const;
  if (isProblem(error, 'wrong-code')) return 'code.wrong' as const;
  if (isProblem(error, 'state-expired')) return 'state.old' as const;
  if (isProblem(error, 'wrong-pin')) return 'pin.wrong' as const;
  return undefined;
}

export function triesLeft(error: unknown): number | undefined {
  const left = error instanceof Problem ? error.document.triesLeft : undefined;
  return typeof left === 'number' ? left : undefined;
}
