import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { findState, keepState } from '../../infra/local/state.ts';
import { runFixture } from './fixture/running.ts';

it('takes up tables, waiting messages, people and the time where another run left them', async () => {
  const parent = fileURLToPath(new URL('../../.local/fixtures', import.meta.url));
  mkdirSync(parent, { recursive: true });
  const directory = mkdtempSync(join(parent, 'state-'));
  const first = await runFixture('2026-11-30T04:10:00.000Z');
  await first.call('/api/open/send', { id: 'done' });
  await first.call('/api/open/send', { id: 'later', delaySeconds: 600 });
  await first.call('/local/clock', { advance: 'PT5M' });
  first.cloud.people.accounts.push({ role: 'nurse', name: 'Meera Toppo', signIn: 'meera@example.org', password: 'x' });
  await keepState(directory, 'code-1', first.cloud, true);
  await first.stop();

  expect(findState(directory, 'code-2')).toBeUndefined();
  const kept = findState(directory, 'code-1');
  expect(kept).toMatchObject({ complete: true, people: { accounts: [{ name: 'Meera Toppo' }] } });
  const second = await runFixture(new Date(kept?.now ?? 0).toISOString(), kept?.directory);
  expect((await second.items('MESSAGE')).map((item) => item.sk)).toEqual(['done']);
  expect(Math.abs(second.cloud.clock.now() - Date.parse('2026-11-30T04:15:00Z'))).toBeLessThan(60_000);
  await second.call('/local/clock', { advance: 'PT6M' });
  expect((await second.items('MESSAGE')).map((item) => item.sk)).toEqual(['done', 'later']);
  await second.stop();
  rmSync(directory, { recursive: true, force: true });
});
