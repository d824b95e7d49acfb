import chromium from '@sparticuz/chromium';
import { type Browser, chromium as driver } from 'playwright-core';

/** What a serverless browser leaves out and a person's browser has: these would hide faults. */
const looser = /web-security|insecure|isolation|single-process|no-zygote/;

// Nothing here draws in three dimensions, and a GPU that is only played costs a processor.
chromium.setGraphicsMode = false;

let started: Promise<Browser> | undefined;

/** One browser for a test file; every person in it has a context of their own. */
export function browser(): Promise<Browser> {
  started ??= (async () =>
    await driver.launch({
      executablePath: await chromium.executablePath(),
      args: [...chromium.args.filter((argument) => !looser.test(argument)), '--disable-gpu'],
      headless: true,
    }))();
  return started;
}

/** Why no browser can start on this system, or undefined: a missing system library is nobody's fault here. */
export async function noBrowser(): Promise<string | undefined> {
  try {
    await browser();
    return undefined;
  } catch (error) {
    return `Chromium does not start on this system: ${error instanceof Error ? error.message.split('\n')[0] : error}`;
  }
}

export async function closeBrowser(): Promise<void> {
  await (await started?.catch(() => undefined))?.close();
  started = undefined;
}
