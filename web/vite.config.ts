import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import preact from '@preact/preset-vite';
import { defineConfig, type Plugin, type Rollup } from 'vite';

const at = (path: string) => new URL(path, import.meta.url);

// Which modules share a chunk. Screens of staff are left alone: each is its own.
const modules = (...paths: string[]) => new RegExp(`/(web/src|functions)/(${paths.join('|')})\\.tsx?$`);
const kit = modules(
  'look/(controls|fields|icon|glyph|frame|dialog|toast|states|status)',
  'shell/(?!staff|patient|supporter)[a-z-]+',
  'text/[a-z]+',
  'treatment/(patient-status|dose-status)',
  'identity/phone',
);
const person = modules(
  'shell/(patient-app|patient-frame|supporter-app)',
  'look/(calendar|pill)',
  'notifications/messages',
  'treatment/(away|pocket|stepper|calendar|cannot|course-days|day-dialog|helped|listen|now-card|reason-key|sayings|sentence|week)',
  'treatment/(today|supporter-today|supporter-calendar)',
);
const aboutMe = modules(
  'audit/who-saw',
  'identity/(me|box-section|line-link|accept-invitation|supporters|consents|sessions|leave|look-section)',
  'notifications/(preferences|preferences-form|push)',
);
const door = modules(
  'identity/(signed-out|sign-in|person-door|code-form|staff-door|totp|pin-door|choose-pin|use-door|auth|register|forgot|join)',
);

/** Words that a patient, a supporter or somebody at the door reads. */
const personWords = /^assets\/(shell|patient|sign-in|me)-words-/;

/** Everything that can be reached from the start without passing the staff door, and every stylesheet it names. */
function personFiles(bundle: Rollup.OutputBundle): string[] {
  const found = new Set<string>();
  const visit = (fileName: string) => {
    const file = bundle[fileName];
    if (found.has(fileName) || file?.type !== 'chunk') return;
    if (file.facadeModuleId?.endsWith('/shell/staff-app.tsx')) return;
    if (/-words-(en|hi)-/.test(fileName) && !personWords.test(fileName)) return;
    found.add(fileName);
    for (const css of file.viteMetadata?.importedCss ?? []) found.add(css);
    for (const next of [...file.imports, ...file.dynamicImports]) visit(next);
  };
  for (const file of Object.values(bundle)) if (file.type === 'chunk' && file.isEntry) visit(file.fileName);
  return [...found].map((fileName) => `/${fileName}`);
}

/**
 * Writes `sw.js` beside the app with the names of the files that every person needs offline: the page, the first chunk,
 * its styles and the words. Role chunks are kept when they are first used, so a patient never fetches staff code.
 */
function serviceWorker(): Plugin {
  return {
    name: 'careconnect-service-worker',
    apply: 'build',
    generateBundle: {
      // After Vite has taken away the chunks that held nothing but styles: a name without a file, and nothing is kept.
      order: 'post',
      handler(_, bundle) {
        const precache = ['/', '/manifest.webmanifest', '/icon.svg', '/icon-192.png', ...personFiles(bundle)];
        const version = createHash('sha256').update(Object.keys(bundle).sort().join()).digest('hex').slice(0, 12);
        const source = readFileSync(at('./src/shell/service-worker.js'), 'utf8')
          .replace('__VERSION__', JSON.stringify(version))
          .replace('__PRECACHE__', JSON.stringify(precache));
        this.emitFile({ type: 'asset', fileName: 'sw.js', source });
      },
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
    rolldownOptions: {
      // Contracts are shapes and tables: what the app does not name must not reach a phone.
      treeshake: { moduleSideEffects: (id) => !/\/functions\//.test(id) },
      output: {
        // A weak network pays for each request: what is needed together comes together.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: 'vendor', test: /node_modules\/(?!uqr)/ },
            { name: 'kit', test: kit },
            { name: 'person', test: person },
            { name: 'me', test: aboutMe },
            { name: 'door', test: door },
          ],
        },
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
