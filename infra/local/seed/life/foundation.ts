import { cognitoUserPool } from '../../../../functions/identity/cognito.ts';
import { inviteStaff, markActive, type StaffTools } from '../../../../functions/identity/staff.ts';
import { addOrganisation } from '../../../../functions/organisations/change-organisation.ts';
import { addTeam } from '../../../../functions/organisations/change-team.ts';
import { organisationOf } from '../../../../functions/organisations/team-of.ts';
import { snsTopics } from '../../../../functions/organisations/topics.ts';
import type { Actor } from '../../../../functions/shared/access.ts';
import { readActor } from '../../../../functions/shared/access-store.ts';
import type { Tools } from '../../../../functions/shared/tools.ts';
import { totpCode } from '../../control/accounts-view.ts';
import type { Account } from '../../control/people.ts';
import { country, gumla, lohardaga, region, teamGumla, teamLohardaga, workingHours } from '../people/places.ts';
import { PASSWORD, type Staff, staff } from '../people/staff.ts';
import { present } from './tools.ts';

/** What nobody sends: the first codes of accounts whose password is set at once. */
const silent = { sms: () => Promise.resolve(), email: () => Promise.resolve() };
const pool = cognitoUserPool();

/** Who sets a country up: the one that runs the deployment. */
export const operator: Actor = {
  ...{ userId: 'operator', displayName: 'Operator', language: 'en', roles: ['system-admin'] },
  ...{ teams: [], organisationIds: [], disabled: false, tokensValidFromEpochSeconds: 0 },
};

/** The people who work here, by the key that the seed calls them by. */
export type Crew = ReadonlyMap<string, Actor>;
export interface Foundation {
  readonly crew: Crew;
  readonly accounts: Account[];
}

/** Country, region, two facilities, the ten who work there and their two teams. */
export async function foundation(): Promise<Foundation> {
  const tools = { ...present, actor: operator, pool, post: silent };
  await addOrganisation(tools, undefined, country);
  await addOrganisation(tools, country.organisationId, region);
  await addOrganisation(tools, region.organisationId, gumla);
  await addOrganisation(tools, region.organisationId, lohardaga);
  const accounts = new Map<string, Account>();
  for (const person of staff) accounts.set(person.key, await employ(tools, person));
  const id = (key: string) => accounts.get(key)?.userId ?? '';
  for (const [team, ownerId, supervisorId] of [
    [teamGumla, id('meera'), id('teresa')],
    [teamLohardaga, id('rekha'), undefined],
  ] as const) {
    const memberIds = staff.filter((one) => one.teamId === team.teamId).map((one) => id(one.key));
    const input = { teamId: team.teamId, name: team.name, ownerId, memberIds, calendar: workingHours };
    const more = supervisorId === undefined ? {} : { supervisorId };
    await addTeam({ ...tools, topics: snsTopics() }, team.facility.organisationId, { ...input, ...more });
  }
  return { crew: await crewOf(tools, accounts), accounts: [...accounts.values()] };
}

/** The first administrator of a country, and nothing else: what a deployment starts with. */
export async function firstAdministrator(): Promise<Foundation> {
  const tools = { ...present, actor: operator, pool, post: silent };
  await addOrganisation(tools, undefined, country);
  const account = await employ(tools, {
    ...{ key: 'first', name: 'First Administrator', email: 'first.admin@careconnect.example', phone: '+919431120000' },
    ...{ language: 'en', roles: ['organisation-admin'], organisationId: country.organisationId },
  });
  const accounts = new Map([['first', account]]);
  return { crew: await crewOf(tools, accounts), accounts: [account] };
}

/** Invites, sets the password that the demonstration shows, and an authenticator. */
async function employ(tools: StaffTools, person: Staff): Promise<Account> {
  const organisation = await organisationOf(tools, person.organisationId);
  if (!organisation) throw new Error(`no organisation ${person.organisationId}`);
  const { email, name, roles, phone, language } = person;
  const made = await inviteStaff(tools, { email, name, roles, phone, language, organisation });
  await pool.setPassword(made.username, PASSWORD, false);
  const totpSecret = await authenticator(made.username);
  await markActive(tools, made.userId);
  const [role = 'nurse'] = roles;
  return { role, name, signIn: email, password: PASSWORD, totpSecret, userId: made.userId };
}

async function authenticator(username: string): Promise<string> {
  const answer = await pool.signIn(username, PASSWORD);
  if (answer.kind !== 'tokens') throw new Error('a new account could not sign in');
  const secret = await pool.beginTotp(answer.tokens.accessToken);
  const code = totpCode(secret, Date.now());
  if ((await pool.finishTotp(answer.tokens.accessToken, code)) === 'wrong') throw new Error('six digits were wrong');
  await pool.preferTotp(username);
  return secret;
}

async function crewOf(tools: Tools, accounts: ReadonlyMap<string, Account>): Promise<Crew> {
  const crew = new Map<string, Actor>();
  for (const [key, { userId = '' }] of accounts) {
    const actor = await readActor(tools, userId);
    if (!actor) throw new Error(`no actor for ${key}`);
    crew.set(key, actor);
  }
  return crew;
}
