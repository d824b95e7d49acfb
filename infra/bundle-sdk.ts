import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** A statement of a schema file: `export var SendEmailRequest$ = [3, n0, _SER, …];`, over many lines. */
const schema = /^((?:export )?(?:var|const) \w+\$? = )(\[[\s\S]*?\]);$/gm;

/** Takes out of an SDK client what the program never uses and esbuild cannot know to be unused. */
export const shakeSdk: Plugin = {
  name: 'shake-sdk',
  setup(context) {
    // Each schema is a plain array, but computed keys in it (`{ [_hH]: … }`) look like effects: all of a service's shapes
    // would stay for one call. Said to be pure, only those stay that a command in use names.
    context.onLoad({ filter: /\/@aws-sdk\/.+\/schemas\/schemas_\d+\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      return { contents: source.replace(schema, '$1/* @__PURE__ */ (() => $2)();'), loader: 'js' };
    });
    // Only streaming calls load this, and none of ours streams.
    context.onLoad({ filter: /\/@smithy\/core\/dist-es\/submodules\/event-streams\/index\.js$/ }, () => ({
      contents: "throw new Error('no call of ours streams events');",
      loader: 'js',
    }));
    // A client reads one field of its package.json; the rest would be 2 kB a client.
    context.onLoad({ filter: /\/node_modules\/@aws-sdk\/[^/]+\/package\.json$/ }, async ({ path }) => {
      const { version }: { version: string } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};
