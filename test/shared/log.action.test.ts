import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const log = fileURLToPath(new URL('../../functions/shared/log.ts', import.meta.url));

/** The line that a fault leaves in the log of a function. */
function lineOf(thrown: string): string {
  const program = `
    const { createLog } = await import(${JSON.stringify(log)});
    createLog().fault('code not sent', ${thrown});`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env: {} });
  return stdout + stderr;
}

it.each([
  [
    'a carrier',
    `Object.assign(new (class ServiceError extends Error {})('Invalid: +919431180000'), { name: 'Invalid' })`,
  ],
  ['a parser', `(() => { try { JSON.parse('+919431180000') } catch (error) { return error } })()`],
  ['the cause of an error of ours', `new Error('no code', { cause: new Error('Invalid: +919431180000') })`],
])('repeats nothing that %s says: it may quote a person’s number', (_, thrown) => {
  const line = lineOf(thrown);
  expect(line).toContain('"message":"code not sent"');
  expect(line).toContain('"stack":');
  expect(line).not.toContain('943118');
});

it('keeps what we say ourselves, and where', () => {
  expect(lineOf(`new Error('a day changed too often to be written')`)).toContain(
    'a day changed too often to be written',
  );
});
