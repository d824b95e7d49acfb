import * as z from 'zod/mini';
import { type Grant, SignInStep } from '../../functions/identity/contract.ts';
import { totpCode } from '../../infra/local/control/accounts-view.ts';
import { BrowserSession } from '../product/support/browser-session.ts';
import { type Local, patiently } from './local-cloud.ts';
import type { Caller } from './world.ts';

export type Papers = { readonly signIn: string; readonly password: string; readonly totpSecret: string };

const csrf = { 'x-careconnect-csrf': '1' };

/** Somebody with an account at a screen. Signs in again, password and authenticator, whenever the token is over. */
export class SignedIn implements Caller {
  readonly #local: Local;
  readonly #papers: Papers;
  #current: Promise<BrowserSession> | undefined;
  viewer: z.infer<typeof Grant>['viewer'] | undefined;

  constructor(local: Local, papers: Papers) {
    this.#local = local;
    this.#papers = papers;
  }

  async get(path: string): Promise<unknown> {
    return await this.#call('GET', path, undefined);
  }

  async post(path: string, body: unknown = {}): Promise<unknown> {
    return await this.#call('POST', path, body);
  }

  async put(path: string, body: unknown): Promise<unknown> {
    return await this.#call('PUT', path, body);
  }

  async #call(method: string, path: string, body: unknown): Promise<unknown> {
    const key = { 'idempotency-key': crypto.randomUUID() };
    for (let attempt = 0; ; attempt++) {
      const current = this.#inside();
      const session = await current;
      const answer = await patiently(() => session.send(method, path, body, method === 'GET' ? {} : key));
      if (answer.status < 300) return answer.body;
      // Hostility makes functions die under a request: a person presses the button again.
      if (attempt === 4 || (answer.status !== 401 && answer.status < 500 && answer.status !== 429))
        throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      if (answer.status === 401 && this.#current === current) this.#current = undefined;
    }
  }

  async signIn(): Promise<void> {
    await this.#inside();
  }

  /** Whatever is asked side by side waits for the one sign-in. */
  #inside(): Promise<BrowserSession> {
    this.#current ??= this.#enter();
    return this.#current;
  }

  async #enter(): Promise<BrowserSession> {
    const { signIn, password, totpSecret } = this.#papers;
    const session = new BrowserSession(this.#local.origin);
    const first = await step(session, 'sign-in', { name: signIn, password });
    if (first.step !== 'totp') throw new Error(`${signIn} was asked for ${first.step}`);
    const code = totpCode(totpSecret, Date.parse(await this.#local.now()));
    const done = await step(session, 'totp', { state: first.state, code });
    if (done.step !== 'done') throw new Error(`sign-in stopped at ${done.step}`);
    session.accessToken = done.accessToken;
    this.viewer = done.viewer;
    return session;
  }
}

/** Follows an invitation to its end: the code of the e-mail, a password of one's own, an authenticator. */
export async function acceptInvitation(local: Local, email: string, code: string): Promise<Papers> {
  const session = new BrowserSession(local.origin);
  const password = `pillbox ${crypto.randomUUID()}`;
  const first = await step(session, 'sign-in', { name: email, password: code });
  if (first.step !== 'new-password') throw new Error(`an invitation led to ${first.step}`);
  const second = await step(session, 'new-password', { state: first.state, password });
  if (second.step !== 'totp-setup') throw new Error(`a new password led to ${second.step}`);
  const totp = totpCode(second.secret, Date.parse(await local.now()));
  await step(session, 'totp-setup', { state: second.state, code: totp });
  return { signIn: email, password, totpSecret: second.secret };
}

async function step(session: BrowserSession, name: string, body: unknown): Promise<z.infer<typeof SignInStep>> {
  const { status, body: answer } = await session.post(`/api/auth/${name}`, body, csrf);
  if (status >= 300) throw new Error(`${name}: ${status} ${JSON.stringify(answer)}`);
  return z.parse(SignInStep, answer);
}
