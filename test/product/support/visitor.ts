import { readFile } from 'node:fs/promises';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { inject } from 'vitest';
import { browser } from './browser.ts';
import { local } from './local.ts';
import type { Patient } from './patient.ts';
import type { Person } from './person.ts';

export const phone = { width: 360, height: 740 };
export const desk = { width: 1280, height: 800 };

/** Somebody in front of a real browser of their own: nothing is done here that a thumb or a keyboard cannot do. */
export class Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What went wrong in the page without anybody seeing it. */
  readonly mishaps: string[] = [];
  #asking = 0;

  private constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
    page.on('pageerror', (error) => this.mishaps.push(error.message));
    const isApi = (url: string) => url.includes('/api/');
    page.on('request', (request) => isApi(request.url()) && this.#asking++);
    page.on('requestfinished', (request) => isApi(request.url()) && this.#asking--);
    page.on('requestfailed', (request) => isApi(request.url()) && this.#asking--);
  }

  static async arrive(viewport = desk): Promise<Visitor> {
    const context = await (await browser()).newContext({
      ...{ viewport, baseURL: inject('origin'), locale: 'en-IN', timezoneId: 'Asia/Kolkata' },
      ...{ reducedMotion: 'reduce', acceptDownloads: true },
    });
    context.setDefaultTimeout(15_000);
    return new Visitor(context, await context.newPage());
  }

  async leave(): Promise<void> {
    await this.context.close();
  }

  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await this.settled();
  }

  /** To another screen of the app, as its links do: without loading it again. */
  async goTo(path: string): Promise<void> {
    await this.page.evaluate((to) => {
      history.pushState(null, '', to);
      dispatchEvent(new PopStateEvent('popstate'));
    }, path);
    await this.settled();
  }

  /** The screen stands: nothing is being fetched and nothing announces what is still to come. */
  async settled(): Promise<void> {
    let quiet = 0;
    for (let tries = 0; quiet < 2 && tries < 300; tries++) {
      await this.page.waitForTimeout(40);
      const drawn = await this.page.evaluate(
        () => document.querySelector('main') !== null && document.querySelector('[aria-busy="true"]') === null,
      );
      quiet = drawn && this.#asking <= 0 ? quiet + 1 : 0;
    }
    if (quiet < 2) throw new Error(`${this.page.url()} does not come to rest`);
  }

  press(name: string | RegExp) {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' }).click();
  }

  link(name: string | RegExp) {
    return this.page.getByRole('link', { name, exact: typeof name === 'string' });
  }

  /** What this press saves: the name of the file and its text. */
  async saves(press: () => Promise<void>): Promise<{ name: string; text: string }> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), press()]);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
  }

  type(label: string, value: string) {
    return this.page.getByLabel(label, { exact: true }).fill(value);
  }

  async sees(text: string | RegExp, withinMs = 10_000): Promise<void> {
    await this.#meets(this.page.getByText(text).filter({ visible: true }), withinMs);
  }

  async heading(name: string | RegExp, withinMs = 10_000): Promise<void> {
    await this.#meets(this.page.getByRole('heading', { name }), withinMs);
  }

  /** When it does not come, the failure says what stood there instead. */
  async #meets(what: Locator, withinMs: number): Promise<void> {
    try {
      await what.first().waitFor({ timeout: withinMs });
    } catch (error) {
      const screen = await this.page.locator('body').ariaSnapshot();
      throw new Error(`${this.page.url()} shows:\n${screen.slice(0, 2_000)}`, { cause: error });
    }
  }

  /** Password, authenticator, and a PIN of their own when this account has none yet. */
  async signInAsStaff(person: Person, pin = '482913'): Promise<void> {
    await this.page.goto('/');
    await this.page.getByText('Staff', { exact: true }).click();
    await this.type('E-mail', person.signInName);
    await this.type('Password', person.password);
    await this.press('Sign in');
    await this.page.getByLabel('Code of 6 digits').waitFor();
    await this.type('Code of 6 digits', await person.freshCode());
    const choosesPin = this.page.getByRole('heading', { name: 'Choose your shift PIN' });
    await choosesPin.or(this.page.getByRole('navigation').first()).first().waitFor();
    if (!(await choosesPin.isVisible())) return;
    await this.type('Your shift PIN', pin);
    await this.type('The same PIN once more', pin);
    await this.press('Keep this PIN');
    await this.page.getByRole('navigation').first().waitFor();
  }

  /** A patient makes their own account with the card and the number that the clinic knows. */
  async registers(patient: Patient, number: string): Promise<void> {
    await this.page.goto(`/register?card=${patient.code}`);
    await this.type('Phone number', number.replace('+91', ''));
    await this.press('Send the code');
    await this.page.getByLabel('Code of 6 digits').waitFor();
    await this.type('Code of 6 digits', await codeTo(number));
    await this.press('Make my account');
    await this.page.getByRole('navigation').first().waitFor();
  }
}

/** The newest code that a phone got. */
export async function codeTo(number: string): Promise<string> {
  const messages = await local.outbox({ to: number, service: 'sms' });
  const codes = messages.flatMap(({ at, text }) => {
    const code = /\b\d{6}\b/.exec(text)?.[0];
    return code ? [{ at, code }] : [];
  });
  const newest = codes.sort((a, b) => a.at.localeCompare(b.at)).at(-1);
  if (!newest) throw new Error(`no code came to ${number}`);
  return newest.code;
}

let numbers = 0;
/** A number that no other test uses. */
export const someNumber = (): string => `+9177${String((Date.now() % 1e6) * 100 + numbers++).padStart(8, '0')}`;
