import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rollup } from 'vite';

const web = new URL('../../web/', import.meta.url).pathname;

/** The web app, built beside what is served, and what of it a phone has to load. */
export class BuiltWeb {
  readonly #outDir: string;
  readonly #output: Rollup.RollupOutput['output'];

  private constructor(outDir: string, output: Rollup.RollupOutput['output']) {
    this.#outDir = outDir;
    this.#output = output;
  }

  static async build(): Promise<BuiltWeb> {
    const outDir = mkdtempSync(join(tmpdir(), 'careconnect-web-'));
    const built = await build({
      root: web,
      configFile: join(web, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir },
    });
    if (!('output' in built)) throw new Error('one build expected');
    return new BuiltWeb(outDir, built.output);
  }

  read(fileName: string): string {
    return readFileSync(join(this.#outDir, fileName), 'utf8');
  }

  /** Everything a phone must have before this module can draw: static imports, their styles, and the words it waits for. */
  neededBy(...modules: RegExp[]): Set<string> {
    const chunks = this.#output.filter((file) => file.type === 'chunk');
    const found = new Set<string>(['index.html']);
    const visit = (fileName: string) => {
      const chunk = chunks.find((one) => one.fileName === fileName);
      if (!chunk || found.has(fileName)) return;
      found.add(fileName);
      for (const css of chunk.viteMetadata?.importedCss ?? []) found.add(css);
      for (const next of chunk.imports) visit(next);
    };
    const isOne = (chunk: Rollup.OutputChunk) =>
      modules.some((module) => module.test(chunk.facadeModuleId ?? '') || module.test(chunk.fileName));
    for (const chunk of chunks) if (chunk.isEntry || isOne(chunk)) visit(chunk.fileName);
    return found;
  }

  /** What a patient's phone loads at `/`, in one language. */
  firstScreen(language: 'en' | 'hi'): Set<string> {
    return this.neededBy(/patient-app\.tsx$/, new RegExp(`(shell|patient)-words-${language}`));
  }

  /** Bytes on the line, gzipped, of the files of a kind. */
  weight(files: Iterable<string>, kind: RegExp): number {
    const sizes = [...files]
      .filter((file) => kind.test(file))
      .map((file) => gzipSync(readFileSync(join(this.#outDir, file))).length);
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  remove(): void {
    rmSync(this.#outDir, { recursive: true });
  }
}
