import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import preact from '@preact/preset-vite';
import { defineConfig, type Plugin } from 'vite';

const at = (path: string) => new URL(path, import.meta.url);

/**
 * Writes `sw.js` beside the app with the names of the files that every person needs offline: the page, the first chunk,
 * its styles and the words. Role chunks are kept when they are first used, so a patient never fetches staff code.
 */
function serviceWorker(): Plugin {
  return {
    name: 'careconnect-service-worker',
    apply: 'build',
    generateBundle(_, bundle) {
      const needed = Object.values(bundle).filter(
        (file) =>
          (file.type === 'chunk' && file.isEntry) ||
          /\.(css|svg)$/.test(file.fileName) ||
          /(shell|patient)-words/.test(file.fileName),
      );
      const precache = [
        '/',
        '/manifest.webmanifest',
        '/icon-192.png',
        ...needed.filter(({ fileName }) => !/staff/.test(fileName)).map(({ fileName }) => `/${fileName}`),
      ];
      const version = createHash('sha256').update(Object.keys(bundle).sort().join()).digest('hex').slice(0, 12);
      const source = readFileSync(at('./src/shell/service-worker.js'), 'utf8')
        .replace('__VERSION__', JSON.stringify(version))
        .replace('__PRECACHE__', JSON.stringify(precache));
      this.emitFile({ type: 'asset', fileName: 'sw.js', source });
    },
  };
}

export default defineConfig({
  root: at('.').pathname,
  plugins: [preact(), serviceWorker()],
  build: {
    outDir: at('../dist/web').pathname,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    rollupOptions: {
      // Contracts are shapes and tables: what the app does not name must not reach a phone.
      treeshake: { moduleSideEffects: (id) => !/\/functions\//.test(id) },
      output: {
        chunkFileNames: ({ moduleIds }) => {
          const words = moduleIds.map((id) => /text\/(en|hi)\/([a-z-]+)\.ts$/.exec(id)).find(Boolean);
          return words ? `assets/${words[2]}-words-${words[1]}-[hash].js` : 'assets/[name]-[hash].js';
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: { '/api': 'http://localhost:4280', '/ws': { target: 'ws://localhost:4280', ws: true } },
  },
});
