// What a fresh clone needs before anything of ours can run. Plain JavaScript without dependencies: nothing is installed yet.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const OLDEST = [20, 19];

/** Ends the program when Node is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  console.error(`CareConnect needs Node ${OLDEST.join('.')} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Installs dependencies when there are none, or when the lock file has changed since they were installed. */
export function install() {
  const stamp = join(root, 'node_modules', '.careconnect-lock');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const installed = join(root, 'node_modules', '.package-lock.json');
  const known = existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined;
  if (known === lock || (known === undefined && existsSync(installed) && agrees(installed))) {
    writeFileSync(stamp, lock);
    return;
  }
  console.log('installing dependencies …');
  // What npm has kept of other installations is enough, or the registry is asked anew.
  const status = npmInstall('--prefer-offline') === 0 ? 0 : npmInstall();
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(stamp, lock);
}

/** Not `npm ci`: it refuses a lock file made where a registry mirror leaves out other platforms' optional packages. */
function npmInstall(...more) {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const options = { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' };
  return spawnSync(npm, ['install', '--no-save', '--no-audit', '--no-fund', ...more], options).status;
}

/** npm's own record of what it installed names the same versions as the lock file. */
function agrees(installed) {
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const found = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || found[path]?.version === version,
  );
}

/** Runs a command to its end, at a priority of its own when one is given, passing signals on; resolves to its exit code. */
export function run(command, args, { priority, ...options } = {}) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (priority !== undefined && child.pid !== undefined) setPriority(child.pid, priority);
  const pass = (signal) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass);
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on('close', (code, signal) => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(name, pass);
      resolve(code ?? (signal ? 130 : 1));
    });
  });
}
