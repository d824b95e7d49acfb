import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

const functions = fileURLToPath(new URL('../functions/', import.meta.url));

/**
 * Leaves out those of our files of which a bundle uses nothing. No file of functions/ does anything by being imported, but
 * a shape is made by a call, and esbuild keeps every call of a file that it reads, with all that the call names.
 */
export const shakeOurs: Plugin = {
  name: 'shake-ours',
  setup(context) {
    context.onResolve({ filter: /^\.\.?\/.+\.ts$/ }, ({ importer, path }) =>
      importer.startsWith(functions) ? { path: join(dirname(importer), path), sideEffects: false } : undefined,
    );
  },
};
