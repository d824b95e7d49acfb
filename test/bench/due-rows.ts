import { bars } from './bars.ts';
import { dueMinuteOf } from './due-minute/due-minute.ts';
import { latenessOf } from './lateness.ts';
import { atLeast, atMost, type Row } from './row.ts';

const doses = 10_000;

export async function dueRate(endpoint: string): Promise<readonly Row[]> {
  const { left, handedOverInSeconds, leftInSeconds } = await dueMinuteOf(endpoint, doses);
  return [
    atLeast(`${doses.toLocaleString('en')} doses due in one minute: reminders that left`, left, doses, 'messages'),
    atMost('… handed over, a minute ahead, in', handedOverInSeconds, bars.dueMinuteSeconds, 's'),
    atMost('… after their second, the last left in', leftInSeconds, bars.dueMinuteSeconds, 's'),
  ];
}

export async function lateness(endpoint: string): Promise<readonly Row[]> {
  const usual = await latenessOf(endpoint, {});
  const outage = await latenessOf(endpoint, { outageHours: 3 });
  return [
    atMost('lateness of due work, ticks up to 59 s late: p99', usual.p99Seconds, bars.latenessP99Seconds, 's'),
    atMost('… never done', usual.lost, 0, 'of them'),
    atMost('three hours without ticks: never done', outage.lost, 0, 'of them'),
    atMost('… the last caught up after the first tick', outage.caughtUpSeconds, bars.latenessP99Seconds, 's'),
  ];
}
