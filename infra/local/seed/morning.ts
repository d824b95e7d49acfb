import { Temporal } from 'temporal-polyfill';
import type { Cloud } from '../cloud.ts';
import type { Inside } from './inside.ts';
import { stories } from './people/stories.ts';
import { TODAY, ZONE } from './when.ts';

/**
 * From ten to eight until the ready line the stories are lived, not told: what is said and due goes through queues and
 * functions, and what leaves the building has left.
 */
export async function liveMorning(cloud: Cloud, inside: Inside, until: number): Promise<void> {
  const pass = (time: string) => cloud.mover.moveTo(() => Math.max(at(time), cloud.clock.now()), 'quarters');
  await inside.step('team');
  await confirmSubscriptions(cloud);
  await wake(cloud, stories.sunita.box.serial);
  await pass('07:52');
  await inside.step('imtiyaz-writes');
  await pass('08:40');
  await wake(cloud, stories.rajrajeshwari.box.serial);
  await pass('09:21');
  await cloud.mover.moveTo(() => Math.max(until, cloud.clock.now()), 'quarters');
}

function at(time: string): number {
  return Temporal.PlainDateTime.from(`${TODAY}T${time}`).toZonedDateTime(ZONE).epochMilliseconds;
}

/** What they do with the mail that asks them to confirm. */
async function confirmSubscriptions(cloud: Cloud): Promise<void> {
  for (const { confirmUrl } of cloud.aws.outbox.list()) if (confirmUrl !== undefined) await fetch(confirmUrl);
  cloud.aws.outbox.clear();
}

/** A box reaches its network: it says that it is alive, and hears what it is asked for. */
async function wake(cloud: Cloud, boxId: string): Promise<void> {
  const answer = await fetch(`${cloud.appOrigin}/local/boxes/${boxId}`, { method: 'POST', body: '{"do":"report"}' });
  if (!answer.ok) throw new Error(`${boxId} did not wake: ${await answer.text()}`);
  await cloud.idle();
}
