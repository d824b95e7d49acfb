import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { clinicHeard } from '../../functions/treatment/clinic-heard.ts';
import { recordClinicList } from '../../functions/treatment/clinic-list.ts';
import { closeSlot } from '../../functions/treatment/close-slot.ts';
import { days } from '../../functions/treatment/days.ts';
import { interruptionNow } from '../../functions/treatment/interruption-now.ts';
import { declarePocketDoses } from '../../functions/treatment/pocket-doses.ts';
import { recordEvidence } from '../../functions/treatment/record-evidence.ts';
import { type Recorder, recordForPerson } from '../../functions/treatment/record-for-person.ts';
import { changePlan, holdPlan } from '../../functions/treatment/revise-plan.ts';
import { stopTreatment } from '../../functions/treatment/stop-treatment.ts';
import { readDay, readPlans } from '../../functions/treatment/store.ts';
import { today } from '../../functions/treatment/today.ts';
import { aTools, type TestTools } from '../support/tools.ts';
import { anOpeningOf, aWitness, givenPlan } from './given.ts';

const patientId = 'pat_1';
const patient: Recorder = { userId: 'usr_ramesh', role: 'patient', staff: false };
const nurse: Recorder = { userId: 'usr_meera', role: 'nurse', staff: true };
const slot = { localDate: '2026-11-30', slot: 'day' } as const;
let tools: TestTools;
beforeEach(async () => {
  tools = await aTools({ now: '2026-11-30T04:10:00.000Z' });
  await givenPlan(tools);
});

const statusOn = async (localDate: string, of = patientId) => (await days(tools, of, localDate, localDate))[0]?.status;

describe('a patient', () => {
  it('says taken, is heard, and an offline queue that sends again changes nothing', async () => {
    const input = { kind: 'taken', evidenceId: 'e1', ...slot } as const;
    expect((await recordForPerson(tools, { patientId, by: patient, input })).outcome).toBe('changed');
    expect((await recordForPerson(tools, { patientId, by: patient, input })).outcome).toBe('unchanged');
    expect(await today(tools, patientId)).toMatchObject({
      card: { kind: 'done', next: { localDate: '2026-12-01' } },
      heard: { what: 'taken', at: tools.now() },
    });
  });

  it('cannot take it: the card says so, the nurse who read it is shown, and the day ends as missed', async () => {
    const input = { kind: 'cannot-take', evidenceId: 'e1', ...slot, reason: 'side-effect' } as const;
    await recordForPerson(tools, { patientId, by: patient, input });
    tools.advance(600);
    await clinicHeard(tools, { patientId, localDate: '2026-11-30', by: 'Meera', before: '2026-11-30T07:30:00.000Z' });
    expect(await today(tools, patientId)).toMatchObject({
      card: { kind: 'cannot', reason: 'side-effect' },
      heard: { what: 'cannot-take', reason: 'side-effect', readBy: 'Meera', callBefore: '2026-11-30T07:30:00.000Z' },
    });
    tools.setNow('2026-11-30T21:30:00.000Z');
    await closeSlot(tools, { patientId, ...slot, witness: { holdings: [], reports: [] } });
    expect(await statusOn('2026-11-30')).toBe('missed');
  });

  it('tells of a day weeks ago, and not of tomorrow, of no slot, or of what only staff may say', async () => {
    const tell = (input: Parameters<typeof recordForPerson>[1]['input']) =>
      recordForPerson(tools, { patientId, by: patient, input });
    await tell({ kind: 'taken', evidenceId: 'e1', localDate: '2026-11-09', slot: 'day' });
    expect(await statusOn('2026-11-09')).toBe('said');
    await expect(tell({ kind: 'taken', evidenceId: 'e2', localDate: '2026-12-01', slot: 'day' })).rejects.toMatchObject(
      { errors: [{ pointer: '/localDate' }] },
    );
    await expect(
      tell({ kind: 'taken', evidenceId: 'e3', localDate: '2026-11-30', slot: 'noon' }),
    ).rejects.toMatchObject({ errors: [{ pointer: '/slot' }] });
    await expect(tell({ kind: 'watched', evidenceId: 'e4', ...slot })).rejects.toMatchObject({ code: 'staff-only' });
  });

  it.each(['1970-01-01T00:00:00.000Z', '2026-11-28T21:00:00.000Z', '2026-12-24T04:00:00.000Z'])(
    'is believed with a phone that thinks it is %s, without that time',
    async (takenAt) => {
      const input = { kind: 'taken', evidenceId: 'e', ...slot, takenAt } as const;
      await recordForPerson(tools, { patientId, by: patient, input });
      expect(await statusOn('2026-11-30')).toBe('said');
      const day = await readDay(tools, patientId, '2026-11-30');
      expect(day?.facts.evidence.map(({ at }) => at)).toEqual([tools.now()]);
    },
  );

  it('was not watched weeks after its day', async () => {
    const input = {
      ...({ kind: 'watched', evidenceId: 'e', localDate: '2026-11-09', slot: 'day' } as const),
      watchedAt: '2026-11-30T04:00:00.000Z',
    };
    await expect(recordForPerson(tools, { patientId, by: nurse, input })).rejects.toMatchObject({
      errors: [{ pointer: '/watchedAt' }],
    });
  });

  it('may have taken it the evening before, or after midnight', async () => {
    for (const [n, takenAt] of ['2026-11-28T22:00:00.000Z', '2026-11-30T04:00:00.000Z'].entries())
      await recordForPerson(tools, {
        patientId,
        by: patient,
        input: { kind: 'taken', evidenceId: `e${n}`, localDate: '2026-11-29', slot: 'day', takenAt },
      });
  });

  it('declares pocket doses ahead; they count as claimed and are no news of a box', async () => {
    const input = { declarationId: 'd1', from: '2026-12-01', to: '2026-12-03' };
    expect((await declarePocketDoses(tools, { patientId, by: patient, input })).outcome).toBe('recorded');
    expect((await declarePocketDoses(tools, { patientId, by: patient, input })).outcome).toBe('repeated');
    tools.setNow('2026-12-02T21:30:00.000Z');
    expect(
      await closeSlot(tools, {
        patientId,
        localDate: '2026-12-02',
        slot: 'day',
        witness: aWitness('CC-1', tools.now()),
      }),
    ).toBe('said');
    await expect(
      declarePocketDoses(tools, { patientId, by: patient, input: { ...input, declarationId: 'd2' } }),
    ).rejects.toMatchObject({ errors: [{ pointer: '/from' }] });
  });

  it('records nothing for the time after treatment ended', async () => {
    await stopTreatment(
      tools,
      { patientId, planId: 'pln_pat_1', version: 1, author: 'usr_meera' },
      { reason: 'transferred', on: '2026-11-29' },
    );
    const input = { kind: 'taken', evidenceId: 'e1', ...slot } as const;
    await expect(recordForPerson(tools, { patientId, by: patient, input })).rejects.toMatchObject({
      code: 'treatment-ended',
    });
  });
});

