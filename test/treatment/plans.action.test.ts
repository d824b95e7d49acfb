import { beforeEach, describe, expect, it } from 'vitest';
import { LocalDate } from '../../functions/shared/shapes.ts';
import { addDays } from '../../functions/shared/time.ts';
import { declareAway, endAway } from '../../functions/treatment/away.ts';
import { closeSlot } from '../../functions/treatment/close-slot.ts';
import { course } from '../../functions/treatment/course.ts';
import { days } from '../../functions/treatment/days.ts';
import { RefillInput } from '../../functions/treatment/evidence-shapes.ts';
import { moveEvidence, retimeOpening } from '../../functions/treatment/move-evidence.ts';
import { declarePocketDoses } from '../../functions/treatment/pocket-doses.ts';
import { recordEvidence } from '../../functions/treatment/record-evidence.ts';
import { recordForPerson } from '../../functions/treatment/record-for-person.ts';
import { recordRefill } from '../../functions/treatment/refill.ts';
import { changePlan, holdPlan, resumePlan } from '../../functions/treatment/revise-plan.ts';
import { stopTreatment } from '../../functions/treatment/stop-treatment.ts';
import { readPlans } from '../../functions/treatment/store.ts';
import { timeline } from '../../functions/treatment/timeline.ts';
import { today } from '../../functions/treatment/today.ts';
import { aTools, type TestTools } from '../support/tools.ts';
import { anOpeningOf, aWitness, givenPlan, twoSlots } from './given.ts';

const patientId = 'pat_1';
const author = 'usr_doctor';
let tools: TestTools;
beforeEach(async () => {
  tools = await aTools({ now: '2026-11-30T04:10:00.000Z' });
});

const statuses = async (patient: string, from: string, to: string) =>
  (await days(tools, patient, from, to)).map((day) => day.status);

