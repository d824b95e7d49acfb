import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cloud } from './cloud.ts';
import type { DemoPeople } from './control/people.ts';

/** A kept state of everything: tables, pools, buckets, the time it was and who lives in it. */
export interface KeptState {
  readonly directory: string;
  readonly now: number;
  readonly people: DemoPeople;
  /** Whether the whole demonstration is in it, or only what the ready line waits for. */
  readonly complete: boolean;
}

const ABOUT = 'about.json';

/** The state that this very code kept, if any. */
export function findState(directory: string, codeHash: string): KeptState | undefined {
  const folder = join(directory, 'state', codeHash);
  const about = join(folder, ABOUT);
  if (!existsSync(about)) return undefined;
  const kept: Omit<KeptState, 'directory'> = JSON.parse(readFileSync(about, 'utf8'));
  return { ...kept, directory: folder };
}

/** Keeps the state of an idle cloud, instead of whatever other code kept before. */
export async function keepState(directory: string, codeHash: string, cloud: Cloud, complete: boolean): Promise<void> {
  const folder = join(directory, 'state', codeHash);
  const next = `${folder}.new`;
  rmSync(next, { recursive: true, force: true });
  mkdirSync(next, { recursive: true });
  await cloud.idle();
  const about: Omit<KeptState, 'directory'> = { now: cloud.clock.now(), people: cloud.people, complete };
  await cloud.aws.save(next);
  writeFileSync(join(next, ABOUT), JSON.stringify(about));
  rmSync(folder, { recursive: true, force: true });
  renameSync(next, folder);
}