describe('a supporter who never stops', () => {
  const supporter: Recorder = { userId: 'usr_sunita', role: 'supporter', staff: false };
  const note = 'अ'.repeat(500);

  it('is told so, and box, patient and clinic are heard as before', async () => {
    const tell = (n: number) =>
      recordForPerson(tools, {
        patientId,
        by: supporter,
        input: { kind: 'cannot-take', evidenceId: `e${n}`, ...slot, reason: 'other', note },
      });
    for (let n = 0; n < 24; n++) await tell(n);
    await expect(tell(24)).rejects.toMatchObject({ reason: 'conflict', code: 'said-enough' });
    expect((await tell(0)).outcome).toBe('unchanged');
    const pockets = { declarationId: 'd1', from: slot.localDate, to: slot.localDate };
    await expect(declarePocketDoses(tools, { patientId, by: supporter, input: pockets })).rejects.toMatchObject({
      code: 'said-enough',
    });
    const opening = anOpeningOf('CC-1', '2026-11-30T02:31:00.000Z', 1);
    expect(await recordEvidence(tools, { patientId, evidence: opening })).toBe('recorded');
    for (const [by, kind] of [
      [patient, 'taken'],
      [nurse, 'watched'],
    ] as const)
      expect(
        (await recordForPerson(tools, { patientId, by, input: { kind, evidenceId: by.userId, ...slot } })).outcome,
      ).toBe('changed');
  });
});

