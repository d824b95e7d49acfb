import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { addDays, instantAt } from '../../functions/shared/time.ts';
import { boxHeard } from '../../functions/treatment/box-heard.ts';
import { claimTelling, recordTelling } from '../../functions/treatment/claim-telling.ts';
import { closeSlot } from '../../functions/treatment/close-slot.ts';
import { adherenceView, course } from '../../functions/treatment/course.ts';
import { days, knewAt } from '../../functions/treatment/days.ts';
import { recordEvidence } from '../../functions/treatment/record-evidence.ts';
import { summariseMonth } from '../../functions/treatment/summarise-month.ts';
import { timeline } from '../../functions/treatment/timeline.ts';
import { today } from '../../functions/treatment/today.ts';
import { aTools, type TestTools } from '../support/tools.ts';
import { anOpeningOf, aWitness, givenPlan, twoSlots } from './given.ts';

const patientId = 'pat_1';
const box = 'CC-4471';
let tools: TestTools;
beforeEach(async () => {
  tools = await aTools({ now: '2026-11-30T04:10:00.000Z' });
  await givenPlan(tools);
  tools.units();
});

const statusOn = async (date: string) =>
  (await days(tools, patientId, date, date))[0]?.slots.map((slot) =>
    slot.detail ? `${slot.status} ${slot.detail}` : slot.status,
  );

describe('an opening', () => {
  it('makes its day opened, with one write unit', async () => {
    const opening = anOpeningOf(box, '2026-11-30T02:40:00.000Z', 1);
    expect(
      await recordEvidence(tools, { patientId, evidence: opening, witness: aWitness(box, '2026-11-30T02:40:02.000Z') }),
    ).toBe('recorded');
    expect(tools.units().writes).toBe(1);
    expect(await statusOn('2026-11-30')).toEqual(['opened']);
  });

  it('counts once however often the box repeats it, and costs no write again', async () => {
    const opening = anOpeningOf(box, '2026-11-30T02:40:00.000Z', 1);
    await recordEvidence(tools, { patientId, evidence: opening });
    tools.units();
    for (let again = 0; again < 5; again++)
      expect(await recordEvidence(tools, { patientId, evidence: { ...opening, receivedAt: tools.now() } })).toBe(
        'repeated',
      );
    expect(tools.units().writes).toBe(0);
    expect((await days(tools, patientId, '2026-11-30', '2026-11-30'))[0]?.slots[0]?.evidence).toHaveLength(1);
  });

  it('and eleven others, each sent twice at once, are all kept, none twice', async () => {
    const openings = Array.from({ length: 12 }, (_, seq) => anOpeningOf(box, `2026-11-30T02:${10 + seq}:00.000Z`, seq));
    await Promise.all([...openings, ...openings].map((evidence) => recordEvidence(tools, { patientId, evidence })));
    const day = (await days(tools, patientId, '2026-11-30', '2026-11-30'))[0];
    expect(day?.slots[0]?.evidence).toHaveLength(12);
  });

  it('is kept on a day without a dose, and refused only without any plan', async () => {
    await recordEvidence(tools, { patientId, evidence: anOpeningOf(box, '2026-10-20T02:40:00.000Z', 1) });
    expect((await days(tools, patientId, '2026-10-20', '2026-10-20'))[0]?.unmatched).toHaveLength(1);
    expect(await recordEvidence(tools, { patientId: 'pat_none', evidence: anOpeningOf(box, tools.now(), 1) })).toBe(
      'no-plan',
    );
  });
});

