import { beforeEach, describe, expect, it } from 'vitest';
import { answerTask } from '../../functions/alerts/answer-task.ts';
import { evaluatePatient } from '../../functions/alerts/evaluate-patient.ts';
import { readTasks } from '../../functions/alerts/store.ts';
import { addDays } from '../../functions/shared/time.ts';
import { recordEvidence } from '../../functions/treatment/record-evidence.ts';
import { stopTreatment } from '../../functions/treatment/stop-treatment.ts';
import { anActor, type TestTools } from '../support/tools.ts';
import { anOpeningOf } from '../treatment/given.ts';
import { givenPatient, givenTeam, settingTools } from './given.ts';

const patientId = 'pat_1';
const nurse = anActor({ roles: ['nurse'], teams: [{ teamId: 'team_1' }] });
let tools: TestTools;

beforeEach(async () => {
  tools = await settingTools('2026-11-30T04:10:00.000Z');
  await givenTeam(tools);
  await givenPatient(tools);
  for (let date = '2026-11-20', seq = 1; date <= '2026-11-29'; date = addDays(date, 1), seq++)
    await recordEvidence(tools, { patientId, evidence: anOpeningOf('CC-4471', `${date}T04:00:00.000Z`, seq) });
});

let said = 0;
async function says(kind: 'cannot-take' | 'taken', reason?: string): Promise<void> {
  tools.advance(30);
  const at = tools.now();
  const piece = { id: `ev${++said}`, at, receivedAt: at, localDate: '2026-11-30', slot: 'day' };
  const evidence =
    kind === 'taken' ? { ...piece, kind, by: 'patient' as const } : { ...piece, kind, ...(reason && { reason }) };
  await recordEvidence(tools, { patientId, evidence });
}

const tasks = async () =>
  (await readTasks(tools, patientId))
    .filter(({ taskKind }) => taskKind === 'cannot-take')
    .map(({ state, reason }) => [reason.key === 'cannot-take' ? reason.params.reason : '', state]);

describe('what a patient told us of how they are', () => {
  it.each(['vomiting', 'side-effect', 'want-to-stop', 'other'])(
    '%s waits for staff, though they took the dose after all',
    async (reason) => {
      await says('cannot-take', reason);
      await evaluatePatient(tools, patientId);
      await says('taken');
      await evaluatePatient(tools, patientId);
      expect(await tasks()).toEqual([[reason, 'open']]);
      tools.advance(6 * 24 * 3600);
      await evaluatePatient(tools, patientId);
      expect(await tasks()).toEqual([[reason, 'open']]);
      const taskId = (await readTasks(tools, patientId)).find((task) => task.taskKind === 'cannot-take')?.taskId ?? '';
      await answerTask(tools, nurse, { patientId, taskId }, { answer: 'reached' });
      await evaluatePatient(tools, patientId);
      expect(await tasks()).toEqual([[reason, 'done']]);
    },
  );

  it('waits too when both were said before anybody looked', async () => {
    await says('cannot-take', 'vomiting');
    await says('taken');
    await evaluatePatient(tools, patientId);
    expect(await tasks()).toEqual([['vomiting', 'open']]);
  });

  it('is asked for once for each thing that was said', async () => {
    await says('cannot-take', 'no-pills');
    await evaluatePatient(tools, patientId);
    await says('cannot-take', 'vomiting');
    await evaluatePatient(tools, patientId);
    await evaluatePatient(tools, patientId);
    expect((await tasks()).sort()).toEqual([
      ['no-pills', 'open'],
      ['vomiting', 'open'],
    ]);
  });

  it('ends with the treatment', async () => {
    await says('cannot-take', 'vomiting');
    await evaluatePatient(tools, patientId);
    const ref = { patientId, planId: 'pln_pat_1', version: 1, author: 'usr_doctor' };
    await stopTreatment(tools, ref, { reason: 'died' });
    await evaluatePatient(tools, patientId);
    expect(await tasks()).toEqual([['vomiting', 'done']]);
  });
});

describe('no pills left', () => {
  it('is over when the dose was taken after all', async () => {
    await says('cannot-take', 'no-pills');
    await evaluatePatient(tools, patientId);
    await says('taken');
    await evaluatePatient(tools, patientId);
    expect(await tasks()).toEqual([['no-pills', 'done']]);
  });

  it('is not over because days have passed', async () => {
    await says('cannot-take', 'no-pills');
    await evaluatePatient(tools, patientId);
    tools.advance(20 * 24 * 3600);
    await evaluatePatient(tools, patientId);
    expect(await tasks()).toContainEqual(['no-pills', 'open']);
  });
});