describe('staff', () => {
  it('makes a dose seen only on its own day', async () => {
    await recordForPerson(tools, { patientId, by: nurse, input: { kind: 'watched', evidenceId: 'e1', ...slot } });
    await recordForPerson(tools, {
      patientId,
      by: nurse,
      input: { kind: 'watched', evidenceId: 'e2', localDate: '2026-11-29', slot: 'day' },
    });
    expect([await statusOn('2026-11-30'), await statusOn('2026-11-29')]).toEqual(['seen', 'said']);
  });

  it('leaves an audit event for each thing recorded, none for a repeat', async () => {
    for (let again = 0; again < 2; again++)
      await recordForPerson(tools, {
        patientId,
        by: nurse,
        input: { kind: 'not-taken', evidenceId: 'e1', ...slot, reason: 'forgot' },
      });
    const { Items } = await tools.db.send(
      new QueryCommand({
        TableName: tools.tableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': 'AUDIT#pat_1#2026-11' },
      }),
    );
    expect(Items).toMatchObject([{ actorId: 'usr_meera', action: 'record not-taken', ids: ['2026-11-30/day'] }]);
  });

  it('ticks several patients in one list; one without a dose does not hold up the others', async () => {
    await givenPlan(tools, 'pat_2');
    await givenPlan(tools, 'pat_3', { start: '2026-12-15' });
    const input = {
      listId: 'l1',
      localDate: '2026-11-30',
      inPerson: true,
      ticks: ['pat_1', 'pat_3', 'pat_2'].map((id) => ({ patientId: id })),
    };
    const outcomes = async () => (await recordClinicList(tools, { by: nurse, input })).map((one) => one.outcome);
    expect(await outcomes()).toEqual(['recorded', 'nothing-due', 'recorded']);
    expect(await outcomes()).toEqual(['repeated', 'nothing-due', 'repeated']);
    expect(await statusOn('2026-11-30', 'pat_2')).toBe('seen');
  });

  it('types a past clinic day later as a claim, with a reason', async () => {
    const input = { listId: 'l1', localDate: '2026-11-28', inPerson: false, ticks: [{ patientId }] };
    await expect(recordClinicList(tools, { by: nurse, input })).rejects.toMatchObject({ code: 'reason-required' });
    await recordClinicList(tools, { by: nurse, input: { ...input, reason: 'from the paper register' } });
    expect(await statusOn('2026-11-28')).toBe('said');
  });
});

