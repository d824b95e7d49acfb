import * as z from 'zod/mini';
import { totpCode } from '../../../infra/local/control/accounts-view.ts';
import { type Answer, BrowserSession } from './browser-session.ts';
import { LiveSocket } from './live-socket.ts';
import { local } from './local.ts';

const Step = z.looseObject({
  step: z.string(),
  state: z.optional(z.string()),
  secret: z.optional(z.string()),
  accessToken: z.optional(z.string()),
  viewer: z.optional(z.looseObject({ userId: z.string() })),
});
type Step = z.infer<typeof Step>;

const csrf = { 'x-careconnect-csrf': '1' };
export const PASSWORD = 'rain on red earth';

/** Somebody with an account and a browser, who signs in again whenever their token has run out. */
export class Person {
  readonly browser = new BrowserSession();
  readonly name: string;
  userId = '';
  /** Where messages reach this person. */
  email = '';
  phone = '';
  readonly signInName: string;
  #password: string;
  #totpSecret: string | undefined;
  #lastCode: string | undefined;

  constructor(name: string, signInName: string, password: string, totpSecret?: string) {
    this.name = name;
    this.signInName = signInName;
    this.#password = password;
    this.#totpSecret = totpSecret;
  }

  /** What they type at the door of the app, too. */
  get password(): string {
    return this.#password;
  }

  /** Through every step that the back-end asks for, as the sign-in screen does. */
  async signIn(): Promise<void> {
    const asked = { name: this.signInName, password: this.#password, device: 'Test' };
    let step = await this.#post('/api/auth/sign-in', asked);
    if (step.step === 'new-password') {
      this.#password = PASSWORD;
      step = await this.#post('/api/auth/new-password', { state: step.state, password: PASSWORD });
    }
    if (step.step === 'totp-setup') {
      this.#totpSecret = step.secret;
      step = await this.#post('/api/auth/totp-setup', { state: step.state, code: await this.freshCode() });
    } else if (step.step === 'totp') {
      step = await this.#post('/api/auth/totp', { state: step.state, code: await this.freshCode() });
    }
    if (step.step !== 'done') throw new Error(`${this.name} stands at ${step.step}`);
    this.browser.accessToken = step.accessToken;
    this.userId = step.viewer?.userId ?? '';
  }

  /** Asks with a token that holds; any status is an answer. */
  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    if (this.browser.accessToken === undefined) await this.signIn();
    const send = () => this.browser.send(method, path, body, { ...csrf, ...headers });
    const answer = await send();
    if (answer.status !== 401) return answer;
    await this.signIn();
    return await send();
  }

  async get<T extends z.ZodMiniType>(path: string, shape: T): Promise<z.output<T>> {
    return expected(shape, await this.ask('GET', path), `GET ${path}`);
  }

  /** Sends and expects to be obeyed. */
  async does<T extends z.ZodMiniType>(method: string, path: string, body: unknown, shape: T): Promise<z.output<T>> {
    const key = { 'idempotency-key': crypto.randomUUID() };
    return expected(shape, await this.ask(method, path, body, key), `${method} ${path}`);
  }

  /** An open page: the live connection with a token of this moment. */
  async opensPage(): Promise<LiveSocket> {
    await this.ask('GET', '/api/identity/me');
    return await LiveSocket.open(['careconnect.v1', this.browser.accessToken ?? '']);
  }

  /** A code counts once: until there is a new one, half a minute passes. */
  async freshCode(): Promise<string> {
    const secret = this.#totpSecret ?? '';
    const code = async () => totpCode(secret, Date.parse((await local.clock()).now));
    if ((await code()) === this.#lastCode) await local.advance('PT30S');
    this.#lastCode = await code();
    return this.#lastCode;
  }

  async #post(path: string, body: unknown): Promise<Step> {
    const answer = await this.browser.post(path, body, csrf);
    return expected(Step, answer, `POST ${path} as ${this.name}`);
  }
}

function expected<T extends z.ZodMiniType>(shape: T, answer: Answer, what: string): z.output<T> {
  if (answer.status >= 400) throw new Error(`${what}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return z.parse(shape, answer.body);
}
