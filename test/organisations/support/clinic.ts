import { inviteStaff } from '../../../functions/identity/staff.ts';
import { addOrganisation } from '../../../functions/organisations/change-organisation.ts';
import { addTeam } from '../../../functions/organisations/change-team.ts';
import type { Actor } from '../../../functions/shared/access.ts';
import { readActor } from '../../../functions/shared/access-store.ts';
import type { Role } from '../../../functions/shared/shapes.ts';
import { deviceEnv } from '../../devices/support/given.ts';
import { aBrowser, aWorld, type World } from '../../identity/support/browser.ts';
import { anActor, aTools } from '../../support/tools.ts';

export const admin: Actor = anActor({
  userId: 'usr_admin',
  roles: ['organisation-admin'],
  organisationIds: ['org_in'],
});

export type Clinic = Awaited<ReturnType<typeof aClinic>>;

/** Sadar Hospital, Gumla: a facility with two teams, Meera's and Anil's, made by the product's own actions. */
export async function aClinic() {
  const world: World = aWorld(await aTools({ env: { APP_ORIGIN: 'https://care.example', ...deviceEnv } }));
  const as = (actor: Actor) => ({ ...world, actor, topics: { topicOf: async (id: string) => `arn:topic:${id}` } });
  const tools = as(admin);
  await addOrganisation(tools, undefined, { organisationId: 'org_in', level: 'country', name: 'India' });
  await addOrganisation(tools, 'org_in', { organisationId: 'org_jh', level: 'region', name: 'Jharkhand' });
  await addOrganisation(tools, 'org_jh', {
    organisationId: 'org_gumla',
    level: 'facility',
    name: 'Sadar Hospital, Gumla',
    prefix: 'GUM',
    zone: 'Asia/Kolkata',
  });
  const organisation = { organisationId: 'org_gumla', path: ['org_in', 'org_jh', 'org_gumla'] };
  const person = async (name: string, ...roles: Role[]) =>
    (await inviteStaff(world, { email: `${name}@example.org`, name, roles, language: 'en', organisation })).userId;
  const meera = await person('meera', 'nurse');
  const anil = await person('anil', 'nurse');
  const rosa = await person('rosa', 'health-worker');
  await addTeam(tools, 'org_gumla', { teamId: 'team_a', name: 'Gumla town', ownerId: meera, memberIds: [rosa] });
  await addTeam(tools, 'org_gumla', { teamId: 'team_b', name: 'Gumla villages', ownerId: anil });
  const actor = async (userId: string) => {
    const found = await readActor(world, userId);
    if (!found) throw new Error('no such actor');
    return found;
  };
  return { world, tools, as, actor, meera, anil, rosa, browser: () => aBrowser(world) };
}
