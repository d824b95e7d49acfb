import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import type { Instant } from '../../functions/shared/time.ts';

const Clock = z.object({ now: z.string() });
const Account = z.object({
  role: z.string(),
  signIn: z.string(),
  password: z.string(),
  totpSecret: z.optional(z.string()),
});
const Sent = z.object({
  at: z.string(),
  service: z.string(),
  to: z.string(),
  text: z.string(),
  subject: z.optional(z.string()),
});
export type Sent = z.infer<typeof Sent>;

/** The product running on one machine, by what `/local` offers to anybody on it. */
export class Local {
  readonly origin: string;
  readonly #ticks: 'quarters' | 'hours';

  /** Reminders that come somewhat late change nothing of what is scored, and a day passes in a tenth of the time or less. */
  constructor(origin: string, ticks: 'quarters' | 'hours' = 'quarters') {
    this.origin = origin.replace(/\/$/, '');
    this.#ticks = ticks;
  }

  /** Pill boxes connect three ports above the app. */
  get mqtts(): string {
    return `mqtts://localhost:${Number(new URL(this.origin).port || 80) + 3}`;
  }

  async now(): Promise<Instant> {
    return z.parse(Clock, await this.#ask('GET', '/local/clock')).now;
  }

  /** Time does not go back; an instant that has passed is only waited out. */
  async goTo(instant: Instant): Promise<void> {
    if (instant <= (await this.now())) await this.#ask('GET', '/local/idle');
    else await this.#ask('POST', '/local/clock', { to: instant, ticks: this.#ticks });
  }

  async account(role: string): Promise<z.infer<typeof Account> & { totpSecret: string }> {
    const [found] = z.parse(z.array(Account), await this.#ask('GET', `/local/accounts?role=${role}`));
    if (!found?.totpSecret) throw new Error(`nobody here is ${role}`);
    return { ...found, totpSecret: found.totpSecret };
  }

  async outbox(narrow: Record<string, string>): Promise<Sent[]> {
    return z.parse(z.array(Sent), await this.#ask('GET', `/local/outbox?${new URLSearchParams(narrow)}`));
  }

  async mqttCa(): Promise<string> {
    return await (await fetch(`${this.origin}/local/mqtt-ca.pem`)).text();
  }

  async beHostile(seed: number): Promise<void> {
    await this.#ask('POST', '/local/faults', { hostile: true, seed });
  }

  async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const json = { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const answer = await patiently(() => fetch(this.origin + path, { method, ...(body !== undefined && json) }));
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  }
}

/** A kept connection may close under a request that is just being sent: it is sent again. All of ours may be. */
export async function patiently<T>(call: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (attempt === 4 || !(error instanceof TypeError)) throw error;
    }
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Starts an empty product of its own at an instant; `stop` ends it and leaves nothing. */
export async function startLocal(port: number, at: Instant): Promise<{ local: Local; stop(): Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), 'careconnect-pillbox-'));
  const child = fork(`${root}/infra/local/main.ts`, ['--empty', '--no-web', '--at', at], {
    cwd: root,
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, PORT: String(port), CARECONNECT_LOCAL: directory, CARECONNECT_PARENT: '1' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  process.once('exit', () => child.kill());
  const origin = await ready(child);
  return {
    local: new Local(origin),
    stop: async () => {
      await ended(child);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function ready(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the product ended with ${code}`)));
    child.on('message', (message) => {
      if (typeof message === 'object' && message !== null && 'origin' in message) resolve(String(message.origin));
    });
  });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
