import { beforeEach, describe, expect, it } from 'vitest';
import { inviteStaff } from '../../functions/identity/staff.ts';
import { addMember, addTeam } from '../../functions/organisations/change-team.ts';
import { addCover } from '../../functions/organisations/covers.ts';
import { aClinic, type Clinic } from './support/clinic.ts';

let clinic: Clinic;
beforeEach(async () => {
  clinic = await aClinic();
});

/** A nurse whose account stands at the last of these. */
async function aNurseAt(...path: string[]): Promise<string> {
  const organisation = { organisationId: path.at(-1) ?? '', path };
  const email = `nurse@${path.join('.')}.example`;
  const person = { email, name: 'Sita', roles: ['nurse' as const], language: 'en' as const };
  return (await inviteStaff(clinic.world, { ...person, organisation })).userId;
}

const elsewhere: [string, string[]][] = [
  ['another country', ['org_np', 'org_bagmati', 'org_patan']],
  ['another facility', ['org_in', 'org_jh', 'org_lohardaga']],
  ['another region', ['org_in', 'org_br']],
];

describe('somebody of elsewhere', () => {
  it.each(elsewhere)('of %s does not get into a team, by whichever way', async (_, path) => {
    const userId = await aNurseAt(...path);
    const before = await clinic.actor(userId);
    const week = { from: '2026-12-01T00:00:00.000Z', to: '2026-12-08T00:00:00.000Z' };
    const ways = await Promise.allSettled([
      addMember(clinic.tools, 'team_a', userId),
      addTeam(clinic.tools, 'org_gumla', { teamId: 'team_c', name: 'C', ownerId: userId }),
      addTeam(clinic.tools, 'org_gumla', { teamId: 'team_d', name: 'D', ownerId: clinic.meera, memberIds: [userId] }),
      addCover(clinic.tools, 'team_a', { coverId: 'cov_1', forUserId: clinic.meera, byUserId: userId, ...week }),
    ]);
    for (const way of ways) expect(way).toMatchObject({ status: 'rejected', reason: { code: 'not-of-this-facility' } });
    expect(await clinic.actor(userId)).toEqual(before);
  });

  it.each([
    ['below the facility', ['org_in', 'org_jh', 'org_gumla', 'org_gumla_tb']],
    ['above it', ['org_in', 'org_jh']],
  ])('is not who stands %s', async (_, path) => {
    const userId = await aNurseAt(...path);
    await addMember(clinic.tools, 'team_a', userId);
    expect((await clinic.actor(userId)).teams).toEqual([{ teamId: 'team_a' }]);
  });
});
