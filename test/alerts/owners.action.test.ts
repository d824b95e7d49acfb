import { beforeEach, describe, expect, it } from 'vitest';
import { alertOf } from '../../functions/alerts/alert-of.ts';
import { evaluatePatient } from '../../functions/alerts/evaluate-patient.ts';
import { reassignAlert } from '../../functions/alerts/note.ts';
import { acknowledgeByLink, makeOpenLink } from '../../functions/alerts/open-link.ts';
import { ownerView } from '../../functions/alerts/views.ts';
import { movePatient } from '../../functions/identity/move-patient.ts';
import { addDays } from '../../functions/shared/time.ts';
import { closeSlot } from '../../functions/treatment/close-slot.ts';
import { recordEvidence } from '../../functions/treatment/record-evidence.ts';
import { anActor, givenActor, type TestTools } from '../support/tools.ts';
import { anOpeningOf, aWitness } from '../treatment/given.ts';
import { aTeam, givenPatient, givenTeam, settingTools } from './given.ts';

const now = '2026-11-30T04:10:00.000Z';
const worker = anActor({ userId: 'usr_worker', roles: ['health-worker'], teams: [{ teamId: 'team_1' }] });
let tools: TestTools;
let alertId: string;

/** A red alert of a loading week. */
beforeEach(async () => {
  tools = await settingTools(now);
  await givenTeam(tools);
  await givenPatient(tools, { plan: { templateId: 'bpalm', start: '2026-11-23', weightKg: 54 } });
  for (let date = '2026-11-23', seq = 1; date <= '2026-11-28'; date = addDays(date, 1), seq++) {
    const evidence = anOpeningOf('CC-4471', `${date}T04:00:00.000Z`, seq, now);
    await recordEvidence(tools, { patientId: 'pat_1', evidence });
  }
  const missed = { patientId: 'pat_1', localDate: '2026-11-29', slot: 'day', witness: aWitness('CC-4471', now) };
  await closeSlot(tools, missed);
  await evaluatePatient(tools, 'pat_1');
  alertId = (await alert()).alertId;
});

async function alert() {
  const found = await alertOf(tools, 'pat_1');
  if (!found) throw new Error('no alert');
  return found;
}

describe('the link of a message', () => {
  it.each([
    ['has a closed account', () => givenActor(tools, { ...worker, teams: [], disabled: true })],
    ['has left the team', () => givenActor(tools, { ...worker, teams: [] })],
    ['stood in until yesterday', () => givenActor(tools, { ...worker, teams: [{ teamId: 'team_1', to: now }] })],
    [
      'sees the patient no longer, who went to another team',
      () => movePatient(tools, 'pat_1', 'team_1', { teamId: 'team_2', facilityId: 'org_gumla', path: ['org_gumla'] }),
    ],
  ])('says nothing and stops no climbing when who has it %s', async (_, happens) => {
    const token = await makeOpenLink(tools, { patientId: 'pat_1', alertId, userId: worker.userId });
    await happens();
    expect(await acknowledgeByLink(tools, token)).toEqual({ outcome: 'expired' });
    expect(await alert()).toMatchObject({ state: 'triggered' });
  });
});

const agnes = { userId: 'usr_agnes', name: 'Agnes Kujur', roles: ['nurse'], language: 'en' };
const coverOf = (from: string, to: string) => ({ coverId: 'cov_1', forUserId: 'usr_nurse', by: agnes, from, to });

describe('an alert', () => {
  it.each([
    ['is over', coverOf('2026-11-20T00:00:00.000Z', now)],
    ['has not begun', coverOf('2026-12-01T00:00:00.000Z', '2026-12-05T00:00:00.000Z')],
  ])('is not given to somebody whose cover %s', async (_, cover) => {
    const given = { patientId: 'pat_1', alertId, by: 'usr_nurse', byName: 'Meera Toppo', ownerId: agnes.userId };
    const refused = reassignAlert(tools, aTeam({ covers: [cover] }), given);
    await expect(refused).rejects.toMatchObject({ errors: [{ pointer: '/ownerId' }] });
    expect(await alert()).toMatchObject({ ownerId: 'usr_nurse' });
  });

  it('that somebody had who has left or stands in no longer is the owner’s of the team', async () => {
    const team = aTeam({ covers: [coverOf('2026-11-29T00:00:00.000Z', '2026-12-01T00:00:00.000Z')] });
    const given = { patientId: 'pat_1', alertId, by: 'usr_nurse', byName: 'Meera Toppo', ownerId: agnes.userId };
    await reassignAlert(tools, team, given);
    expect(ownerView(team, (await alert()).ownerId, now).userId).toBe(agnes.userId);
    expect(ownerView(team, (await alert()).ownerId, '2026-12-01T00:00:00.000Z').userId).toBe('usr_nurse');
    expect(ownerView(aTeam(), 'usr_ghost', now)).toEqual({ userId: 'usr_nurse', name: 'Meera Toppo' });
  });
});
