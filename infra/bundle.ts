import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, type BuildResult, build, type Metafile, version } from 'esbuild';
import { shakeSdk } from './bundle-sdk.ts';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** CommonJS that asks for a Node module at run time needs a `require`; ESM has none. Only such bundles get this line. */
export const requireLine =
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
  // Six times as large as the bundles. Who reads a stack trace makes them from the commit it came from (docs/runbook.md);
  // beside the asset, never in it: an attacker or a cold start has no use for it.
  sourcemap: process.env.SOURCE_MAPS === '1' ? 'external' : false,
  metafile: true,
  plugins: [shakeSdk],
  write: false,
  absWorkingDir: root,
  outdir: join(root, 'dist/built'),
  outbase: join(root, 'functions'),
  outExtension: { '.js': '.mjs' },
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
  for (const entry of entries)
    if (!existsSync(bundlePaths(entry).source))
      throw new Error(`functions/${entry}.ts does not exist, but infra deploys it`);
  const made = ['package-lock.json', 'functions/package.json', 'infra/bundle-sdk.ts'];
  const texts = await Promise.all(made.map((path) => readFile(join(root, path), 'utf8')));
  const tools = hashOf([version, JSON.stringify(options), requireLine, ...texts]);
  const digest = digestOnce();
  const fresh = await Promise.all(entries.map((entry) => isFresh(bundlePaths(entry), tools, digest)));
  const stale = entries.filter((_, at) => !fresh[at]);
  if (stale.length === 0) return;
  // One build reads and parses what many share once; without splitting, each output still is whole by itself.
  const result = await build({ ...options, entryPoints: stale.map((entry) => bundlePaths(entry).source) });
  await Promise.all(stale.map((entry) => keep(entry, tools, result, digest)));
}

async function keep(entry: string, tools: string, result: BuildResult<typeof options>, digest: Digest): Promise<void> {
  const paths = bundlePaths(entry);
  const path = join(paths.asset, 'index.mjs');
  const made = (name: string) => result.outputFiles.find((file) => file.path === join(options.outdir, name))?.text;
  const code = made(`${entry}.mjs`);
  const map = made(`${entry}.mjs.map`);
  const name = relative(root, join(options.outdir, `${entry}.mjs`));
  const output = result.metafile.outputs[name];
  if (code === undefined || output === undefined) throw new Error(`esbuild made no output for ${entry}`);
  const needsRequire = output.imports.some(({ external, kind }) => external === true && kind === 'require-call');
  await write(path, needsRequire ? requireLine + code : code);
  if (map !== undefined) await write(paths.map, needsRequire ? map.replace('"mappings": "', '"mappings": ";') : map);
  const inputs = reachable(result.metafile, relative(root, paths.source));
  const hash = await hashOfInputs(Object.keys(inputs), tools, digest);
  await write(paths.meta, JSON.stringify({ hash, metafile: { inputs, outputs: { [name]: output } } }));
}

/** What one entry is made of, of all that a build has read. */
function reachable({ inputs }: Metafile, entry: string): Metafile['inputs'] {
  const found: Metafile['inputs'] = {};
  const left = [entry];
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    const input = inputs[path];
    if (input === undefined || path in found) continue;
    found[path] = input;
    left.push(...input.imports.map((imported) => imported.path));
  }
  return found;
}

type Meta = { readonly hash: string; readonly metafile: Metafile };

async function isFresh(paths: ReturnType<typeof bundlePaths>, tools: string, digest: Digest): Promise<boolean> {
  if (!existsSync(paths.meta) || !existsSync(join(paths.asset, 'index.mjs'))) return false;
  const meta: Meta = JSON.parse(await readFile(paths.meta, 'utf8'));
  return meta.hash === (await hashOfInputs(Object.keys(meta.metafile.inputs), tools, digest));
}

type Digest = (path: string) => Promise<string>;

/** Our own files by content; what stands in node_modules by the lock file, which `tools` holds. */
async function hashOfInputs(inputs: readonly string[], tools: string, digest: Digest): Promise<string> {
  const ours = inputs.filter((path) => !path.includes('node_modules/')).sort();
  return hashOf([tools, ...ours, ...(await Promise.all(ours.map(digest)))]);
}

/** Most bundles share most of our files: in one run each is read once. */
function digestOnce(): Digest {
  const digests = new Map<string, Promise<string>>();
  const read = (path: string) =>
    readFile(join(root, path), 'utf8').then(
      (text) => hashOf([text]),
      () => 'gone',
    );
  return (path) => {
    const digest = digests.get(path) ?? read(path);
    digests.set(path, digest);
    return digest;
  };
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