describe('a slot that closes', () => {
  const close = (witness = aWitness(box, '2026-11-30T18:00:00.000Z')) =>
    closeSlot(tools, { patientId, localDate: '2026-11-30', slot: 'day', witness });

  it('costs nothing when the dose was taken', async () => {
    await recordEvidence(tools, { patientId, evidence: anOpeningOf(box, '2026-11-30T02:40:00.000Z', 1) });
    tools.setNow('2026-11-30T21:30:00.000Z');
    tools.units();
    expect(await close()).toBe('opened');
    expect(tools.units().writes).toBe(0);
  });

  it('waits, is not opened when the box has spoken, and is put right when the opening arrives late', async () => {
    tools.setNow('2026-11-30T21:30:00.000Z');
    expect(await close()).toBe('waiting');
    tools.setNow('2026-12-01T06:00:00.000Z');
    const heard = await boxHeard(tools, { patientId, witness: aWitness(box, tools.now()) });
    expect(heard).toEqual({ changed: ['2026-11-30'], nextWindowEnd: '2026-12-01T21:30:00.000Z' });
    expect(await statusOn('2026-11-30')).toEqual(['shut']);
    tools.setNow('2026-12-02T06:00:00.000Z');
    await recordEvidence(tools, { patientId, evidence: anOpeningOf(box, '2026-11-30T02:40:00.000Z', 1, tools.now()) });
    expect(await statusOn('2026-11-30')).toEqual(['opened arrived-late']);
    const known = async (at: string) =>
      (await knewAt(tools, patientId, { at, from: '2026-11-30', to: '2026-11-30' })).days[0]?.status;
    expect([
      await known('2026-11-30T10:00:00.000Z'),
      await known('2026-12-01T00:00:00.000Z'),
      await known('2026-12-01T07:00:00.000Z'),
      await known('2026-12-02T07:00:00.000Z'),
    ]).toEqual(['yet', 'waiting', 'shut', 'opened']);
    const entries = await timeline(tools, patientId, { from: '2026-11-30', to: '2026-12-02' });
    expect(
      entries
        .filter((entry) => entry.localDate === '2026-11-30')
        .map((entry) => [entry.what, entry.status, entry.knownAt.slice(5, 16)]),
    ).toEqual([
      ['evidence', undefined, '12-02T06:00'],
      ['status', 'shut', '12-01T06:00'],
      ['status', 'waiting', '11-30T21:30'],
    ]);
  });

  it('becomes silent by time alone', async () => {
    tools.setNow('2026-11-30T21:30:00.000Z');
    await close();
    tools.setNow('2026-12-01T18:00:01.000Z');
    expect(await statusOn('2026-11-30')).toEqual(['silent']);
    tools.advance(2 * 3600);
    const [newest] = await timeline(tools, patientId, { from: '2026-11-30', to: '2026-11-30' });
    expect(newest).toMatchObject({ status: 'silent', knownAt: '2026-12-01T18:00:00.001Z' });
  });

  it('changes nothing when told twice or too early', async () => {
    expect(await close()).toBe('yet');
    tools.setNow('2026-11-30T21:30:00.000Z');
    await close();
    tools.units();
    expect(await close()).toBe('waiting');
    expect(tools.units().writes).toBe(0);
  });

  it('a heartbeat writes nothing while it changes nothing', async () => {
    tools.setNow('2026-11-30T21:30:00.000Z');
    await close();
    tools.setNow('2026-11-30T22:30:00.000Z');
    tools.units();
    await boxHeard(tools, { patientId, witness: aWitness(box, tools.now(), '2026-11-30T18:00:00.000Z') });
    expect(tools.units().writes).toBe(0);
  });
});

