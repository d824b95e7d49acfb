import { beforeEach, describe, expect, it } from 'vitest';
import { moveEvidence } from '../../functions/treatment/move-evidence.ts';
import { recordEvidence } from '../../functions/treatment/record-evidence.ts';
import { recordForPerson } from '../../functions/treatment/record-for-person.ts';
import { stopTreatment } from '../../functions/treatment/stop-treatment.ts';
import { readDay, readMonths } from '../../functions/treatment/store.ts';
import { meanwhile } from '../support/meanwhile.ts';
import { aTools, type TestTools } from '../support/tools.ts';
import { anOpeningOf, givenPlan, twoSlots } from './given.ts';

let tools: TestTools;
beforeEach(async () => {
  tools = await aTools({ now: '2026-11-30T12:00:00.000Z' });
});

const opening = async (patientId: string, at: string, seq: number) =>
  await recordEvidence(tools, { patientId, evidence: anOpeningOf('CC-1', at, seq) });

describe('openings that go to another patient', () => {
  it('are not lost when one more arrives in that moment', async () => {
    for (const patientId of ['pat_1', 'pat_2']) await givenPlan(tools, patientId);
    await opening('pat_1', '2026-11-30T02:30:00.000Z', 1);
    meanwhile(tools, async () => await opening('pat_1', '2026-11-30T04:30:00.000Z', 2), 'DAY#2026-11-30');
    await moveEvidence(tools, {
      boxId: 'CC-1',
      fromPatientId: 'pat_1',
      toPatientId: 'pat_2',
      from: '2026-11-20T00:00:00.000Z',
      author: 'usr_nurse',
      reason: 'boxes were swapped',
      witness: {},
    });
    const evidence = async (patientId: string) =>
      (await readDay(tools, patientId, '2026-11-30'))?.facts.evidence.filter((one) => one.movedAt === undefined);
    expect(await evidence('pat_1')).toEqual([]);
    expect(await evidence('pat_2')).toHaveLength(2);
  });
});

describe('the summary of a month that is over', () => {
  it('has both of two doses that became known in the same moment', async () => {
    await givenPlan(tools, 'pat_1', { start: '2026-10-01' });
    meanwhile(tools, async () => await opening('pat_1', '2026-10-06T02:30:00.000Z', 2), 'MONTH#2026-10');
    await opening('pat_1', '2026-10-05T02:30:00.000Z', 1);
    const [summary] = await readMonths(tools, 'pat_1', '2026-11');
    expect([...(summary?.slots.day ?? '')].filter((letter) => letter === 'o')).toHaveLength(2);
  });
});

describe('a treatment that ends today, west of Greenwich', () => {
  it('leaves no dose of this evening, though it is tomorrow already elsewhere', async () => {
    const zone = 'America/Los_Angeles';
    await givenPlan(tools, 'pat_1', { zone, templateId: undefined, prescription: twoSlots });
    const by = { userId: 'usr_nurse', role: 'nurse', staff: true };
    tools.setNow('2026-11-30T18:00:00.000Z');
    const morning = { kind: 'watched', evidenceId: 'e1', localDate: '2026-11-30', slot: 'morning' } as const;
    await recordForPerson(tools, { patientId: 'pat_1', by, input: morning });
    // Five in the afternoon.
    tools.setNow('2026-12-01T01:00:00.000Z');
    const ref = { patientId: 'pat_1', planId: 'pln_pat_1', version: 1, author: 'usr_doctor' };
    await stopTreatment(tools, ref, { reason: 'died' });
    const slots = (await readDay(tools, 'pat_1', '2026-11-30'))?.facts.slots;
    expect(slots?.map(({ name }) => name)).toEqual(['morning']);
  });
});