describe('prescribing', () => {
  it('answers the same plan when it is sent twice and refuses a second one', async () => {
    const plan = await givenPlan(tools);
    expect(await givenPlan(tools)).toEqual(plan);
    await expect(givenPlan(tools, patientId, { planId: 'pln_other' })).rejects.toMatchObject({
      reason: 'conflict',
      code: 'plan-running',
    });
  });

  it('two prescribers at once leave one plan', async () => {
    const both = await Promise.allSettled(['pln_a', 'pln_b'].map((planId) => givenPlan(tools, patientId, { planId })));
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it.each([
    [{ templateId: 'none' }, '/templateId'],
    [{ templateId: '2hrze-4hr' }, '/weightKg'],
    [{ templateId: '2hrze-4hr', weightKg: 20 }, '/weightKg'],
    [{ zone: 'Asia/Nowhere' }, '/zone'],
    [{ end: '2026-10-01' }, '/end'],
    [{ prescription: { ...twoSlots, drugs: [{ ...twoSlots.drugs[0], medicine: 'unknown' }] } }, '/drugs/0/medicine'],
    [{ prescription: { ...twoSlots, slots: [{ name: 'morning', time: '08:00' }] } }, '/drugs/0/steps'],
  ])('refuses %j', async (overrides, pointer) => {
    await expect(givenPlan(tools, patientId, overrides as Parameters<typeof givenPlan>[2])).rejects.toMatchObject({
      errors: [{ pointer }],
    });
  });

  it('takes the patient’s own times', async () => {
    await givenPlan(tools, patientId, { times: { day: '20:30' } });
    expect((await today(tools, patientId)).slots[0]?.plannedTime).toBe('20:30');
  });
});

describe('changing a plan', () => {
  it('holds from its date on and leaves the days before as they were', async () => {
    const plan = await givenPlan(tools);
    const change = { from: '2026-12-01', reason: 'twice a day', slots: twoSlots.slots, drugs: twoSlots.drugs };
    const changed = await changePlan(tools, { patientId, planId: plan.planId, version: plan.version, author }, change);
    expect(changed).toMatchObject({ version: 2, versions: [{ n: 1 }, { n: 2, reason: 'twice a day' }] });
    const views = await days(tools, patientId, '2026-11-30', '2026-12-01');
    expect(views.map((day) => day.slots.map((slot) => slot.name))).toEqual([['day'], ['morning', 'evening']]);
  });

  it('is refused when somebody else was first', async () => {
    const plan = await givenPlan(tools);
    const ref = { patientId, planId: plan.planId, version: plan.version, author };
    const hold = { holdId: 'h1', from: '2026-12-01', reason: 'vomiting' };
    const both = await Promise.allSettled([
      holdPlan(tools, ref, hold),
      holdPlan(tools, ref, { ...hold, holdId: 'h2' }),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(holdPlan(tools, ref, hold)).rejects.toMatchObject({ reason: 'stale' });
  });

  it('hold and resume take stored days along', async () => {
    const plan = await givenPlan(tools);
    await recordEvidence(tools, { patientId, evidence: anOpeningOf('CC-1', '2026-11-29T02:40:00.000Z', 1) });
    const held = await holdPlan(
      tools,
      { patientId, planId: plan.planId, version: 1, author },
      { holdId: 'h1', from: '2026-11-29', reason: 'liver' },
    );
    expect(held.status).toBe('on-hold');
    expect(await statuses(patientId, '2026-11-28', '2026-11-30')).toEqual(['silent', 'hold', 'hold']);
    expect((await today(tools, patientId)).card).toEqual({ kind: 'hold', reason: 'liver' });
    const resumed = await resumePlan(
      tools,
      { patientId, planId: plan.planId, version: held.version, author },
      { holdId: 'h1', on: '2026-11-29' },
    );
    expect(resumed.status).toBe('active');
    expect(await statuses(patientId, '2026-11-29', '2026-11-30')).toEqual(['opened', 'yet']);
  });
});

describe('stopping', () => {
  const stop = async (reason: 'died' | 'completed' = 'died', on?: string) => {
    const plan = await givenPlan(tools);
    return await stopTreatment(
      tools,
      { patientId, planId: plan.planId, version: 1, author },
      { reason, ...(on && { on }) },
    );
  };

  it('leaves nothing due, closes no slot as missed, and can happen once', async () => {
    const stopped = await stop();
    expect(stopped).toMatchObject({ status: 'stopped', stopped: { reason: 'died', on: '2026-11-30' } });
    tools.setNow('2026-11-30T21:30:00.000Z');
    const witness = aWitness('CC-1', '2026-11-30T21:31:00.000Z');
    expect(await closeSlot(tools, { patientId, localDate: '2026-11-30', slot: 'day', witness })).toBe('no-slot');
    expect((await today(tools, patientId)).card).toEqual({ kind: 'ended', reason: 'died' });
    await expect(
      stopTreatment(tools, { patientId, planId: stopped.planId, version: 2, author }, { reason: 'completed' }),
    ).rejects.toMatchObject({ code: 'treatment-ended' });
  });

  it('leaves a record that is closed: nothing is added for the days after it', async () => {
    await stop('died', '2026-11-28');
    expect((await course(tools, patientId)).plan?.stopped).toEqual({ reason: 'died', on: '2026-11-28' });
    const ended = { code: 'treatment-ended' };
    const away = { awayId: 'awy_1', reason: 'admitted', from: '2026-11-29', recordedBy: 'ward' } as const;
    await expect(declareAway(tools, { patientId, author, input: away })).rejects.toMatchObject(ended);
    const refill = { refillId: 'r1', counted: [], given: [] };
    await expect(recordRefill(tools, { patientId, author, input: refill })).rejects.toMatchObject(ended);
    const by = { userId: 'usr_nurse', role: 'nurse', staff: true };
    const dose = { kind: 'watched', evidenceId: 'e1', localDate: '2026-11-29', slot: 'day' } as const;
    await expect(recordForPerson(tools, { patientId, by, input: dose })).rejects.toMatchObject(ended);
    const pocket = { declarationId: 'd1', from: '2026-12-01', to: '2026-12-02' };
    await expect(declarePocketDoses(tools, { patientId, by, input: pocket })).rejects.toMatchObject(ended);
  });

  it('still takes what was known of the days before', async () => {
    await stop('died', '2026-11-28');
    const input = { awayId: 'awy_1', reason: 'admitted', from: '2026-11-27', recordedBy: 'ward' } as const;
    await declareAway(tools, { patientId, author, input });
    expect(await statuses(patientId, '2026-11-27', '2026-11-29')).toEqual(['away', 'away', undefined]);
  });

  it.each([
    ['tomorrow', '2026-12-01'],
    ['before it began', '2026-10-31'],
  ])('is not dated %s', async (_, on) => {
    await expect(stop('died', on)).rejects.toMatchObject({ errors: [{ pointer: '/on' }] });
  });

  it('keeps the dose that was taken on the last day', async () => {
    await givenPlan(tools);
    await recordEvidence(tools, { patientId, evidence: anOpeningOf('CC-1', '2026-11-30T02:40:00.000Z', 1) });
    await stop('completed');
    expect(await statuses(patientId, '2026-11-30', '2026-12-01')).toEqual(['opened', undefined]);
  });

  it('allows a new plan afterwards', async () => {
    await stop('completed', '2026-11-29');
    await expect(givenPlan(tools, patientId, { planId: 'pln_2', start: '2026-11-29' })).rejects.toMatchObject({
      code: 'plans-overlap',
    });
    await givenPlan(tools, patientId, { planId: 'pln_0', start: '2026-11-30' });
    expect(await statuses(patientId, '2026-11-28', '2026-11-30')).toEqual(['silent', 'silent', 'yet']);
    expect((await readPlans(tools, patientId)).map(({ status }) => status)).toEqual(['active', 'completed']);
  });
});

describe('away', () => {
  const away = {
    awayId: 'awy_1',
    reason: 'admitted',
    from: '2026-11-29',
    expectedEnd: '2026-11-30',
    recordedBy: 'ward',
  } as const;

  it('covers its days, those stored before too, and asks at its end', async () => {
    await givenPlan(tools);
    tools.setNow('2026-11-29T21:30:00.000Z');
    await closeSlot(tools, {
      patientId,
      localDate: '2026-11-29',
      slot: 'day',
      witness: aWitness('CC-1', '2026-11-29T21:31:00.000Z'),
    });
    tools.setNow('2026-11-30T04:10:00.000Z');
    await declareAway(tools, { patientId, author, input: away });
    expect(await statuses(patientId, '2026-11-28', '2026-11-30')).toEqual(['silent', 'away', 'away']);
    expect((await today(tools, patientId)).card).toMatchObject({ kind: 'away', askBackWithBox: true });
    await endAway(tools, { patientId, awayId: 'awy_1', author, input: { to: '2026-11-29', backWithBox: true } });
    expect(await statuses(patientId, '2026-11-29', '2026-11-30')).toEqual(['away', 'yet']);
  });

  it.each([
    ['before any plan', { from: '2026-10-31' }, '/from'],
    ['long ahead', { from: '2027-02-15', expectedEnd: '2027-02-16' }, '/from'],
    ['for years', { expectedEnd: '2029-11-30' }, '/expectedEnd'],
  ])('is not %s', async (_, input, pointer) => {
    await givenPlan(tools);
    await expect(declareAway(tools, { patientId, author, input: { ...away, ...input } })).rejects.toMatchObject({
      errors: [{ pointer }],
    });
  });

  it('may have begun under the plan before', async () => {
    await givenPlan(tools, patientId, { planId: 'pln_0', start: '2026-10-01' });
    await stopTreatment(
      tools,
      { patientId, planId: 'pln_0', version: 1, author },
      { reason: 'completed', on: '2026-10-31' },
    );
    await givenPlan(tools);
    expect(await declareAway(tools, { patientId, author, input: { ...away, from: '2026-10-30' } })).toMatchObject({
      author,
    });
  });

  it('ends on a day that has come', async () => {
    await givenPlan(tools);
    await declareAway(tools, { patientId, author, input: away });
    const input = { to: '2199-12-31', backWithBox: true };
    await expect(endAway(tools, { patientId, awayId: 'awy_1', author, input })).rejects.toMatchObject({
      errors: [{ pointer: '/to' }],
    });
  });

  it('is one at a time, and the same one sent twice is one', async () => {
    await givenPlan(tools);
    const first = await declareAway(tools, { patientId, author, input: away });
    expect(await declareAway(tools, { patientId, author, input: away })).toEqual(first);
    await expect(declareAway(tools, { patientId, author, input: { ...away, awayId: 'awy_2' } })).rejects.toMatchObject({
      code: 'already-away',
    });
  });
});

describe('a plan', () => {
  it.each([
    ['2hrze-4hr', 168],
    ['daily-tablet', 182],
  ])('of %s that would have ended yesterday is not begun', async (templateId, length) => {
    const regimen = { templateId, weightKg: 50 };
    const lastDay = addDays('2026-11-30', 1 - length);
    await expect(givenPlan(tools, patientId, { ...regimen, start: addDays(lastDay, -1) })).rejects.toMatchObject({
      errors: [{ pointer: '/start', detail: expect.stringContaining('2026-11-29') }],
    });
    expect(await givenPlan(tools, patientId, { ...regimen, start: lastDay })).toMatchObject({ end: '2026-11-30' });
  });

  it.each(['1900-01-01', '2023-01-01', '2031-01-01'])('does not start on %s', async (start) => {
    await expect(givenPlan(tools, patientId, { start })).rejects.toMatchObject({ errors: [{ pointer: '/start' }] });
  });
});

it.each(['0000-01-01', '0001-01-01', '1899-12-31', '2200-01-01', '2026-02-30'])('%s is no date of ours', (date) => {
  expect(LocalDate.safeParse(date).success).toBe(false);
});

describe('a refill', () => {
  it.each([
    ['2019-11-30T04:00:00.000Z', '2019-11-30T05:00:00.000Z'],
    ['2026-12-05T04:00:00.000Z', '2026-12-05T05:00:00.000Z'],
  ])('was not on %s', async (from, to) => {
    const { version } = await givenPlan(tools);
    expect(version).toBe(1);
    const input = { refillId: 'r1', from, to, counted: [], given: [] };
    await expect(recordRefill(tools, { patientId, author, input })).rejects.toMatchObject({
      errors: [{ pointer: '/from' }],
    });
  });

  it.each([
    ['more than anybody takes in a year', { given: [{ medicine: 'isoniazid-300', pills: 999_999 }] }, '/given/0/pills'],
    ['more left than anybody has', { counted: [{ medicine: 'isoniazid-300', pills: 400 }] }, '/counted/0/pills'],
    ['of a drug that is not in the plan', { given: [{ medicine: 'bedaquiline-100', pills: 3 }] }, '/given/0/medicine'],
  ])('is not %s', async (_, pills, pointer) => {
    await givenPlan(tools);
    const input = { refillId: 'r1', counted: [], given: [], ...pills };
    await expect(recordRefill(tools, { patientId, author, input })).rejects.toMatchObject({ errors: [{ pointer }] });
  });

  it.each([-5, 12.3, Number.NaN])('counts no %d pills', (pills) => {
    const input = { refillId: 'r1', counted: [{ medicine: 'isoniazid-300', pills }], given: [] };
    expect(RefillInput.safeParse(input).success).toBe(false);
  });

  it('says in the history which pills, and when it was written down', async () => {
    await givenPlan(tools);
    const input = { refillId: 'r1', counted: [], given: [{ medicine: 'isoniazid-300', pills: 28 }] };
    await recordRefill(tools, { patientId, author, input });
    const entries = await timeline(tools, patientId, { from: '2026-11-30', to: '2026-11-30' });
    expect(entries.find((entry) => entry.what === 'refill')).toMatchObject({
      happenedAt: tools.now(),
      given: [{ name: 'Isoniazid 300 mg', pills: 28 }],
    });
  });

  it('gives the run-out date and makes the openings of the visit nobody’s dose', async () => {
    await givenPlan(tools);
    await recordEvidence(tools, { patientId, evidence: anOpeningOf('CC-1', '2026-11-30T04:00:00.000Z', 1) });
    const input = {
      refillId: 'ref_1',
      counted: [{ medicine: 'isoniazid-300', pills: 2 }],
      given: [{ medicine: 'isoniazid-300', pills: 28 }],
    };
    const plan = await recordRefill(tools, { patientId, author, input });
    expect(plan.runsOutOn).toBe('2026-12-30');
    expect(await recordRefill(tools, { patientId, author, input })).toEqual(plan);
    const day = (await days(tools, patientId, '2026-11-30', '2026-11-30'))[0];
    expect(day?.slots[0]).toMatchObject({ status: 'yet', evidence: [{ ignored: 'refill-visit' }] });
  });
});

describe('a swapped box', () => {
  const opened = '2026-11-28T02:40:00.000Z';
  const move = (from: string, to: string, witness = {}) =>
    moveEvidence(tools, {
      boxId: 'CC-1',
      fromPatientId: from,
      toPatientId: to,
      from: '2026-11-27T00:00:00.000Z',
      author: 'usr_nurse',
      reason: 'boxes swapped',
      witness,
    });

  beforeEach(async () => {
    await givenPlan(tools, 'pat_1');
    await givenPlan(tools, 'pat_2');
    await recordEvidence(tools, {
      patientId: 'pat_1',
      evidence: anOpeningOf('CC-1', opened, 1),
      witness: aWitness('CC-1', '2026-11-29T02:00:00.000Z'),
    });
  });

  it('is put right in both calendars, and twice changes nothing', async () => {
    const held = {
      pat_1: {
        holdings: [{ boxId: 'CC-2', from: '2026-11-01T03:00:00.000Z' }],
        reports: [
          {
            boxId: 'CC-2',
            receivedAt: '2026-11-29T05:00:00.000Z',
            heardThrough: '2026-11-29T05:00:00.000Z',
            uploadIntervalHours: 12,
          },
        ],
      },
    };
    expect(await move('pat_1', 'pat_2', held)).toEqual({ moved: 1, days: ['2026-11-28'] });
    expect(await statuses('pat_1', '2026-11-28', '2026-11-28')).toEqual(['shut']);
    expect(await statuses('pat_2', '2026-11-28', '2026-11-28')).toEqual(['opened']);
    expect(await move('pat_1', 'pat_2', held)).toEqual({ moved: 0, days: [] });
    expect(await statuses('pat_2', '2026-11-28', '2026-11-28')).toEqual(['opened']);
  });

  it('can be taken back', async () => {
    await move('pat_1', 'pat_2');
    await move('pat_2', 'pat_1');
    expect(await statuses('pat_1', '2026-11-28', '2026-11-28')).toEqual(['opened']);
    expect(await statuses('pat_2', '2026-11-28', '2026-11-28')).toEqual(['silent']);
  });

  it('a corrected time counts on the day where it now belongs', async () => {
    const evidence = anOpeningOf('CC-1', '2026-11-29T02:40:00.000Z', 1, tools.now());
    await retimeOpening(tools, { patientId: 'pat_1', evidenceId: evidence.id, was: opened, evidence });
    await retimeOpening(tools, { patientId: 'pat_1', evidenceId: evidence.id, was: opened, evidence });
    const views = await days(tools, 'pat_1', '2026-11-28', '2026-11-29');
    expect(views.map((day) => [day.status === 'opened', day.slots[0]?.evidence.length])).toEqual([
      [false, 1],
      [true, 1],
    ]);
  });
});
