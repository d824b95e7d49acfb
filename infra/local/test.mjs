// `npm test`: everything a fresh clone needs, then types, lint and every test.
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { install, requireNode, root, run } from './set-up.mjs';

requireNode();
install();
const began = Date.now();
const results = join(root, '.local', 'tests');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

// The product answers in time whatever else the machine does, so the rest takes only what the product leaves idle.
const [aside, product] = [['rules', 'actions', 'infra', 'demo'], ['product']];
const types = ['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.'];
const lint = ['node_modules/@biomejs/biome/bin/biome', 'check', '.'];
const steps = [
  { name: 'types, lint and format', start: () => [node(types), node(lint)] },
  { name: [...aside, ...product].join(', '), start: () => [node(vitest(product)), whenIdle(vitest(aside))] },
];

let failed;
const spent = {};
for (const { name, start } of steps) {
  console.log(`\n— ${name}`);
  const started = Date.now();
  const codes = await Promise.all(start());
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
  JSON.stringify({ at: new Date().toISOString(), seconds, spent, failed, counts }),
);
console.log(`\n${failed === undefined ? 'Everything passed' : `Failed at: ${failed}`} after ${seconds} s.`);
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);

function node(args, options) {
  return run(process.execPath, args, options);
}

/** At the lowest priority; what it says is printed when it has ended, so that two runs do not talk into each other. */
async function whenIdle(args) {
  const said = join(results, 'aside.log');
  const log = openSync(said, 'w');
  const code = await node(args, { stdio: ['ignore', log, log], priority: constants.priority.PRIORITY_LOW });
  closeSync(log);
  process.stdout.write(readFileSync(said));
  return code;
}

function vitest(projects) {
  const report = join(results, `${projects.join('-')}.json`);
  const chosen = projects.flatMap((project) => ['--project', project]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return ['node_modules/vitest/vitest.mjs', 'run', ...chosen, ...reporters, ...process.argv.slice(2)];
}

function count() {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const projects of [aside, product]) {
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
