import { beforeEach, describe, expect, it } from 'vitest';
import { course } from '../../functions/treatment/course.ts';
import { recordForPerson } from '../../functions/treatment/record-for-person.ts';
import { stopTreatment } from '../../functions/treatment/stop-treatment.ts';
import { aTools, type TestTools } from '../support/tools.ts';
import { givenPlan, twoSlots } from './given.ts';

const patientId = 'pat_1';
let tools: TestTools;

beforeEach(async () => {
  tools = await aTools({ now: '2026-11-30T04:10:00.000Z' });
});

const planNow = async () => (await course(tools, patientId)).plan;

describe('the plan of a course', () => {
  it('says on a day without a dose what the next one is', async () => {
    const thrice = twoSlots.drugs.map((drug) => ({
      ...drug,
      steps: [{ repeat: { kind: 'weekdays' as const, weekdays: [2, 4, 6] }, doses: [{ slot: 'morning', count: 3 }] }],
    }));
    await givenPlan(tools, patientId, { prescription: { ...twoSlots, drugs: thrice } });
    expect((await planNow())?.slots).toEqual([
      { name: 'morning', time: '08:00', totalCount: 3, unit: 'tablets' },
      { name: 'evening', time: '20:00', totalCount: 0, unit: 'pills' },
    ]);
    expect((await planNow())?.endedOn).toBeUndefined();
  });

  it('is over from the day after its last one, with the dose that it had', async () => {
    await givenPlan(tools, patientId, { prescription: twoSlots, end: '2026-11-30' });
    expect((await planNow())?.endedOn).toBeUndefined();
    tools.setNow('2026-12-24T04:10:00.000Z');
    expect(await planNow()).toMatchObject({ endedOn: '2026-11-30', slots: [{ totalCount: 2 }, { totalCount: 2 }] });
  });

  it('is over when it was stopped', async () => {
    const { planId, version } = await givenPlan(tools, patientId);
    const ref = { patientId, planId, version, author: 'usr_doctor' };
    await stopTreatment(tools, ref, { reason: 'transferred', on: '2026-11-29' });
    expect(await planNow()).toMatchObject({ endedOn: '2026-11-29', slots: [{ totalCount: 1 }] });
  });

  it('that was stopped for days before leaves what was taken on them, and no dose that was not', async () => {
    const { planId, version } = await givenPlan(tools, patientId);
    const by = { userId: 'usr_patient', role: 'patient', staff: false };
    const taken = { kind: 'taken', evidenceId: 'e1', localDate: '2026-11-29', slot: 'day' } as const;
    const cannot = { kind: 'cannot-take', evidenceId: 'e2', localDate: '2026-11-30', slot: 'day' } as const;
    for (const input of [taken, { ...cannot, reason: 'want-to-stop' } as const])
      await recordForPerson(tools, { patientId, by, input });
    const ref = { patientId, planId, version, author: 'usr_doctor' };
    await stopTreatment(tools, ref, { reason: 'transferred', on: '2026-11-28' });
    const { days } = await course(tools, patientId);
    expect(days.slice(-2).map(({ status }) => status)).toEqual(['said', undefined]);
    expect(days.at(-1)?.unmatched).toMatchObject([{ kind: 'cannot-take' }]);
  });
});
