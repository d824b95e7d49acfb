import * as z from 'zod/mini';
import type { Cloud } from '../cloud.ts';
import { totpCode } from '../control/accounts-view.ts';
import type { Account } from '../control/people.ts';
import { type Device, deviceCookie, requestHeaders } from '../origin/second-device.ts';

const Step = z.object({ step: z.string(), state: z.optional(z.string()) });

const CODE_MS = 30_000;

/**
 * Signs a person of the demonstration in, on one of the two devices, by the same calls that the sign-in screen makes.
 * Answers the cookies that the browser must keep; nothing when the browser's own session still holds.
 */
export async function signIn(cloud: Cloud, account: Account, device: Device, cookieHeader: string): Promise<string[]> {
  const jar = new Jar(cloud.appOrigin, requestHeaders({ cookie: cookieHeader }, device, cloud.appOrigin).cookie ?? '');
  const refreshed = await jar.post('/api/auth/refresh', {});
  if (refreshed.status !== 200) {
    const answer = await jar.post('/api/auth/sign-in', {
      name: account.signIn,
      password: account.password,
      device: 'Demonstration',
    });
    const step = z.safeParse(Step, answer.body);
    if (!step.success || answer.status >= 400)
      throw new Error(`${account.name} cannot sign in: ${JSON.stringify(answer.body)}`);
    if (step.data.step === 'totp' && account.totpSecret !== undefined) {
      const six = () => ({ state: step.data.state, code: totpCode(account.totpSecret ?? '', cloud.clock.now()) });
      if ((await jar.post('/api/auth/totp', six())).status >= 400) {
        // These six digits have been used: the next ones come within half a minute.
        await new Promise((resolve) => setTimeout(resolve, CODE_MS - (cloud.clock.now() % CODE_MS)));
        await jar.post('/api/auth/totp', six());
      }
    }
  }
  return jar.lines.map((line) => deviceCookie(line, device));
}

/** The cookies of one conversation. */
class Jar {
  readonly lines: string[] = [];
  readonly #origin: string;
  readonly #pairs = new Map<string, string>();

  constructor(origin: string, cookies: string) {
    this.#origin = origin;
    for (const pair of cookies.split(/;\s*/)) this.#keep(pair);
  }

  async post(path: string, body: unknown): Promise<{ status: number; body: unknown }> {
    const cookie = [...this.#pairs].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(this.#origin + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: this.#origin,
        'x-careconnect-csrf': '1',
        ...(cookie !== '' && { cookie }),
      },
      body: JSON.stringify(body),
    });
    for (const line of answer.headers.getSetCookie()) {
      this.lines.push(line);
      this.#keep(line.split(';')[0] ?? '');
    }
    const text = await answer.text();
    return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : text };
  }

  #keep(pair: string): void {
    const split = pair.indexOf('=');
    if (split > 0) this.#pairs.set(pair.slice(0, split), pair.slice(split + 1));
  }
}
