import { readFile } from 'node:fs/promises';
import type { Metafile } from 'esbuild';
import { bundleAll, bundlePaths } from '../../infra/bundle.ts';
import { entries } from '../../infra/entries.ts';
import { BuiltWeb } from '../support/web-weight.ts';
import { bars } from './bars.ts';
import { atMost, kilobytes, type Row } from './row.ts';

/** What esbuild says each function behind the API weighs, the heaviest first. */
export async function bundles(): Promise<readonly Row[]> {
  await bundleAll(entries);
  const apis = entries.filter((entry) => /(^|[/-])api$/.test(entry));
  const sizes = await Promise.all(apis.map(async (entry) => ({ entry, bytes: await bytesOf(entry) })));
  return sizes
    .sort((a, b) => b.bytes - a.bytes)
    .map(({ entry, bytes }) =>
      atMost(`bundle ${entry}, minified ESM`, kilobytes(bytes), kilobytes(bars.apiBundleBytes), 'kB'),
    );
}

async function bytesOf(entry: string): Promise<number> {
  const { metafile }: { metafile: Metafile } = JSON.parse(await readFile(bundlePaths(entry).meta, 'utf8'));
  const outputs = Object.entries(metafile.outputs).filter(([name]) => name.endsWith('.mjs'));
  return outputs.reduce((sum, [, output]) => sum + output.bytes, 0);
}

export async function firstScreen(): Promise<readonly Row[]> {
  const app = await BuiltWeb.build();
  try {
    return (['en', 'hi'] as const).flatMap((language) => {
      const files = app.firstScreen(language);
      const script = kilobytes(app.weight(files, /\.js$/));
      const all = kilobytes(app.weight(files, /./));
      const what = `patient's first screen (${language}), gzipped`;
      return [
        atMost(`${what}: JavaScript`, script, kilobytes(bars.firstScreenScriptBytes), 'kB'),
        atMost(`${what}: all of it`, all, kilobytes(bars.firstScreenBytes), 'kB'),
      ];
    });
  } finally {
    app.remove();
  }
}
