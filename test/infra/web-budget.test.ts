import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rollup } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const web = new URL('../../web/', import.meta.url).pathname;
const outDir = mkdtempSync(join(tmpdir(), 'careconnect-web-'));
let output: Rollup.RollupOutput['output'];

beforeAll(async () => {
  const built = await build({
    root: web,
    configFile: join(web, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir },
  });
  if (!('output' in built)) throw new Error('one build expected');
  output = built.output;
});
afterAll(() => rmSync(outDir, { recursive: true }));

const sizeOf = (fileName: string) => gzipSync(readFileSync(join(outDir, fileName))).length;
const chunks = () => output.filter((file) => file.type === 'chunk');

/** Everything a phone must have before this module can draw: static imports, their styles, and the words it waits for. */
function neededBy(...modules: RegExp[]): Set<string> {
  const found = new Set<string>(['index.html']);
  const visit = (fileName: string) => {
    const chunk = chunks().find((one) => one.fileName === fileName);
    if (!chunk || found.has(fileName)) return;
    found.add(fileName);
    for (const css of chunk.viteMetadata?.importedCss ?? []) found.add(css);
    for (const next of chunk.imports) visit(next);
  };
  for (const chunk of chunks())
    if (
      chunk.isEntry ||
      modules.some((module) => module.test(chunk.facadeModuleId ?? '') || module.test(chunk.fileName))
    )
      visit(chunk.fileName);
  return found;
}

const total = (files: Iterable<string>, kind: RegExp) =>
  [...files].filter((file) => kind.test(file)).reduce((sum, file) => sum + sizeOf(file), 0);

describe('what a phone has to load', () => {
  it('the patient’s first screen: ≤ 100 kB of JavaScript gzipped, ≤ 170 kB all in, in either language', () => {
    for (const lang of ['en', 'hi']) {
      const needed = neededBy(/patient-app\.tsx$/, new RegExp(`(shell|patient)-words-${lang}`));
      expect(total(needed, /\.js$/)).toBeLessThanOrEqual(100_000);
      expect(total(needed, /./)).toBeLessThanOrEqual(170_000);
    }
  });

  it('the door: ≤ 100 kB of JavaScript gzipped', () => {
    expect(total(neededBy(/signed-out\.tsx$/, /(shell|sign-in)-words-en/), /\.js$/)).toBeLessThanOrEqual(100_000);
  });

  it('keeps staff screens off a patient’s phone, also in what is kept for offline', () => {
    const staffOnly = /staff|worklist|enrol|admin|work-words|quarantine|boxes-screen|clinic-day/;
    expect([...neededBy(/patient-app\.tsx$/)].filter((file) => staffOnly.test(file))).toEqual([]);
    const worker = readFileSync(join(outDir, 'sw.js'), 'utf8');
    expect(worker.match(/"\/assets\/[^"]+"/g)?.filter((file) => staffOnly.test(file))).toEqual([]);
  });

  it('keeps the whole of a patient’s app for offline, words of both languages included', () => {
    const worker = readFileSync(join(outDir, 'sw.js'), 'utf8');
    for (const file of neededBy(/patient-app\.tsx$/, /calendar\.tsx$/, /(patient|me)-words-(en|hi)/))
      if (file !== 'index.html') expect(worker).toContain(`"/${file}"`);
  });

  it('gives the service worker no API answer to keep', () => {
    const worker = readFileSync(join(outDir, 'sw.js'), 'utf8');
    expect(worker).toContain('^\\/(api|ws|local|uploads)');
  });
});
