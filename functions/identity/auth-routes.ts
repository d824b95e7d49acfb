import * as z from 'zod/mini';
import { type Access, noContent, type Reply, type Route, reply, route } from '../shared/http.ts';
import { Refusal } from '../shared/refusal.ts';
import type { RequestTools } from '../shared/request.ts';
import {
  CodeInput,
  ConfirmPasswordInput,
  ConfirmRegistrationInput,
  ForgotPasswordInput,
  Grant,
  InvitationView,
  JoinInput,
  LockedDevice,
  NewPasswordInput,
  OpenInvitationInput,
  PasswordSignIn,
  PhoneSignIn,
  RegisterInput,
  SignInStep,
  UnlockInput,
} from './contract.ts';
import { clearedCookies } from './cookies.ts';
import { inEvenTime, refusedInEvenTime } from './even-time.ts';
import { confirmForgotPassword, forgotPassword } from './forgot-password.ts';
import type { Granted } from './grant.ts';
import type { IdentityTools } from './identity-tools.ts';
import { join, viewInvitation } from './join.ts';
import { confirmPhoneCode, sendPhoneCode } from './phone-sign-in.ts';
import { confirmRegistration, register } from './register.ts';
import { deviceState, lockDevice, refreshSession, signOut, unlockSession } from './sessions.ts';
import { confirmTotp, confirmTotpSetup, type Stepped, setNewPassword, signIn } from './sign-in.ts';

type Means = Pick<IdentityTools, 'pool' | 'post'>;
const Empty = z.object({});

/** The doors without a token. Each checks that the request comes from our own pages before it does anything. */
export function authRoutes(means: Means): Route[] {
  const door = <B extends z.ZodMiniType, A extends z.ZodMiniType>(
    path: string,
    summary: string,
    because: string,
    shapes: { body: B; answer: A },
    act: (tools: IdentityTools, body: z.output<B>) => Promise<Reply<z.output<A>>>,
  ): Route => {
    const access: Access = { who: 'anyone', because };
    return route({
      method: 'POST',
      path: `/api/auth${path}`,
      summary,
      access,
      ...shapes,
      act: async (tools, { body }) => {
        refuseForeignPage(tools);
        // The route's body shape is given, so there is a body.
        return await act({ ...tools, ...means }, z.parse(shapes.body, body));
      },
    });
  };
  const stepping = <B extends z.ZodMiniType>(
    path: string,
    summary: string,
    because: string,
    body: B,
    act: (tools: IdentityTools, body: z.output<B>) => Promise<Stepped>,
  ) =>
    door(path, summary, because, { body, answer: SignInStep }, async (tools, given) =>
      stepped(await act(tools, given)),
    );
  const start = 'this is how people sign in';
  const proof = 'the sealed state of the step before';
  const cookie = 'the session cookie';
  return [
    stepping('/sign-in', 'Sign in with a password', start, PasswordSignIn, signIn),
    stepping('/phone', 'Send a sign-in code by SMS', start, PhoneSignIn, even(sendPhoneCode)),
    stepping('/phone/confirm', 'Sign in with the code', proof, CodeInput, evenWhenRefused(confirmPhoneCode)),
    stepping('/totp', 'Pass TOTP', proof, CodeInput, confirmTotp),
    stepping('/totp-setup', 'Set up an authenticator', proof, CodeInput, confirmTotpSetup),
    stepping('/new-password', 'Choose a password after an invitation', proof, NewPasswordInput, setNewPassword),
    stepping('/register', 'Register as a patient', 'card and contact of the clinic', RegisterInput, even(register)),
    stepping('/register/confirm', 'Finish registration', proof, ConfirmRegistrationInput, confirmRegistration),
    stepping('/forgot', 'Ask for a code to set a password', start, ForgotPasswordInput, even(forgotPassword)),
    stepping('/join', 'Make a supporter account', 'the token of the invitation', JoinInput, join),
    door(
      '/forgot/confirm',
      'Set a password by code',
      proof,
      { body: ConfirmPasswordInput, answer: z.undefined() },
      async (tools, body) => {
        await confirmForgotPassword(tools, body);
        return noContent;
      },
    ),
    door(
      '/invitation',
      'Look at an invitation',
      'the token of the invitation',
      { body: OpenInvitationInput, answer: InvitationView },
      async (tools, body) => reply(await viewInvitation(tools, body.token), { status: 200 }),
    ),
    door('/refresh', 'Refresh the access token', cookie, { body: Empty, answer: Grant }, async (tools) =>
      granted(await refreshSession(tools)),
    ),
    door('/unlock', 'Open the shift with the PIN', cookie, { body: UnlockInput, answer: Grant }, async (tools, body) =>
      granted(await unlockSession(tools, body.pin)),
    ),
    door(
      '/device',
      'See who is trusted on this device',
      cookie,
      { body: Empty, answer: z.optional(LockedDevice) },
      async (tools) => {
        const device = await deviceState(tools);
        return device ? reply(device, { status: 200 }) : noContent;
      },
    ),
    door('/lock', 'Lock this device', cookie, { body: Empty, answer: z.undefined() }, async (tools) => {
      await lockDevice(tools);
      return noContent;
    }),
    door('/sign-out', 'Sign out', cookie, { body: Empty, answer: z.undefined() }, async (tools) => {
      await signOut(tools);
      return reply(undefined, { status: 204, cookies: clearedCookies });
    }),
  ];
}

type Act<B> = (tools: IdentityTools, body: B) => Promise<Stepped>;

function even<B>(act: Act<B>): Act<B> {
  return (tools, body) => inEvenTime(() => act(tools, body));
}

function evenWhenRefused<B>(act: Act<B>): Act<B> {
  return (tools, body) => refusedInEvenTime(() => act(tools, body));
}

function stepped({ step, cookies }: Stepped): Reply<z.infer<typeof SignInStep>> {
  return reply(step, { status: 200, cookies });
}

function granted({ grant, cookies }: Granted): Reply<Grant> {
  return reply(grant, { status: 200, cookies });
}

/**
 * Cookies travel with these requests, so another site must not be able to make them: the Origin must be ours, and the
 * header is one that no page of another origin can set without asking us first.
 */
function refuseForeignPage(tools: RequestTools): void {
  const origin = tools.request.header('origin');
  if (origin !== tools.env('APP_ORIGIN') || tools.request.header('x-careconnect-csrf') === undefined)
    throw new Refusal('forbidden', 'foreign-page', 'Use the pages of the application.');
}
