import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

const functions = fileURLToPath(new URL('../functions', import.meta.url));

/** A statement of a schema file: `export var SendEmailRequest$ = [3, n0, _SER, …];`, over many lines. */
const schema = /^((?:export )?(?:var|const) \w+\$? = )(\[[\s\S]*?\]);$/gm;
const registeredError = /^\w+\.registerError\(\w+\$, (\w+)\);$/gm;

/** Takes out of the SDK what the program never uses and esbuild cannot know to be unused. */
export const shakeSdk: Plugin = {
  name: 'shake-sdk',
  setup(context) {
    // Each schema is a plain array, but computed keys in it (`{ [_hH]: … }`) look like effects: all of a service's shapes
    // would stay for one call. Said to be pure, only those stay that a command in use names. Of the errors those stay that
    // our code names; another is thrown as the service's base error with the same name and message.
    const named = errorsNamedIn(functions);
    context.onLoad({ filter: /\/@aws-sdk\/.+\/schemas\/schemas_\d+\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const contents = source
        .replace(schema, '$1/* @__PURE__ */ (() => $2)();')
        .replace(registeredError, (line, name: string) =>
          /ServiceException$/.test(name) || named.has(name) ? line : '',
        );
      return { contents, loader: 'js' };
    });
    // Only streaming calls use this, and none of ours streams; but the client of S3 names it as it starts.
    context.onLoad({ filter: /\/@smithy\/core\/dist-es\/submodules\/event-streams\/index\.js$/ }, () => ({
      contents: `
        const refuse = () => { throw new Error('no call of ours streams events'); };
        export const resolveEventStreamSerdeConfig = (config) => config;
        export const eventStreamSerdeProvider = refuse;
        export class EventStreamSerde { constructor() { refuse(); } }`,
      loader: 'js',
    }));
    // Only endpoint discovery asks it, which is off unless the environment switches it on.
    context.onLoad({ filter: /\/@aws-sdk\/endpoint-cache\/dist-es\/index\.js$/ }, () => ({
      contents: 'export class EndpointCache { has() { return false; } get() {} set() {} delete() {} clear() {} }',
      loader: 'js',
    }));
    // SES can sign for several Regions at once; every call of ours goes to one.
    context.onLoad(
      { filter: /\/client-sesv2\/dist-es\/(runtimeConfig\.shared|auth\/httpAuthSchemeProvider)\.js$/ },
      async ({ path }) => ({
        contents: (await readFile(path, 'utf8')).replace(
          /^import \{ SignatureV4MultiRegion \}.*$/m,
          `import { SignatureV4 } from '@smithy/signature-v4';
         class SignatureV4MultiRegion extends SignatureV4 { static sigv4aDependency() { return 'none'; } }`,
        ),
        loader: 'js',
      }),
    );
    // A client reads one field of its package.json; the rest would be 2 kB a client.
    context.onLoad({ filter: /\/node_modules\/@aws-sdk\/[^/]+\/package\.json$/ }, async ({ path }) => {
      const { version }: { version: string } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/** Every word of our code that could be the name of an error of the SDK. */
function errorsNamedIn(folder: string): ReadonlySet<string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const words = files.flatMap((file) => readFileSync(join(folder, file), 'utf8').match(/\b[A-Z]\w+Exception\b/g) ?? []);
  return new Set(words);
}
