import { beforeEach, describe, expect, it } from 'vitest';
import { enrolPatient } from '../../functions/identity/enrol-patient.ts';
import { patientProfile } from '../../functions/identity/patient-profile.ts';
import { inviteStaff } from '../../functions/identity/staff.ts';
import { addOrganisation } from '../../functions/organisations/change-organisation.ts';
import { addMember, addTeam, changeTeam, removeMember } from '../../functions/organisations/change-team.ts';
import { closeAccount } from '../../functions/organisations/close-account.ts';
import { addCover, endCover } from '../../functions/organisations/covers.ts';
import { handOver } from '../../functions/organisations/hand-over.ts';
import { colleaguesOf, inviteTo, listStaff } from '../../functions/organisations/staff.ts';
import { readCountries, readTree } from '../../functions/organisations/store.ts';
import { ownerNow } from '../../functions/organisations/team.ts';
import { teamOf, teamsBelow } from '../../functions/organisations/team-of.ts';
import { patientsOf } from '../../functions/reports/patients-of.ts';
import { projectCase } from '../../functions/reports/project-case.ts';
import { writeCase } from '../../functions/reports/store.ts';
import { decide } from '../../functions/shared/access.ts';
import { readAccessCard } from '../../functions/shared/access-store.ts';
import { aClinic, type Clinic } from './support/clinic.ts';

let clinic: Clinic;
beforeEach(async () => {
  clinic = await aClinic();
});

async function team(teamId: string) {
  const found = await teamOf(clinic.world, teamId);
  if (!found) throw new Error('no such team');
  return found;
}
async function aPatient(enrolmentId: string) {
  const done = await enrolPatient(clinic.as(await clinic.actor(clinic.meera)), {
    teamId: 'team_a',
    enrolmentId,
    given: {
      who: { name: 'Sushila Kujur', age: { kind: 'years', years: 41 }, sex: 'female', language: 'en' },
      consent: { consentId: 'con_1', way: 'on-paper', textVersion: '1', language: 'en', purposes: ['treatment'] },
    },
  });
  return done.patientId ?? '';
}
const may = async (userId: string, patientId: string) => {
  const card = await readAccessCard(clinic.world, { kind: 'patient', id: patientId });
  return card ? decide(await clinic.actor(userId), card, 'record', clinic.world.now()) : undefined;
};

describe('the tree', () => {
  it('lists a node and what is below it', async () => {
    const names = (await readTree(clinic.world, ['org_in', 'org_jh'])).map((node) => node.organisationId);
    expect(names).toEqual(['org_jh', 'org_gumla']);
  });

  it('gives a prefix to one facility only', async () => {
    const second = addOrganisation(clinic.tools, 'org_jh', {
      organisationId: 'org_other',
      level: 'facility',
      name: 'Another',
      prefix: 'GUM',
      zone: 'Asia/Kolkata',
    });
    await expect(second).rejects.toMatchObject({ code: 'taken' });
  });

  it('tells who runs the installation which countries there are', async () => {
    await addOrganisation(clinic.tools, undefined, { organisationId: 'org_np', level: 'country', name: 'Nepal' });
    expect((await readCountries(clinic.world)).map(({ name }) => name)).toEqual(['India', 'Nepal']);
  });

  it('has no country below a region', async () => {
    const wrong = addOrganisation(clinic.tools, 'org_jh', { organisationId: 'org_x', level: 'country', name: 'X' });
    await expect(wrong).rejects.toMatchObject({ reason: 'invalid' });
  });
});

describe('staff', () => {
  it('get an e-mail with a code, and one account for an address', async () => {
    expect(clinic.world.letters[0]).toMatchObject({ to: 'meera@example.org' });
    expect(clinic.world.letters[0]?.text).toMatch(/[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}/);
    const organisation = { organisationId: 'org_gumla', path: ['org_in', 'org_jh', 'org_gumla'] };
    const person = { email: 'Meera@Example.org', name: 'Again', roles: ['nurse' as const], language: 'en' as const };
    await expect(inviteStaff(clinic.world, { ...person, organisation })).rejects.toMatchObject({ code: 'email-taken' });
  });

  it('are listed with their teams', async () => {
    const { staff } = await listStaff(clinic.world, 'org_jh', undefined);
    const meera = staff.find((person) => person.userId === clinic.meera);
    expect(meera).toMatchObject({ state: 'invited', teams: [{ teamId: 'team_a', owner: true }] });
  });
});

