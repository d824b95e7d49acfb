import { describe, expect, inject, it } from 'vitest';
import { bars } from '../bench/bars.ts';
import { dueMinute, missedAndResolved, takenAfterReminder, takenBeforeReminder } from './dose-costs.ts';
import { screensOfALongCourse } from './read-costs.ts';
import { endsUnderAnyOrder, eventWrites } from './telemetry-costs.ts';

const endpoint = inject('dynamodbEndpoint');

describe('what a dose costs, timers, messages, lists and audit included', () => {
  it('taken before its reminder', async () => {
    expect(await takenBeforeReminder(endpoint)).toBeLessThanOrEqual(bars.takenBeforeReminderWriteUnits);
  });

  it('taken after one reminder', async () => {
    expect(await takenAfterReminder(endpoint)).toBeLessThanOrEqual(bars.takenAfterReminderWriteUnits);
  });

  it('missed, alerted, acknowledged, closed', async () => {
    expect(await missedAndResolved(endpoint)).toBeLessThanOrEqual(bars.missedAndResolvedWriteUnits);
  });

  it('in the minute in which it is due', async () => {
    const { writes, transactions } = await dueMinute(endpoint);
    expect(writes).toBeLessThanOrEqual(bars.dueWritesPerDose);
    expect(transactions).toBe(0);
  });
});

describe('what a pill box costs', () => {
  it('an opening, a heartbeat, a repeat', async () => {
    const { opening, heartbeat, repeat } = await eventWrites(endpoint);
    expect(opening).toBeLessThanOrEqual(bars.openingWriteUnits);
    expect(heartbeat).toBeLessThanOrEqual(bars.heartbeatWriteUnits);
    expect(repeat).toBeLessThanOrEqual(bars.repeatWriteUnits);
  });

  it('ends the same in any order and repetition', async () => {
    // In the last of these an opening comes before the first heartbeat that vouches for the clock.
    expect(await endsUnderAnyOrder(endpoint, [1, 2, 13])).toBe(1);
  });
});

describe('what a patient’s screens read', () => {
  it('today in one query, the whole course in two', async () => {
    const { today, course } = await screensOfALongCourse(endpoint);
    expect(today.requests).toBe(bars.todayRequests);
    expect(today.reads).toBeLessThanOrEqual(bars.todayReadUnits);
    expect(course.requests).toBeLessThanOrEqual(bars.courseRequests);
    expect(course.reads).toBeLessThanOrEqual(bars.courseReadUnits);
  });
});
