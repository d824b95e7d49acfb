// `npm test`: everything a fresh clone needs, then types, lint and every test.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { install, requireNode, root, run } from './set-up.mjs';

requireNode();
install();
const began = Date.now();
const results = join(root, '.local', 'tests');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

// The product runs by itself: what it answers in time must not depend on what else the machine does.
const groups = [['rules', 'actions', 'infra'], ['product']];
const types = ['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.'];
const lint = ['node_modules/@biomejs/biome/bin/biome', 'check', '.'];
const steps = [
  { name: 'types, lint and format', commands: [types, lint] },
  ...groups.map((projects) => ({ name: projects.join(', '), commands: [vitest(projects)] })),
];

let failed;
const spent = {};
for (const { name, commands } of steps) {
  console.log(`\n— ${name}`);
  const started = Date.now();
  const codes = await Promise.all(commands.map((args) => run(process.execPath, args)));
  spent[name] = Math.round((Date.now() - started) / 1000);
  const code = codes.find((one) => one !== 0);
  if (code === undefined) continue;
  failed = name;
  process.exitCode = code;
  break;
}
const seconds = Math.round((Date.now() - began) / 1000);
const counts = count();
writeFileSync(
  join(results, 'run.json'),
  JSON.stringify({ at: new Date().toISOString(), seconds, spent, failed, ...counts }),
);
console.log(`\n${failed === undefined ? 'Everything passed' : `Failed at: ${failed}`} after ${seconds} s.`);
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);

function vitest(projects) {
  const report = join(results, `${projects.join('-')}.json`);
  const chosen = projects.flatMap((project) => ['--project', project]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return ['node_modules/vitest/vitest.mjs', 'run', ...chosen, ...reporters, ...process.argv.slice(2)];
}

function count() {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const projects of groups) {
    try {
      const report = JSON.parse(readFileSync(join(results, `${projects.join('-')}.json`), 'utf8'));
      sum.passed += report.numPassedTests;
      sum.failed += report.numFailedTests;
      sum.skipped += report.numPendingTests;
    } catch {
      // A step that did not come to run has no report.
    }
  }
  return sum;
}
