import { beforeEach, describe, expect, it } from 'vitest';
import { alertOf } from '../../functions/alerts/alert-of.ts';
import { evaluatePatient } from '../../functions/alerts/evaluate-patient.ts';
import { followPatient } from '../../functions/alerts/follow-patient.ts';
import { moveWork } from '../../functions/alerts/pass-on.ts';
import { resolveAlert } from '../../functions/alerts/resolve.ts';
import { readTasks } from '../../functions/alerts/store.ts';
import { movePatient } from '../../functions/identity/move-patient.ts';
import type { Due } from '../../functions/reminders/due.ts';
import { readWatchedTeams } from '../../functions/reminders/store.ts';
import { queuesFor } from '../../functions/shared/fan-out.ts';
import { closeSlot } from '../../functions/treatment/close-slot.ts';
import { recordForPerson } from '../../functions/treatment/record-for-person.ts';
import type { PlanInput } from '../../functions/treatment/view-shapes.ts';
import { meanwhile } from '../support/meanwhile.ts';
import type { TestTools } from '../support/tools.ts';
import { aWitness } from '../treatment/given.ts';
import { aTeam, givenPatient, givenTeam, settingTools } from './given.ts';

/** A Monday, 09:40 in Kolkata. */
const now = '2026-11-30T04:10:00.000Z';
const patientId = 'pat_1';
let tools: TestTools;

async function notOpened(...dates: string[]): Promise<void> {
  for (const localDate of dates)
    await closeSlot(tools, { patientId, localDate, slot: 'day', witness: aWitness('CC-1', tools.now()) });
}

beforeEach(async () => {
  tools = await settingTools(now);
  await givenTeam(tools);
  await givenPatient(tools);
});

describe('an alert that becomes red', () => {
  it('gives whoever has it the time of a red one, however long it was yellow', async () => {
    await notOpened('2026-11-28', '2026-11-29');
    await evaluatePatient(tools, patientId);
    expect(await alertOf(tools, patientId)).toMatchObject({
      band: 'yellow',
      acknowledgeBy: '2026-11-30T08:10:00.000Z',
    });
    tools.setNow('2026-12-01T04:10:00.000Z');
    await notOpened('2026-11-30');
    tools.sent.length = 0;
    await evaluatePatient(tools, patientId);
    expect(await alertOf(tools, patientId)).toMatchObject({
      band: 'red',
      ownerId: 'usr_nurse',
      acknowledgeBy: '2026-12-01T08:10:00.000Z',
    });
    const atOnce = tools.sent.filter(({ queue }) => queue === 'due').map(({ message }) => message.body as Due);
    expect(atOnce.filter(({ work }) => work.step === 'acknowledge-by')).toEqual([]);
  });
});

describe('a patient who goes to another team in the moment in which something is opened', () => {
  const member = (userId: string) => ({ userId, name: userId, roles: ['nurse' as const], language: 'en' });
  const other = aTeam({ teamId: 'team_2', ownerId: 'usr_anil', members: [member('usr_anil')] });
  const moves = async () => {
    await movePatient(tools, patientId, 'team_1', other);
    await moveWork(tools, { patientId, toTeamId: 'team_2', toUserId: 'usr_anil', by: 'usr_admin' });
  };
  beforeEach(async () => {
    await givenTeam(tools, other);
  });

  it('takes the alert along', async () => {
    await notOpened('2026-11-28', '2026-11-29');
    meanwhile(tools, moves, 'ALERT#open');
    await evaluatePatient(tools, patientId);
    expect(queuesFor('profile', 'MODIFY')).toContain('alerts');
    await evaluatePatient(tools, patientId);
    expect(await alertOf(tools, patientId)).toMatchObject({ teamId: 'team_2', ownerId: 'usr_anil' });
  });

  it('is looked at every night there, though nobody of that team was ever prescribed anything', async () => {
    await moves();
    tools.sent.length = 0;
    const change = { kind: 'profile', pk: `PAT#${patientId}`, sk: 'PROFILE', event: 'MODIFY', at: now } as const;
    for (let times = 0; times < 2; times++) await followPatient(tools, patientId, [change]);
    expect(await readWatchedTeams(tools)).toEqual(['team_1', 'team_2']);
    const due = tools.sent.filter(({ queue }) => queue === 'due').map(({ message }) => (message.body as Due).work);
    expect(due).toEqual([{ step: 'team-night', teamId: 'team_2' }]);
  });

  it('takes the task along', async () => {
    const by = { userId: patientId, role: 'patient', staff: false };
    const dose = { evidenceId: 'e1', localDate: '2026-11-30', slot: 'day' };
    await recordForPerson(tools, { patientId, by, input: { kind: 'cannot-take', ...dose, reason: 'side-effect' } });
    meanwhile(tools, moves, 'TASK#cannot');
    await evaluatePatient(tools, patientId);
    await evaluatePatient(tools, patientId);
    const said = (await readTasks(tools, patientId)).filter(({ taskKind }) => taskKind === 'cannot-take');
    expect(said).toMatchObject([{ teamId: 'team_2', ownerId: 'usr_anil' }]);
  });
});

describe('an alert that is closed before the dosing day of a night worker has ended', () => {
  it('leaves the dose of that day to be missed', async () => {
    const patient = 'pat_night';
    const plan = { templateId: undefined, prescription: onceAtNight, start: '2026-11-20', dayRollsAt: '12:00' };
    await givenPatient(tools, { patientId: patient, code: 'GUM-0399-1', plan });
    const missed = async (localDate: string) =>
      await closeSlot(tools, { patientId: patient, localDate, slot: 'night', witness: aWitness('CC-1', tools.now()) });
    // Monday, ten in the morning: the day that began on Sunday at noon is open for two hours more.
    tools.setNow('2026-11-30T04:30:00.000Z');
    for (const localDate of ['2026-11-26', '2026-11-27', '2026-11-28']) await missed(localDate);
    await evaluatePatient(tools, patient);
    const { alertId = '', band } = (await alertOf(tools, patient)) ?? {};
    expect(band).toBe('red');
    const closing = { patientId: patient, alertId, by: 'usr_nurse', byName: 'Meera Toppo' };
    await resolveAlert(tools, aTeam(), { ...closing, input: { outcome: 'reached-not-taken' } });
    tools.setNow('2026-11-30T07:30:00.000Z');
    await missed('2026-11-29');
    await evaluatePatient(tools, patient);
    expect(await alertOf(tools, patient)).toMatchObject({ state: 'triggered', misses: [{ localDate: '2026-11-29' }] });
  });
});

const onceAtNight: PlanInput['prescription'] = {
  slots: [{ name: 'night', time: '22:00' }],
  phases: [{ name: 'single' }],
  drugs: [
    {
      medicine: 'isoniazid-300',
      inBox: true,
      steps: [{ repeat: { kind: 'daily' }, doses: [{ slot: 'night', count: 1 }] }],
    },
  ],
};
