import { beforeEach, describe, expect, it } from 'vitest';
import { passOnWork } from '../../functions/alerts/pass-on.ts';
import { putTask, readTask } from '../../functions/alerts/store.ts';
import { checkBox } from '../../functions/devices/check.ts';
import { moveBoxToTeam } from '../../functions/devices/move-team.ts';
import { quarantinePage, readQuarantined } from '../../functions/devices/quarantine-store.ts';
import { dismiss, replay } from '../../functions/devices/replay.ts';
import { correctSwap } from '../../functions/devices/swap.ts';
import { readTickets } from '../../functions/devices/ticket-store.ts';
import { readAccessCard } from '../../functions/shared/access-store.ts';
import { meanwhile } from '../support/meanwhile.ts';
import { givenAccessCard, type TestTools } from '../support/tools.ts';
import { anOpening } from './support/events.ts';
import { devicesTools, facility, givenHeldBox, sends } from './support/given.ts';

let tools: TestTools;
beforeEach(async () => {
  tools = await devicesTools();
});

/** As a hand-over does it: the patient, then what follows them. */
const moves = async (patientId: string) => {
  await givenAccessCard(tools, { kind: 'patient', id: patientId }, { path: facility.path, teamId: 'team_2' });
  await moveBoxToTeam(tools, patientId, 'team_2');
};

describe('a patient who goes to another team in the same moment', () => {
  it('takes along the ticket of their box', async () => {
    await givenHeldBox(tools);
    tools.advance(2 * 24 * 3600);
    meanwhile(tools, async () => await moves('pat_1'), 'TICKET#open');
    await checkBox(tools, 'CC-4471');
    await checkBox(tools, 'CC-4471');
    expect(await readTickets(tools, 'CC-4471')).toMatchObject([{ state: 'open', teamId: 'team_2' }]);
  });

  it('takes along the box that a swap gives them', async () => {
    const [boxA, boxB] = ['CC-1111', 'CC-2222'];
    await givenHeldBox(tools, { boxId: boxA, patientId: 'pat_1' });
    await givenHeldBox(tools, { boxId: boxB, patientId: 'pat_2' });
    meanwhile(tools, async () => await moves('pat_1'), 'HOLDER');
    const swap = { boxA, boxB, since: '2026-11-24T12:00:00.000Z', actorId: 'usr_nurse' };
    await expect(correctSwap(tools, swap)).rejects.toMatchObject({ code: 'box-changed' });
    expect((await correctSwap(tools, swap)).outcome).toBe('corrected');
    expect(await readAccessCard(tools, { kind: 'box', id: boxB })).toMatchObject({ teamId: 'team_2' });
    expect(await readAccessCard(tools, { kind: 'box', id: boxA })).toMatchObject({ teamId: 'team_1' });
  });
});

describe('what was set aside', () => {
  it('is dismissed or replayed, whoever is first', async () => {
    await sends(tools, anOpening({ seq: 1, deviceTime: '2026-11-30T02:31:00Z' }));
    await givenHeldBox(tools);
    const quarantineId = (await quarantinePage(tools, 'open', 10)).items[0]?.quarantineId ?? '';
    meanwhile(tools, async () => await dismiss(tools, { quarantineId, actorId: 'usr_one' }), quarantineId.slice(11));
    const late = replay(tools, { quarantineId, actorId: 'usr_two' });
    await expect(late).rejects.toMatchObject({ code: 'entry-resolved' });
    expect(await readQuarantined(tools, quarantineId)).toMatchObject({ state: 'dismissed', resolvedBy: 'usr_one' });
  });
});

describe('work of a person who leaves', () => {
  it('is passed on although it changes in that moment', async () => {
    const task = {
      ...{ taskId: 'promise.1', patientId: 'pat_1', patientCode: 'GUM-0388-2', teamId: 'team_1', version: 0 },
      ...{ taskKind: 'promised' as const, state: 'open' as const, ownerId: 'usr_one', openedAt: tools.now() },
      reason: { key: 'promised' as const, params: { what: 'call' as const } },
    };
    await putTask(tools, task);
    const other = { teamId: 'team_1', fromUserId: 'usr_one', by: 'usr_admin' };
    meanwhile(tools, async () => await passOnWork(tools, { ...other, toUserId: 'usr_one' }), 'TASK#');
    await passOnWork(tools, { ...other, toUserId: 'usr_two' });
    expect(await readTask(tools, 'pat_1', 'promise.1')).toMatchObject({ ownerId: 'usr_two' });
  });
});
