import { beforeEach, describe, expect, it } from 'vitest';
import { addMember, removeMember } from '../../functions/organisations/change-team.ts';
import { addCover, endCover } from '../../functions/organisations/covers.ts';
import { teamOf } from '../../functions/organisations/team-of.ts';
import { teamRoutes } from '../../functions/organisations/team-routes.ts';
import { aClinic, type Clinic } from './support/clinic.ts';

let clinic: Clinic;
beforeEach(async () => {
  clinic = await aClinic();
  clinic.world.setNow('2026-11-30T04:10:00.000Z');
});

const week = { from: '2026-11-30T00:00:00.000Z', to: '2026-12-07T00:00:00.000Z' };
const days = (first: string, count: number) => {
  const from = `${first}T00:00:00.000Z`;
  return { from, to: new Date(Date.parse(from) + count * 86_400_000).toISOString() };
};
const byAnil = (coverId: string, time = week) => ({
  ...{ coverId, forUserId: clinic.meera, byUserId: clinic.anil },
  ...time,
});
const teamsOf = async (userId: string) => (await clinic.actor(userId)).teams;
const as = async (userId: string) => clinic.as(await clinic.actor(userId));

describe('a cover', () => {
  it('is arranged by members and administrators, never by who only stands in', async () => {
    await addCover(await as(clinic.rosa), 'team_a', byAnil('cov_1'));
    const anil = await as(clinic.anil);
    const again = addCover(anil, 'team_a', byAnil('cov_2', days('2026-12-07', 60)));
    await expect(again).rejects.toMatchObject({ reason: 'forbidden', code: 'only-stands-in' });
    await expect(endCover(anil, 'team_a', 'cov_1')).rejects.toMatchObject({ code: 'only-stands-in' });
    expect(await teamsOf(clinic.anil)).toEqual([{ teamId: 'team_b' }, { teamId: 'team_a', ...week }]);
  });

  it.each([
    ['lasts longer than three months', '/to', days('2026-12-01', 94)],
    ['begins in more than a year', '/from', days('2027-12-02', 7)],
    ['began long ago', '/to', { from: '2001-01-01T00:00:00.000Z', to: '2026-12-07T00:00:00.000Z' }],
    ['is for the rest of the century', '/to', { ...week, to: '2099-01-01T00:00:00.000Z' }],
  ])('is refused when it %s', async (_, pointer, time) => {
    const refused = addCover(clinic.tools, 'team_a', byAnil('cov_1', time));
    await expect(refused).rejects.toMatchObject({ errors: [{ pointer }] });
  });

  it('is never pushed out of the list by others while it gives access', async () => {
    await addCover(clinic.tools, 'team_a', byAnil('cov_first'));
    for (let n = 2; n <= 40; n++) await addCover(clinic.tools, 'team_a', byAnil(`cov_${n}`, days('2026-12-08', n)));
    const full = addCover(clinic.tools, 'team_a', byAnil('cov_41', days('2026-12-08', 41)));
    await expect(full).rejects.toMatchObject({ code: 'too-many-covers' });
    expect((await teamOf(clinic.world, 'team_a'))?.covers.map(({ coverId }) => coverId)).toContain('cov_first');
    clinic.world.setNow('2027-02-01T00:00:00.000Z');
    await addCover(clinic.tools, 'team_a', byAnil('cov_41', days('2027-02-01', 3)));
    expect(await teamsOf(clinic.anil)).toEqual([{ teamId: 'team_b' }, { teamId: 'team_a', ...days('2027-02-01', 3) }]);
  });

  it('that ends leaves another one of the same days as it is', async () => {
    await addCover(clinic.tools, 'team_a', byAnil('cov_1'));
    await addCover(clinic.tools, 'team_a', { ...byAnil('cov_2'), forUserId: clinic.rosa });
    await endCover(clinic.tools, 'team_a', 'cov_1');
    expect(await teamsOf(clinic.anil)).toContainEqual({ teamId: 'team_a', ...week });
    await endCover(clinic.tools, 'team_a', 'cov_2');
    clinic.world.advance(1);
    expect(await teamsOf(clinic.anil)).toEqual([{ teamId: 'team_b' }]);
  });

  it('of somebody who leaves the team ends with them, as does every cover by them', async () => {
    await addCover(clinic.tools, 'team_a', { ...byAnil('cov_1'), forUserId: clinic.rosa });
    await removeMember(clinic.tools, 'team_a', clinic.rosa);
    expect(await teamsOf(clinic.anil)).toEqual([{ teamId: 'team_b' }]);
    await addCover(clinic.tools, 'team_a', byAnil('cov_2'));
    await addCover(clinic.tools, 'team_a', byAnil('cov_3', days('2026-12-20', 5)));
    await removeMember(clinic.tools, 'team_a', clinic.anil);
    expect(await teamsOf(clinic.anil)).toEqual([{ teamId: 'team_b' }]);
  });

  it('gives way to a membership, which takes it along when it ends', async () => {
    await addCover(clinic.tools, 'team_a', byAnil('cov_1'));
    await addMember(clinic.tools, 'team_a', clinic.anil);
    expect(await teamsOf(clinic.anil)).toEqual([{ teamId: 'team_b' }, { teamId: 'team_a' }]);
    await removeMember(clinic.tools, 'team_a', clinic.anil);
    expect(await teamsOf(clinic.anil)).toEqual([{ teamId: 'team_b' }]);
  });

  it('does not come through when who arranges it is removed at the same moment', async () => {
    const rosa = await as(clinic.rosa);
    await Promise.allSettled([
      addCover(rosa, 'team_a', byAnil('cov_1')),
      removeMember(clinic.tools, 'team_a', clinic.rosa),
    ]);
    const team = await teamOf(clinic.world, 'team_a');
    const gives = (await teamsOf(clinic.anil)).some(({ teamId }) => teamId === 'team_a');
    expect(gives).toBe(team?.covers.some(({ by }) => by.userId === clinic.anil));
  });
});

describe('a route that gives or ends access to a team', () => {
  it('asks for a session that is open and has passed TOTP', () => {
    const routes = teamRoutes().filter(({ path, method }) => method !== 'GET' && /members|covers/.test(path));
    expect(routes).toHaveLength(4);
    for (const { path, sensitive } of routes) expect([path, sensitive]).toEqual([path, true]);
  });
});
