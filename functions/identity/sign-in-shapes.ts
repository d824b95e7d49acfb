import * as z from 'zod/mini';
import { Email, Instant, line, Phone, Role } from '../shared/shapes.ts';
import { Language } from './language-shapes.ts';

/** Opaque and sealed by us: what the next step of a sign-in hands back. Holds for ten minutes. */
const Step = z.string().check(z.minLength(20), z.maxLength(12_000));
/** Six digits, as sent by SMS or e-mail or shown by an authenticator. */
export const Digits = z.string().check(z.regex(/^\d{6}$/));
/** Length instead of composition (OWASP ASVS 5.0, 6.2.1). */
export const NewPassword = z.string().check(z.minLength(12), z.maxLength(128));
export const Pin = z.string().check(z.regex(/^\d{6}$/));
const Password = z.string().check(z.minLength(1), z.maxLength(256));
/** What this device is called in the list of sessions. */
const DeviceName = z.optional(line(60, 0));

/** The person who looks, as every screen needs them. */
export const Viewer = z.object({
  userId: z.string(),
  roles: z.array(Role),
  displayName: z.string(),
  language: z.string(),
  /** The patient whose own account this is. */
  patientId: z.optional(z.string()),
  /** Their own first, then those that they stand in for now. `zone`: the team's, in which its days are read. */
  teams: z.array(
    z.object({ teamId: z.string(), name: z.string(), zone: z.optional(z.string()), coverUntil: z.optional(Instant) }),
  ),
  organisationIds: z.array(z.string()),
  supports: z.array(z.object({ patientId: z.string(), name: z.string() })),
  zone: z.optional(z.string()),
});
export type Viewer = z.infer<typeof Viewer>;

/** What every finished sign-in and every refresh answers. The refresh token is in an HttpOnly cookie, never here. */
export const Grant = z.object({
  step: z.literal('done'),
  accessToken: z.string(),
  expiresInSeconds: z.int(),
  viewer: Viewer,
  /** Staff: whether a shift PIN is set on this account; without one a locked device asks for password and TOTP. */
  pinSet: z.optional(z.boolean()),
  /** Staff: until then this device asks for the PIN only. */
  trustedUntil: z.optional(Instant),
});
export type Grant = z.infer<typeof Grant>;

/** The state of a device that is trusted for a shift but locked. */
export const LockedDevice = z.object({
  step: z.literal('pin'),
  displayName: z.string(),
  triesLeft: z.int(),
  trustedUntil: Instant,
});
export type LockedDevice = z.infer<typeof LockedDevice>;

/** Where a sign-in stands. Everything but `done` goes on with the route named beside it. */
export const SignInStep = z.discriminatedUnion('step', [
  Grant,
  /** → `confirmCode` (sign-in by phone), `confirmRegistration`, `confirmPassword` (forgotten), `confirmInvitation` */
  z.object({ step: z.literal('code-sent'), state: Step, sentTo: z.enum(['phone', 'email']), validMinutes: z.int() }),
  /** → `confirmTotp` */
  z.object({ step: z.literal('totp'), state: Step }),
  /** → `confirmTotpSetup`; draw `uri` as a QR code and show `secret` for typing */
  z.object({ step: z.literal('totp-setup'), state: Step, secret: z.string(), uri: z.string() }),
  /** First sign-in with the invitation's code. → `setNewPassword` */
  z.object({ step: z.literal('new-password'), state: Step }),
  /** → `unlock` */
  LockedDevice,
]);
export type SignInStep = z.infer<typeof SignInStep>;

/** Staff: e-mail. Patients: the code on their card. */
export const PasswordSignIn = z.object({
  name: line(254, 3),
  password: Password,
  device: DeviceName,
});
export const PhoneSignIn = z.object({ phone: Phone, language: z.optional(Language), device: DeviceName });
export const CodeInput = z.object({ state: Step, code: Digits });
export const NewPasswordInput = z.object({ state: Step, password: NewPassword });
export const UnlockInput = z.object({ pin: Pin });

/**
 * A patient makes an account later. `card` is the code on the card. The contact must be the one the clinic has, or
 * `activation` (printed or read out by staff) must be given. Answers `code-sent` in every case.
 */
export const RegisterInput = z.object({
  card: z.string().check(z.minLength(5), z.maxLength(20)),
  phone: z.optional(Phone),
  email: z.optional(Email),
  activation: z.optional(z.string().check(z.maxLength(20))),
  language: z.optional(Language),
});
/** Without a password the account signs in by phone code only. */
export const ConfirmRegistrationInput = z.object({
  state: Step,
  code: Digits,
  password: z.optional(NewPassword),
  device: DeviceName,
});
export const ForgotPasswordInput = z.object({
  name: line(254, 3),
  language: z.optional(Language),
});
export const ConfirmPasswordInput = z.object({ state: Step, code: Digits, password: NewPassword });

/** The words of a supporter's invitation link (`/join#<token>`). */
export const InvitationToken = z.string().check(z.regex(/^[A-Za-z0-9_-]{20,80}$/));
export const OpenInvitationInput = z.object({ token: InvitationToken });
export const InvitationView = z.object({
  /** First name only: the link may be read by somebody else. */
  forWhom: z.string(),
  sentTo: z.enum(['phone', 'email']),
  expiresAt: Instant,
});
/** An account for who has none yet. */
export const JoinInput = z.object({
  token: InvitationToken,
  name: line(120),
  password: z.optional(NewPassword),
  language: z.optional(Language),
  device: DeviceName,
});

export const SessionView = z.object({
  sessionId: z.string(),
  device: z.string(),
  createdAt: Instant,
  lastSeenAt: Instant,
  totpPassed: z.boolean(),
  /** The one that asks. */
  current: z.boolean(),
});
export type SessionView = z.infer<typeof SessionView>;
export const SessionsView = z.object({ sessions: z.array(SessionView) });

export const Me = z.extend(Viewer, {
  email: z.optional(z.string()),
  phone: z.optional(z.string()),
  pinSet: z.boolean(),
  session: z.optional(SessionView),
  version: z.int(),
});
export type Me = z.infer<typeof Me>;
export const MeInput = z.object({
  displayName: z.optional(line(120)),
  language: z.optional(Language),
});
/** The password is asked again, so that a screen left open does not give away the shift. */
export const PinInput = z.object({ pin: Pin, password: Password });
export const ChangePasswordInput = z.object({ password: Password, newPassword: NewPassword });
