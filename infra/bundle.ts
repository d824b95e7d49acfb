import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Metafile, version } from 'esbuild';
import { shakeSdk } from './bundle-sdk.ts';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** CommonJS that asks for a Node module at run time needs a `require`; ESM has none. Only such bundles get this line. */
const requireLine =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);\n";

const options = {
  bundle: true,
  platform: 'node',
  // Lambda runs Node 24; one machine may still run 20.
  target: 'node20',
  format: 'esm',
  minify: true,
  mainFields: ['module', 'main'],
  conditions: ['module'],
  alias: { '@aws-sdk/credential-provider-node': join(root, 'infra/lambda-credentials.ts') },
  legalComments: 'none',
  // Beside the asset, never in it: an attacker or a cold start has no use for it.
  sourcemap: 'external',
  metafile: true,
  plugins: [shakeSdk],
  write: false,
  absWorkingDir: root,
  logLevel: 'silent',
} as const satisfies BuildOptions;

/** Where the pieces of one entry stand: the asset's folder, its source map and esbuild's account of what is in it. */
export function bundlePaths(entry: string) {
  return {
    source: join(root, 'functions', `${entry}.ts`),
    asset: join(root, 'dist/functions', entry),
    map: join(root, 'dist/maps', `${entry}.mjs.map`),
    meta: join(root, 'dist/meta', `${entry}.json`),
  };
}

/** Bundles every entry (`devices/on-telemetry`) at once, skipping those whose inputs have not changed since. */
export async function bundleAll(entries: readonly string[]): Promise<void> {
  const [lock, shaking] = await Promise.all(
    ['package-lock.json', 'infra/bundle-sdk.ts'].map((path) => readFile(join(root, path), 'utf8')),
  );
  const tools = hashOf([version, JSON.stringify(options), requireLine, lock ?? '', shaking ?? '']);
  await Promise.all(entries.map((entry) => bundleOne(entry, tools)));
}

async function bundleOne(entry: string, tools: string): Promise<void> {
  const paths = bundlePaths(entry);
  if (!existsSync(paths.source)) throw new Error(`functions/${entry}.ts does not exist, but infra deploys it`);
  if (await isFresh(paths, tools)) return;
  const result = await build({ ...options, entryPoints: [paths.source], outfile: join(paths.asset, 'index.mjs') });
  const code = result.outputFiles.find((file) => file.path.endsWith('.mjs'));
  const map = result.outputFiles.find((file) => file.path.endsWith('.map'));
  if (code === undefined || map === undefined) throw new Error(`esbuild made no output for ${entry}`);
  const needsRequire = Object.values(result.metafile.outputs).some((output) =>
    output.imports.some((imported) => imported.external === true && imported.kind === 'require-call'),
  );
  await write(join(paths.asset, 'index.mjs'), needsRequire ? requireLine + code.text : code.text);
  await write(paths.map, needsRequire ? map.text.replace('"mappings": "', '"mappings": ";') : map.text);
  const hash = await hashOfInputs(Object.keys(result.metafile.inputs), tools);
  await write(paths.meta, JSON.stringify({ hash, metafile: result.metafile }));
}

type Meta = { readonly hash: string; readonly metafile: Metafile };

async function isFresh(paths: ReturnType<typeof bundlePaths>, tools: string): Promise<boolean> {
  if (!existsSync(paths.meta) || !existsSync(join(paths.asset, 'index.mjs'))) return false;
  const meta: Meta = JSON.parse(await readFile(paths.meta, 'utf8'));
  return meta.hash === (await hashOfInputs(Object.keys(meta.metafile.inputs), tools));
}

/** Our own files by content; what stands in node_modules by the lock file, which `tools` holds. */
export async function hashOfInputs(inputs: readonly string[], tools = ''): Promise<string> {
  const ours = inputs.filter((path) => !path.includes('node_modules/')).sort();
  const texts = await Promise.all(ours.map((path) => readFile(join(root, path), 'utf8').catch(() => 'gone')));
  return hashOf([tools, ...ours, ...texts]);
}

function hashOf(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

/** Two programs may bundle at once: a file is there whole or not at all. */
export async function write(path: string, text: string): Promise<void> {
  const unfinished = join(root, 'dist/unfinished', randomUUID());
  await mkdir(dirname(unfinished), { recursive: true });
  await mkdir(dirname(path), { recursive: true });
  await writeFile(unfinished, text);
  await rename(unfinished, path);
}
