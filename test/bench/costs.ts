import { dueMinute, missedAndResolved, takenAfterReminder, takenBeforeReminder } from '../flow/dose-costs.ts';
import { screensOfALongCourse } from '../flow/read-costs.ts';
import { endsUnderAnyOrder, eventWrites } from '../flow/telemetry-costs.ts';
import { bars } from './bars.ts';
import { atMost, type Row } from './row.ts';

const orders = Array.from({ length: 25 }, (_, index) => index + 1);

export async function reads(endpoint: string): Promise<readonly Row[]> {
  const { today, course } = await screensOfALongCourse(endpoint);
  return [
    atMost("today's doses: queries", today.requests, bars.todayRequests, 'requests'),
    atMost("today's doses: read units", today.reads, bars.todayReadUnits, 'RU'),
    atMost('a whole course: requests', course.requests, bars.courseRequests, 'requests'),
    atMost('a whole course: read units', course.reads, bars.courseReadUnits, 'RU'),
  ];
}

export async function boxWrites(endpoint: string): Promise<readonly Row[]> {
  const { opening, heartbeat, repeat } = await eventWrites(endpoint);
  return [
    atMost('one opening, day, box and list', opening, bars.openingWriteUnits, 'WU'),
    atMost('one heartbeat', heartbeat, bars.heartbeatWriteUnits, 'WU'),
    atMost('one repeat', repeat, bars.repeatWriteUnits, 'WU'),
    atMost(
      `ends of two days told in ${orders.length} orders, repeated`,
      await endsUnderAnyOrder(endpoint, orders),
      1,
      'state',
    ),
  ];
}

export async function doseWrites(endpoint: string): Promise<readonly Row[]> {
  const { writes, transactions } = await dueMinute(endpoint);
  return [
    atMost(
      'a dose taken before its reminder',
      await takenBeforeReminder(endpoint),
      bars.takenBeforeReminderWriteUnits,
      'WU',
    ),
    atMost(
      'a dose taken after one reminder',
      await takenAfterReminder(endpoint),
      bars.takenAfterReminderWriteUnits,
      'WU',
    ),
    atMost(
      'a dose missed, alerted, acknowledged, resolved',
      await missedAndResolved(endpoint),
      bars.missedAndResolvedWriteUnits,
      'WU',
    ),
    atMost('a due minute: writes a dose', writes, bars.dueWritesPerDose, 'WU'),
    atMost('a due minute: transactions', transactions, 0, 'calls'),
  ];
}
