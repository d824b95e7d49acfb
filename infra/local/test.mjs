// `npm test`: everything a fresh clone needs, then types, lint and every test.
import { install, requireNode, run } from './set-up.mjs';

requireNode();
install();
const began = Date.now();
const steps = [
  ['types', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.']],
  ['lint and format', ['node_modules/@biomejs/biome/bin/biome', 'check', '.']],
  ['tests', ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)]],
];
let failed;
for (const [name, args] of steps) {
  console.log(`\n— ${name}`);
  const code = await run(process.execPath, args);
  if (code === 0) continue;
  failed = name;
  process.exitCode = code;
  break;
}
const seconds = Math.round((Date.now() - began) / 1000);
console.log(
  failed === undefined ? `\nEverything passed in ${seconds} s.` : `\nFailed at: ${failed} (after ${seconds} s).`,
);