describe('any order and repetition', () => {
  it('of openings and box reports gives the same days', async () => {
    const opened = [
      '2026-11-26T02:40:00.000Z',
      '2026-11-28T03:10:00.000Z',
      '2026-11-28T03:12:00.000Z',
      '2026-11-29T20:50:00.000Z',
    ];
    const spoken = ['2026-11-27T06:00:00.000Z', '2026-11-29T06:00:00.000Z', '2026-11-30T04:00:00.000Z'];
    const events: ((of: string) => Promise<unknown>)[] = [
      ...opened.map(
        (at, seq) => (of: string) => recordEvidence(tools, { patientId: of, evidence: anOpeningOf(box, at, seq) }),
      ),
      ...spoken.map((at) => (of: string) => boxHeard(tools, { patientId: of, witness: aWitness(box, at) })),
    ];
    const results: [string, string | undefined, unknown][][] = [];
    for (const [round, order] of [
      [0, 1, 2, 3, 4, 5, 6],
      [6, 5, 4, 3, 2, 1, 0],
      [3, 6, 0, 5, 2, 4, 1, 6, 3, 0],
    ].entries()) {
      const of = `pat_order_${round}`;
      await givenPlan(tools, of);
      for (const index of order) await events[index]?.(of);
      for (let date = '2026-11-26'; date < '2026-11-30'; date = addDays(date, 1))
        await closeSlot(tools, {
          patientId: of,
          localDate: date,
          slot: 'day',
          witness: aWitness(box, spoken[2] ?? ''),
        });
      const views = await days(tools, of, '2026-11-26', '2026-11-30');
      results.push(
        views.map((day) => [
          day.localDate,
          day.status,
          day.slots[0]?.evidence.map((piece) => [piece.id, piece.ignored]),
        ]),
      );
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
    expect(results[0]?.map(([date, status]) => [date, status])).toEqual([
      ['2026-11-26', 'opened'],
      ['2026-11-27', 'shut'],
      ['2026-11-28', 'opened'],
      ['2026-11-29', 'opened'],
      ['2026-11-30', 'yet'],
    ]);
  });
});

describe('telling', () => {
  const telling = { patientId, planId: 'pln_pat_1', localDate: '2026-11-30', slot: 'day', step: 'remind.day.sms' };

  it('is claimed by one of those who try at once, and stays told', async () => {
    const claims = await Promise.all(Array.from({ length: 6 }, () => claimTelling(tools, telling, 60)));
    expect(claims.filter((one) => one === 'mine')).toHaveLength(1);
    await recordTelling(tools, telling, 'told');
    expect(await claimTelling(tools, telling, 60)).toBe('told');
  });

  it('is nobody’s of a dose that was answered, of another plan’s, and of one that is not due', async () => {
    expect(await claimTelling(tools, { ...telling, planId: 'pln_old' }, 60)).toBe('no longer so');
    expect(await claimTelling(tools, { ...telling, slot: 'night' }, 60)).toBe('no longer so');
    expect(await claimTelling(tools, { ...telling, patientId: 'pat_nobody' }, 60)).toBe('no longer so');
    await recordEvidence(tools, { patientId, evidence: anOpeningOf(box, '2026-11-30T02:40:00.000Z', 1) });
    expect(await claimTelling(tools, telling, 60)).toBe('no longer so');
  });

  it('does not reach past an answer that came while it was being claimed', async () => {
    const opening = recordEvidence(tools, { patientId, evidence: anOpeningOf(box, '2026-11-30T02:40:00.000Z', 1) });
    const [claim] = await Promise.all([claimTelling(tools, telling, 60), opening]);
    expect(['mine', 'no longer so']).toContain(claim);
    expect(await claimTelling(tools, { ...telling, step: 'remind-again.day.sms' }, 60)).toBe('no longer so');
  });
});

/** Two months of a twice-daily plan, every slot opened and heard of, and all that an ordinary day carries. */
async function givenCourse(from: string, to: string) {
  for (let date = from, seq = 0; date <= to; date = addDays(date, 1)) {
    for (const time of ['08:04', '20:09']) {
      const at = instantAt(date, time, 'Asia/Kolkata');
      if (at > tools.now()) continue;
      await recordEvidence(tools, {
        patientId: 'pat_2',
        evidence: anOpeningOf('CC-1187', at, seq++),
        witness: aWitness('CC-1187', at),
      });
      const step = `remind.${time === '08:04' ? 'morning' : 'evening'}.sms`;
      await recordTelling(tools, { patientId: 'pat_2', localDate: date, step }, 'told');
    }
  }
}

describe('what it costs', () => {
  it('an ordinary day is one item below 1 kB', async () => {
    await givenPlan(tools, 'pat_2', { prescription: twoSlots, start: '2026-11-01' });
    await givenCourse('2026-11-29', '2026-11-29');
    const { Item } = await tools.db.send(
      new GetCommand({ TableName: tools.tableName, Key: { pk: 'PAT#pat_2', sk: 'DAY#2026-11-29' } }),
    );
    const size = Buffer.byteLength(JSON.stringify(Item));
    expect(size).toBeLessThan(1024);
  });

  it('today is one query of at most one read unit', async () => {
    await givenPlan(tools, 'pat_2', { templateId: 'bpalm', start: '2026-11-01' });
    await givenCourse('2026-11-20', '2026-11-30');
    tools.units();
    const view = await today(tools, 'pat_2');
    expect(tools.units().reads).toBeLessThanOrEqual(1);
    expect(view.week).toHaveLength(7);
  });

  it('a whole course is two requests and at most eight read units', async () => {
    tools.setNow('2026-11-30T18:00:00.000Z');
    await givenPlan(tools, 'pat_2', { prescription: twoSlots, start: '2026-09-01' });
    await givenCourse('2026-10-25', '2026-11-30');
    for (const month of ['2026-09', '2026-10']) await summariseMonth(tools, { patientId: 'pat_2', month });
    const october = `${'q'.repeat(24)}${'o'.repeat(7)}`;
    tools.units();
    const view = await course(tools, 'pat_2');
    expect(tools.units().reads).toBeLessThanOrEqual(8);
    expect(view.months.map((month) => month.month)).toEqual(['2026-09', '2026-10']);
    expect(view.months[1]?.slots).toEqual({ morning: october, evening: october });
    expect(view.days).toHaveLength(30);
    expect(await adherenceView(tools, 'pat_2')).toMatchObject({
      last7: { due: 14, supported: 14, observed: 0 },
      last28: { due: 56, supported: 56 },
      whole: { due: 180, supported: 72, notKnown: 108 },
      days28: { days: 28, taken: 28, notKnown: 0, notTaken: 0 },
    });
  }, 60_000);
});

describe('month summaries', () => {
  it('follow late evidence of an earlier month at once, and writing them again changes nothing', async () => {
    await summariseMonth(tools, { patientId, month: '2026-11' });
    tools.setNow('2026-12-10T06:00:00.000Z');
    await summariseMonth(tools, { patientId, month: '2026-11' });
    expect(await summariseMonth(tools, { patientId, month: '2026-11' })).toBe('same');
    await recordEvidence(tools, { patientId, evidence: anOpeningOf(box, '2026-11-30T02:40:00.000Z', 1, tools.now()) });
    expect((await course(tools, patientId)).months[0]?.slots.day).toBe(`${'q'.repeat(29)}o`);
  });
});
