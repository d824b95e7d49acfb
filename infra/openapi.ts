import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openApi } from '../functions/platform/openapi.ts';
import type { Route } from '../functions/shared/http.ts';
import { bundlePaths, write } from './bundle.ts';
import { entries } from './entries.ts';

/** Every table of routes that is deployed. */
export async function allRoutes(): Promise<Route[]> {
  const apis = entries.filter((entry) => /[/-]api$/.test(entry));
  const modules: { routes: readonly Route[] }[] = await Promise.all(
    apis.map((entry) => {
      const { source } = bundlePaths(entry);
      return import(/* @vite-ignore */ source);
    }),
  );
  return modules.flatMap((module) => [...module.routes]);
}

/** Puts the description of all routes beside the function that answers it. The version is the hash of all deployed code. */
export async function writeOpenApi(bundled: Promise<void>): Promise<void> {
  const path = join(bundlePaths('platform/api').asset, 'openapi.json');
  const before = await readFile(path, 'utf8').catch(() => '');
  // Loading every table takes longer than the rest of a synthesis: a fresh clone does it while its bundles are made.
  const early = before === '' ? allRoutes() : undefined;
  await bundled;
  const hash = createHash('sha256');
  for (const entry of entries) hash.update(await readFile(join(bundlePaths(entry).asset, 'index.mjs')));
  const version = hash.digest('hex').slice(0, 12);
  if (before.includes(`"version":"${version}"`)) return;
  await write(path, JSON.stringify(openApi(await (early ?? allRoutes()), version)));
}
