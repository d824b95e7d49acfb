import { beforeEach, describe, expect, it } from 'vitest';
import { movePatient } from '../../functions/identity/move-patient.ts';
import { leaveCaseload } from '../../functions/reports/leave-caseload.ts';
import { projectCase } from '../../functions/reports/project-case.ts';
import { readCase, readCaseload } from '../../functions/reports/store.ts';
import { recordEvidence } from '../../functions/treatment/record-evidence.ts';
import { aTeam, givenPatient, givenTeam, settingTools } from '../alerts/given.ts';
import { meanwhile } from '../support/meanwhile.ts';
import type { TestTools } from '../support/tools.ts';
import { anOpeningOf } from '../treatment/given.ts';

let tools: TestTools;
beforeEach(async () => {
  tools = await settingTools();
  await givenTeam(tools);
  await givenPatient(tools);
});

describe('a row of the caseload, in the moment in which it is written', () => {
  it('stays with no team that the patient has left', async () => {
    const other = aTeam({ teamId: 'team_2' });
    const moves = async () => {
      await movePatient(tools, 'pat_1', 'team_1', other);
      await leaveCaseload(tools, 'team_1', 'pat_1');
    };
    meanwhile(tools, moves, 'CASE#');
    await projectCase(tools, 'pat_1');
    expect(await readCaseload(tools, 'team_1')).toEqual([]);
    await projectCase(tools, 'pat_1');
    expect(await readCaseload(tools, 'team_2')).toHaveLength(1);
  });

  it('shows the later reading, whoever writes last', async () => {
    await projectCase(tools, 'pat_1');
    const other = async () => {
      const opening = anOpeningOf('CC-1', '2026-11-30T02:30:00.000Z', 2);
      await recordEvidence(tools, { patientId: 'pat_1', evidence: opening });
      await projectCase(tools, 'pat_1');
      tools.advance(1);
    };
    tools.advance(60);
    await recordEvidence(tools, { patientId: 'pat_1', evidence: anOpeningOf('CC-1', '2026-11-29T02:30:00.000Z', 1) });
    afterReading(tools, other);
    await projectCase(tools, 'pat_1');
    expect((await readCase(tools, 'team_1', 'pat_1'))?.slots).toMatchObject([{ status: 'opened' }]);
  });
});

/** Somebody else acts, a second later, between a reader's days and what the reader makes of them. */
function afterReading({ db, advance }: TestTools, act: () => Promise<unknown>): void {
  let isOver = false;
  db.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      if (!isOver && context.commandName === 'QueryCommand') {
        isOver = true;
        advance(1);
        await act();
      }
      return answer;
    },
    { step: 'initialize' },
  );
}