describe('an interruption', () => {
  const known = async (kind: 'typed-later' | 'not-taken', ...dates: string[]) => {
    for (const localDate of dates)
      await recordForPerson(tools, {
        patientId,
        by: nurse,
        input: { kind, evidenceId: `${kind}.${localDate}`, localDate, slot: 'day', reason: 'home visit' },
      });
  };
  const rules = async () =>
    (await interruptionNow(tools, patientId)).gaps.flatMap(({ advice }) => advice.map((one) => one.ruleId));
  const bpalm = async (start: string) => {
    tools = await aTools({ now: '2026-11-30T04:10:00.000Z' });
    await givenPlan(tools, patientId, { templateId: 'bpalm', start });
  };

  it('says what the rules make of a gap, with its inputs, and how much of it nobody knows', async () => {
    await bpalm('2026-10-01');
    await known('typed-later', '2026-11-10');
    await known('not-taken', '2026-11-11', '2026-11-12');
    const { gaps } = await interruptionNow(tools, patientId);
    const { advice, ...gap } = gaps[0] ?? { advice: [] };
    expect(gap).toEqual({
      ...{ from: '2026-11-11', days: 19, notKnownDays: 17, heldDays: 0, treatmentDay: 42 },
      ...{ inAllDays: 59, inAllNotKnownDays: 57 },
    });
    expect(advice.map((one) => one.ruleId)).toContain('bdq-2-to-8-weeks');
    expect(advice[0]?.inputs).toMatchObject({ consecutiveDays: 19, regimen: 'bpalm', step: 'maintenance' });
  });

  it('counts the patient’s own dosing days, also in the hours in which their date is ahead of UTC', async () => {
    await bpalm('2026-11-01');
    await known('typed-later', '2026-11-27');
    await known('not-taken', '2026-11-28');
    // 02:30 in India, still the dosing day of the 29th; then 03:30, that of the 30th.
    tools.setNow('2026-11-29T21:00:00.000Z');
    expect((await interruptionNow(tools, patientId)).gaps[0]).toMatchObject({ days: 1, notKnownDays: 0 });
    tools.setNow('2026-11-29T22:00:00.000Z');
    expect((await interruptionNow(tools, patientId)).gaps[0]).toMatchObject({ days: 2, notKnownDays: 1 });
  });

  it('makes no gap of a day or two of silence, and one as soon as a day of it is known', async () => {
    await bpalm('2026-11-01');
    await known('typed-later', '2026-11-27');
    expect(await interruptionNow(tools, patientId)).toEqual({ gaps: [] });
    await known('not-taken', '2026-11-28');
    expect((await interruptionNow(tools, patientId)).gaps[0]).toMatchObject({ days: 2, notKnownDays: 1 });
  });

  it('speaks of bedaquiline only when a dose of it was due', async () => {
    await bpalm('2026-11-01');
    tools.setNow('2026-11-25T04:10:00.000Z');
    await known('typed-later', '2026-11-23');
    await known('not-taken', '2026-11-24');
    expect(await rules()).toEqual(['bpal-reintroduce']);
    tools.setNow('2026-11-26T04:10:00.000Z');
    await known('not-taken', '2026-11-25');
    expect(await rules()).toEqual(['bdq-maintenance-48h', 'bdq-under-2-weeks', 'bpal-reintroduce']);
  });

  it('of bedaquiline alone lasts while it is on hold, whatever else is taken, and the rest has its own', async () => {
    await bpalm('2026-10-01');
    await known('typed-later', '2026-10-29', '2026-10-30');
    tools.setNow('2026-11-02T04:10:00.000Z');
    const hold = { holdId: 'h1', from: '2026-11-02', reason: 'QTcF 510 ms', drugs: ['bedaquiline-100'] };
    await holdPlan(tools, { patientId, planId: `pln_${patientId}`, version: 1, author: 'usr_doctor' }, hold);
    tools.setNow('2026-11-30T04:10:00.000Z');
    await known('typed-later', '2026-11-28', '2026-11-29');
    const alone = { drug: 'bedaquiline', from: '2026-10-31', days: 30, heldDays: 12, notKnownDays: 0 };
    expect(await interruptionNow(tools, patientId)).toMatchObject({ gaps: [alone] });
    expect(await rules()).toEqual(['bdq-2-to-8-weeks']);
    tools.setNow('2026-12-01T04:10:00.000Z');
    await known('not-taken', '2026-11-30');
    const rest = { from: '2026-11-30', days: 1 };
    expect(await interruptionNow(tools, patientId)).toMatchObject({
      gaps: [rest, { ...alone, days: 31, heldDays: 13 }],
    });
    expect(await rules()).toEqual(['bpal-cumulative', 'bdq-2-to-8-weeks']);
  });

  it('of bedaquiline alone is none once it is not prescribed any more', async () => {
    await bpalm('2026-10-01');
    await known('typed-later', '2026-11-23', '2026-11-26');
    await known('not-taken', '2026-11-25');
    tools.setNow('2026-11-27T04:10:00.000Z');
    expect(await rules()).toEqual(['bdq-under-2-weeks']);
    const drugs = (await readPlans(tools, patientId))[0]?.versions[0]?.drugs ?? [];
    const without = drugs.filter(({ medicine }) => medicine !== 'bedaquiline-100');
    const ref = { patientId, planId: `pln_${patientId}`, version: 1, author: 'usr_doctor' };
    await changePlan(tools, ref, { from: '2026-11-27', drugs: without, reason: 'QTcF 510 ms' });
    expect(await rules()).toEqual([]);
  });

  it('of one dose of bedaquiline lasts until the next one, though the other tablets are taken again', async () => {
    await bpalm('2026-11-01');
    await known('typed-later', '2026-11-23', '2026-11-24', '2026-11-26');
    await known('not-taken', '2026-11-25');
    tools.setNow('2026-11-27T04:10:00.000Z');
    expect(await rules()).toEqual(['bdq-under-2-weeks']);
    await known('typed-later', '2026-11-27');
    tools.setNow('2026-11-28T04:10:00.000Z');
    expect(await rules()).toEqual([]);
  });

  it('is over with a dose, and with the treatment', async () => {
    await bpalm('2026-11-01');
    await known('not-taken', '2026-11-29');
    expect((await interruptionNow(tools, patientId)).gaps).toHaveLength(1);
    await known('typed-later', '2026-11-29');
    expect(await interruptionNow(tools, patientId)).toEqual({ gaps: [] });
    await givenPlan(tools, 'pat_2', { templateId: 'bpalm', start: '2026-06-03' });
    expect((await interruptionNow(tools, 'pat_2')).gaps).toHaveLength(1);
    tools.setNow('2026-12-02T04:10:00.000Z');
    expect(await interruptionNow(tools, 'pat_2')).toEqual({ gaps: [] });
  });
});
