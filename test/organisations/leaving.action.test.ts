import { beforeEach, describe, expect, it } from 'vitest';
import type { Alert } from '../../functions/alerts/alert.ts';
import { alertOf } from '../../functions/alerts/alert-of.ts';
import { openAlert } from '../../functions/alerts/store.ts';
import { removeMember } from '../../functions/organisations/change-team.ts';
import { closeAccount } from '../../functions/organisations/close-account.ts';
import { addCover, endCover } from '../../functions/organisations/covers.ts';
import { teamOf } from '../../functions/organisations/team-of.ts';
import { aClinic, type Clinic } from './support/clinic.ts';

let clinic: Clinic;
beforeEach(async () => {
  clinic = await aClinic();
  clinic.world.setNow('2026-11-30T04:10:00.000Z');
});

/** A red alert of team A that this person owns. */
async function givenAlert(ownerId: string): Promise<void> {
  const alert: Alert = {
    ...{
      alertId: 'alt_1',
      patientId: 'pat_1',
      patientCode: 'GUM-0001-2',
      teamId: 'team_a',
      band: 'red',
      critical: true,
    },
    ...{
      reason: { key: 'critical-miss', params: { count: 1, week: 1 } },
      state: 'triggered',
      ownerId,
      ownerBy: 'team',
    },
    ...{ rung: 0, gate: 0, openedAt: clinic.world.now(), misses: [], told: [], annotations: [] },
    ...{ policyVersion: '1', version: 0 },
  };
  await openAlert(clinic.world, alert, undefined);
}
const ownerOfAlert = async () => (await alertOf(clinic.world, 'pat_1'))?.ownerId;
const close = async (userId: string, toUserId: string) =>
  await closeAccount(clinic.tools, userId, { reassign: [{ teamId: 'team_a', toUserId }], reason: 'Has left' });

describe('who takes over from a closed account', () => {
  it.each([
    ['nobody of ours', async () => 'usr_ghost'],
    ['of another team', async () => clinic.anil],
    [
      'somebody who does not stand in yet',
      async () => {
        const time = { from: '2026-12-01T00:00:00.000Z', to: '2026-12-08T00:00:00.000Z' };
        const cover = { coverId: 'cov_1', forUserId: clinic.meera, byUserId: clinic.anil, ...time };
        await addCover(clinic.tools, 'team_a', cover);
        return clinic.anil;
      },
    ],
  ])('is not %s, and nothing is changed', async (_, heir) => {
    await givenAlert(clinic.rosa);
    const refused = close(clinic.rosa, await heir());
    await expect(refused).rejects.toMatchObject({ errors: [{ pointer: '/reassign' }] });
    expect(await ownerOfAlert()).toBe(clinic.rosa);
    expect(await clinic.actor(clinic.rosa)).toMatchObject({ disabled: false, teams: [{ teamId: 'team_a' }] });
  });

  it('is not somebody wrong for the owner of a team either', async () => {
    await expect(close(clinic.meera, 'usr_ghost')).rejects.toMatchObject({ errors: [{ pointer: '/reassign' }] });
    expect((await teamOf(clinic.world, 'team_a'))?.ownerId).toBe(clinic.meera);
  });

  it('is a member of the team', async () => {
    await givenAlert(clinic.rosa);
    await close(clinic.rosa, clinic.meera);
    expect(await ownerOfAlert()).toBe(clinic.meera);
  });
});

describe('who leaves a team', () => {
  const week = { from: '2026-11-30T00:00:00.000Z', to: '2026-12-07T00:00:00.000Z' };
  const asked = () => clinic.world.sent.splice(0).map(({ queue, message }) => ({ queue, ...Object(message.body) }));
  const ends = (userId: string) => ({ queue: 'live', order: 'end-all-of', userId });
  const looksAtTopic = { queue: 'notifications', reconcile: 'team_a' };

  it('loses open screens and the messages of its topic, as does who stood in for them', async () => {
    await addCover(clinic.tools, 'team_a', {
      ...{ coverId: 'cov_1', forUserId: clinic.rosa, byUserId: clinic.anil },
      ...week,
    });
    asked();
    await removeMember(clinic.tools, 'team_a', clinic.rosa);
    expect(asked()).toEqual([ends(clinic.rosa), ends(clinic.anil), looksAtTopic]);
  });

  it('loses them when a cover ends early', async () => {
    await addCover(clinic.tools, 'team_a', {
      ...{ coverId: 'cov_1', forUserId: clinic.rosa, byUserId: clinic.anil },
      ...week,
    });
    asked();
    await endCover(clinic.tools, 'team_a', 'cov_1');
    expect(asked()).toEqual([ends(clinic.anil), looksAtTopic]);
  });

  it('loses them when the account is closed', async () => {
    asked();
    await close(clinic.rosa, clinic.meera);
    expect(asked()).toEqual(expect.arrayContaining([ends(clinic.rosa), looksAtTopic]));
  });

  it('loses them when the function died after the write and is asked again', async () => {
    const dying = { ...clinic.tools, send: () => Promise.reject(new Error('killed')) };
    await expect(removeMember(dying, 'team_a', clinic.rosa)).rejects.toThrow('killed');
    expect(asked()).toEqual([]);
    await removeMember(clinic.tools, 'team_a', clinic.rosa);
    expect(asked()).toEqual([ends(clinic.rosa), looksAtTopic]);
  });
});