describe('a care team', () => {
  it('has a topic, an owner and members who may open its records', async () => {
    expect(await team('team_a')).toMatchObject({ topicArn: 'arn:topic:team_a', ownerId: clinic.meera });
    const patientId = await aPatient('bedside-1');
    expect(await may(clinic.rosa, patientId)).toEqual({ allowed: true, why: 'care team' });
    await removeMember(clinic.tools, 'team_a', clinic.rosa);
    expect((await may(clinic.rosa, patientId))?.allowed).toBe(false);
  });

  it('is found from every level above it', async () => {
    for (const organisationId of ['org_in', 'org_jh', 'org_gumla'])
      expect((await teamsBelow(clinic.world, organisationId)).map((each) => each.teamId)).toEqual(['team_a', 'team_b']);
  });

  it('cannot lose its owner', async () => {
    await expect(removeMember(clinic.tools, 'team_a', clinic.meera)).rejects.toMatchObject({ code: 'owns-patients' });
  });

  it('has a supervisor who belongs to it, or none', async () => {
    const change = async (supervisorId: string | null) =>
      await changeTeam(clinic.tools, 'team_a', { supervisorId }, (await team('team_a')).version);
    await expect(change(clinic.anil)).rejects.toMatchObject({ errors: [{ pointer: '/supervisorId' }] });
    expect(await change(clinic.rosa)).toMatchObject({ supervisorId: clinic.rosa });
    await change(null);
    expect(await team('team_a')).not.toHaveProperty('supervisorId');
    await addTeam(clinic.tools, 'org_gumla', {
      teamId: 'team_c',
      name: 'Gumla evenings',
      ownerId: clinic.anil,
      supervisorId: clinic.rosa,
    });
    expect((await team('team_c')).members.map(({ userId }) => userId)).toEqual([clinic.anil, clinic.rosa]);
  });

  it('has nobody who could not open its records', async () => {
    const organisation = { organisationId: 'org_gumla', path: ['org_in', 'org_jh', 'org_gumla'] };
    const person = { email: 'desk@example.org', name: 'Desk', roles: ['organisation-admin' as const] };
    const desk = await inviteStaff(clinic.world, { ...person, language: 'en', organisation });
    await expect(addMember(clinic.tools, 'team_a', desk.userId)).rejects.toMatchObject({ code: 'not-care-staff' });
    expect((await colleaguesOf(clinic.world, await team('team_a'))).map(({ userId }) => userId)).not.toContain(
      desk.userId,
    );
    const invited = inviteTo(clinic.tools, 'org_gumla', { ...person, email: 'two@example.org', teamIds: ['team_a'] });
    await expect(invited).rejects.toMatchObject({ reason: 'invalid' });
  });

  it('is changed by one of two who change it at once', async () => {
    const { version } = await team('team_a');
    const changes = ['One', 'Two'].map((name) => changeTeam(clinic.tools, 'team_a', { name }, version));
    const outcomes = (await Promise.allSettled(changes)).map((each) => each.status);
    expect(outcomes.sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('is made once however often it is sent', async () => {
    const again = await addTeam(clinic.tools, 'org_gumla', { teamId: 'team_a', name: 'Other', ownerId: clinic.anil });
    expect(again.ownerId).toBe(clinic.meera);
  });
});

describe('a cover', () => {
  const week = { from: '2026-12-01T00:00:00.000Z', to: '2026-12-08T00:00:00.000Z' };

  it('moves alerts and access to who stands in, for its time and no longer', async () => {
    const patientId = await aPatient('bedside-1');
    await addCover(clinic.tools, 'team_a', {
      coverId: 'cov_1',
      forUserId: clinic.meera,
      byUserId: clinic.anil,
      ...week,
    });
    expect((await may(clinic.anil, patientId))?.allowed).toBe(false);
    clinic.world.setNow('2026-12-03T06:00:00.000Z');
    expect(await may(clinic.anil, patientId)).toEqual({ allowed: true, why: 'cover' });
    expect(ownerNow(await team('team_a'), clinic.world.now())).toMatchObject({ userId: clinic.anil, why: 'cover' });
    clinic.world.setNow('2026-12-08T00:00:00.000Z');
    expect((await may(clinic.anil, patientId))?.allowed).toBe(false);
    expect(ownerNow(await team('team_a'), clinic.world.now()).userId).toBe(clinic.meera);
  });

  it('ends early at once', async () => {
    const patientId = await aPatient('bedside-1');
    await addCover(clinic.tools, 'team_a', {
      coverId: 'cov_1',
      forUserId: clinic.meera,
      byUserId: clinic.anil,
      ...week,
    });
    clinic.world.setNow('2026-12-03T06:00:00.000Z');
    await endCover(clinic.tools, 'team_a', 'cov_1');
    clinic.world.advance(1);
    expect((await may(clinic.anil, patientId))?.allowed).toBe(false);
  });
});

describe('a hand-over', () => {
  it('moves patients with their records, and names who stayed', async () => {
    const patientId = await aPatient('bedside-1');
    const input = { toTeamId: 'team_b', patientIds: [patientId, 'pat_nobody'], reason: 'New catchment area' };
    await projectCase(clinic.world, patientId);
    expect(await patientsOf(clinic.world, 'team_a')).toContain(patientId);
    const answer = await handOver(clinic.tools, 'team_a', input);
    expect(answer).toEqual({ moved: 1, left: [{ patientId: 'pat_nobody', why: 'not-here' }] });
    expect((await may(clinic.anil, patientId))?.allowed).toBe(true);
    expect((await may(clinic.meera, patientId))?.allowed).toBe(false);
    expect(await patientProfile(clinic.world, patientId)).toMatchObject({ teamId: 'team_b' });
    await projectCase(clinic.world, patientId);
    expect(await patientsOf(clinic.world, 'team_a')).not.toContain(patientId);
    expect(await patientsOf(clinic.world, 'team_b')).toContain(patientId);
  });

  it('of a whole caseload goes page by page, and comes to its end past those who stay', async () => {
    const caseload = Array.from({ length: 52 }, (_, at) => `pat_${String(at).padStart(3, '0')}`);
    const row = { code: 'GUM-1', name: 'Gone', slots: [], days28: '', ahead: [], updatedAt: clinic.world.now() };
    for (const patientId of caseload) await writeCase(clinic.world, { ...row, patientId, teamId: 'team_a' });
    const input = { toTeamId: 'team_b', reason: 'Two teams become one' };
    const first = await handOver(clinic.tools, 'team_a', input);
    expect(first).toMatchObject({ moved: 0, next: 'pat_049' });
    const second = await handOver(clinic.tools, 'team_a', { ...input, after: first.next });
    expect(second).toEqual({
      moved: 0,
      left: ['pat_050', 'pat_051'].map((patientId) => ({ patientId, why: 'not-here' })),
    });
  });

  it('needs the right to manage both teams', async () => {
    const stranger = { ...clinic.tools, actor: { ...clinic.tools.actor, organisationIds: ['org_elsewhere'] } };
    const taken = handOver(stranger, 'team_a', { toTeamId: 'team_b', reason: 'Because' });
    await expect(taken).rejects.toMatchObject({ reason: 'forbidden' });
  });
});

describe('an account that is closed', () => {
  it('is not, while it owns patients and nobody takes over', async () => {
    const close = closeAccount(clinic.tools, clinic.meera, { reason: 'Has left' });
    await expect(close).rejects.toMatchObject({ code: 'owns-patients', extra: { teamIds: ['team_a'] } });
    expect((await clinic.actor(clinic.meera)).disabled).toBe(false);
  });

  it('hands its teams over, then may do nothing any more', async () => {
    const patientId = await aPatient('bedside-1');
    await addMember(clinic.tools, 'team_a', clinic.anil);
    const reassign = [{ teamId: 'team_a', toUserId: clinic.anil }];
    await closeAccount(clinic.tools, clinic.meera, { reassign, reason: 'Has left' });
    expect(await team('team_a')).toMatchObject({ ownerId: clinic.anil });
    expect((await team('team_a')).members.map((member) => member.userId)).not.toContain(clinic.meera);
    const meera = await clinic.actor(clinic.meera);
    expect(meera).toMatchObject({ disabled: true, teams: [] });
    expect(await may(clinic.meera, patientId)).toEqual({ allowed: false, why: 'disabled' });
    const again = await closeAccount(clinic.tools, clinic.meera, { reason: 'Has left' });
    expect(again.state).toBe('disabled');
  });

  it('loses against somebody who gives it a team at the same moment', async () => {
    await addMember(clinic.tools, 'team_b', clinic.rosa);
    const { version } = await team('team_b');
    const [closed, given] = await Promise.allSettled([
      closeAccount(clinic.tools, clinic.rosa, { reason: 'Has left' }),
      changeTeam(clinic.tools, 'team_b', { ownerId: clinic.rosa }, version),
    ]);
    const rosa = await clinic.actor(clinic.rosa);
    const owns = (await team('team_b')).ownerId === clinic.rosa;
    expect(rosa.disabled && owns).toBe(false);
    expect([closed.status, given.status]).toContain('fulfilled');
  });
});
