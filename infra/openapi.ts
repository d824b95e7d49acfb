import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as description from '../functions/platform/description.ts';
import { bundlePaths, write } from './bundle.ts';
import { entries } from './entries.ts';

/** Bundled with the functions that it describes: to load it is far quicker than to load their sources. */
export const descriptionEntry = 'platform/description';

const bundleOf = (entry: string) => join(bundlePaths(entry).asset, 'index.mjs');

/** Puts the description of all routes beside the function that answers it. The version is the hash of all deployed code. */
export async function writeOpenApi(): Promise<void> {
  const hash = createHash('sha256');
  for (const entry of entries) hash.update(await readFile(bundleOf(entry)));
  const version = hash.digest('hex').slice(0, 12);
  const path = join(bundlePaths('platform/api').asset, 'openapi.json');
  const before = await readFile(path, 'utf8').catch(() => '');
  if (before.includes(`"version":"${version}"`)) return;
  const { describeRoutes }: typeof description = await import(pathToFileURL(bundleOf(descriptionEntry)).href);
  await write(path, JSON.stringify(describeRoutes(version)));
}
