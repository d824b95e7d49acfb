import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../infra/bundle.ts';
import { entries } from '../../infra/entries.ts';

type Import = { readonly from: string; readonly to: string; readonly typeOnly: boolean };

/** Every import of one of our files by another, as paths below the repository. */
function importsBelow(folder: string): Import[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.tsx?$/.test(file),
  );
  return files.flatMap((file) => {
    const from = join(folder, file);
    const lines = readFileSync(join(root, from), 'utf8').matchAll(
      /^(?:import|export) (type )?[^;]*?from '(\.[^']+)'/gms,
    );
    return [...lines].map(([, type, path]) => ({
      from,
      to: relative(root, join(root, dirname(from), path ?? '')),
      typeOnly: type !== undefined,
    }));
  });
}

const contextOf = (path: string) => /^functions\/([a-z-]+)\//.exec(path)?.[1];
const nameOf = (path: string) => /([a-z-]+)\.tsx?$/.exec(path)?.[1] ?? path;
const show = ({ from, to }: Import) => `${from} → ${to}`;

describe('who may import what', () => {
  const inFunctions = importsBelow('functions');

  it('asks another context through its rules, contract and actions, never through its store', () => {
    const wrong = inFunctions.filter(
      ({ from, to }) => contextOf(to) !== contextOf(from) && contextOf(to) !== 'shared' && nameOf(to) === 'store',
    );
    expect(wrong.map(show)).toEqual([]);
  });

  it('lets nothing import an entry: each is bundled alone', () => {
    const wrong = inFunctions.filter(
      ({ from, to }) => /^(api|[a-z]+-api|on-[a-z-]+)$/.test(nameOf(to)) && contextOf(from) !== 'platform',
    );
    expect(wrong.map(show)).toEqual([]);
  });

  it('has every API in the description of routes', () => {
    const described = inFunctions.filter(({ from }) => from === 'functions/platform/all-routes.ts').map(({ to }) => to);
    const apis = entries.filter((entry) => entry.endsWith('api')).map((entry) => `functions/${entry}.ts`);
    expect(described).toEqual(expect.arrayContaining(apis));
  });

  it('lets shared import from shared only, and functions from functions only', () => {
    const wrong = inFunctions.filter(({ from, to }) =>
      contextOf(from) === 'shared' ? contextOf(to) !== 'shared' : !to.startsWith('functions/'),
    );
    expect(wrong.map(show)).toEqual([]);
  });

  it('lets a contract, which the web app loads, import contracts, pure rules, the shared shapes and zod/mini', () => {
    const reachable = new Set(inFunctions.map(({ from }) => from).filter((file) => nameOf(file) === 'contract'));
    for (const file of reachable) {
      for (const { from, to, typeOnly } of inFunctions) if (from === file && !typeOnly) reachable.add(to);
    }
    const shared = [...reachable].filter((file) => contextOf(file) === 'shared');
    expect(shared).toEqual(['functions/shared/shapes.ts']);
    const packages = [...reachable].flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/^(?:import|export) [^;]*?from '([^.'][^']*)'/gms)].map(
        ([, name]) => `${file} → ${name}`,
      ),
    );
    expect(packages.filter((line) => !line.endsWith(' → zod/mini'))).toEqual([]);
  });

  it('lets the web app know contracts only', () => {
    const wrong = importsBelow('web').filter(({ to }) => to.startsWith('functions/') && nameOf(to) !== 'contract');
    expect(wrong.map(show)).toEqual([]);
  });

  it('lets infrastructure take names from functions, not code that runs', () => {
    const wrong = importsBelow('infra').filter(({ from, to, typeOnly }) => {
      // The deployer's own command runs actions; so does what stands in for AWS on one machine.
      const runs = from === 'infra/first-admin.ts' || from.startsWith('infra/local/');
      if (!to.startsWith('functions/') || runs || typeOnly) return false;
      return !['metrics', 'contract', 'shapes', 'fan-out'].includes(nameOf(to));
    });
    expect(wrong.map(show)).toEqual([]);
  });

  it('has no rule that reads the clock, the environment or AWS', () => {
    const touched = importsBelow('functions').filter(({ to }) => /^(store|tools|table|env)$/.test(nameOf(to)));
    const impure = new Set(touched.filter(({ typeOnly }) => !typeOnly).map(({ from }) => from));
    const pureByName = inFunctions
      .map(({ from }) => from)
      .filter((file) => /(contract|shapes|adherence|bands|dose-slot|derive-day)\.ts$/.test(file));
    expect(
      pureByName.filter(
        (file) => impure.has(file) || /Date\.now\(|process\.env/.test(readFileSync(join(root, file), 'utf8')),
      ),
    ).toEqual([]);
  });
});
