import { describe, expect, it } from 'vitest';
import { type AccessCard, type Actor, decide, type Need } from '../../functions/shared/access.ts';

const now = '2026-11-30T04:10:00.000Z';
const card: AccessCard = {
  path: ['org_india', 'org_gumla'],
  teamId: 'team_1',
  userId: 'usr_patient',
  supporters: { usr_sister: { medicines: false, diagnosis: false, history: true } },
};
function actor(overrides: Partial<Actor>): Actor {
  return {
    userId: 'usr_x',
    roles: [],
    displayName: '',
    language: 'en',
    teams: [],
    organisationIds: [],
    disabled: false,
    tokensValidFromEpochSeconds: 0,
    ...overrides,
  };
}
const team = [{ teamId: 'team_1' }];

describe('the one decision', () => {
  it.each<[string, Partial<Actor>, Need, boolean]>([
    ['a patient opens the own record', { userId: 'usr_patient', roles: ['patient'] }, 'record', true],
    ['a patient does not type evidence as staff', { userId: 'usr_patient', roles: ['patient'] }, 'care', false],
    ['another patient sees nothing', { userId: 'usr_other', roles: ['patient'], patientId: 'pat_2' }, 'today', false],
    ['a supporter sees today', { userId: 'usr_sister', roles: ['supporter'] }, 'today', true],
    [
      'a supporter sees no medicines unless granted',
      { userId: 'usr_sister', roles: ['supporter'] },
      'medicines',
      false,
    ],
    [
      'a supporter has no number to call unless the patient turned it on',
      { userId: 'usr_sister', roles: ['supporter'] },
      'call',
      false,
    ],
    ['a supporter sees the history that was granted', { userId: 'usr_sister', roles: ['supporter'] }, 'history', true],
    ['a supporter never opens the whole record', { userId: 'usr_sister', roles: ['supporter'] }, 'record', false],
    ['a nurse of the team cares', { roles: ['nurse'], teams: team }, 'care', true],
    ['a nurse does not prescribe', { roles: ['nurse'], teams: team }, 'prescribe', false],
    ['a doctor of the team prescribes', { roles: ['doctor'], teams: team }, 'prescribe', true],
    ['a nurse of another team sees nothing', { roles: ['nurse'], teams: [{ teamId: 'team_2' }] }, 'today', false],
    [
      'a cover counts while it runs',
      {
        roles: ['nurse'],
        teams: [{ teamId: 'team_1', from: '2026-11-30T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' }],
      },
      'care',
      true,
    ],
    ['a cover that is over does not', { roles: ['nurse'], teams: [{ teamId: 'team_1', to: now }] }, 'care', false],
    [
      'an administrator of the region manages',
      { roles: ['organisation-admin'], organisationIds: ['org_india'] },
      'manage',
      true,
    ],
    [
      'an administrator does not open a record',
      { roles: ['organisation-admin'], organisationIds: ['org_india'] },
      'record',
      false,
    ],
    ['a system administrator has no patient', { roles: ['system-admin'] }, 'today', false],
    ['a closed account does nothing', { userId: 'usr_patient', roles: ['patient'], disabled: true }, 'today', false],
  ])('%s', (_, who, need, allowed) => {
    expect(decide(actor(who), card, need, now).allowed).toBe(allowed);
  });
});
