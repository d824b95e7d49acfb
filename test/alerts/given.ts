import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { evaluatePatient } from '../../functions/alerts/evaluate-patient.ts';
import { putAccount } from '../../functions/identity/account-store.ts';
import type { PatientProfile } from '../../functions/identity/contract.ts';
import { putPatient } from '../../functions/identity/patient-store.ts';
import { putNewSupporter } from '../../functions/identity/roster.ts';
import { deliver, Queued } from '../../functions/notifications/deliver.ts';
import type { Post } from '../../functions/notifications/post.ts';
import { putDevice } from '../../functions/notifications/reach-store.ts';
import { newTeamWrites } from '../../functions/organisations/store.ts';
import type { Team } from '../../functions/organisations/team.ts';
import type { Role } from '../../functions/shared/shapes.ts';
import { deviceEnv } from '../devices/support/given.ts';
import { anActor, aTools, type TestTools } from '../support/tools.ts';
import { givenPlan } from '../treatment/given.ts';

export const zone = 'Asia/Kolkata';
export const topicArn = 'arn:aws:sns:ap-south-1:000000000000:careconnect-team-team_1';

/** Monday to Saturday nine to five in Kolkata; Meera owns it, Phulmani works in it, Dr Kerketta supervises. */
export function aTeam(overrides: Partial<Team> = {}): Team {
  const member = (userId: string, name: string, role: Role) => ({ userId, name, roles: [role], language: 'en' });
  return {
    teamId: 'team_1',
    name: 'Gumla',
    facilityId: 'org_gumla',
    facilityName: 'Gumla clinic',
    path: ['org_india', 'org_jharkhand', 'org_gumla'],
    ownerId: 'usr_nurse',
    supervisorId: 'usr_boss',
    members: [
      member('usr_nurse', 'Meera Toppo', 'nurse'),
      member('usr_worker', 'Phulmani Minj', 'health-worker'),
      member('usr_boss', 'Dr Kerketta', 'doctor'),
    ],
    calendar: {
      zone,
      hours: [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: '09:00', to: '17:00' })),
      holidays: [],
      onCall: [],
    },
    covers: [],
    topicArn,
    version: 1,
    ...overrides,
  };
}

export async function givenTeam(tools: TestTools, team: Team = aTeam()): Promise<Team> {
  await tools.db.send(new TransactWriteCommand({ TransactItems: newTeamWrites(tools, team) }));
  for (const { userId, name, roles } of team.members) {
    const known: Role[] = roles.map((role) => (role === 'nurse' || role === 'doctor' ? role : 'health-worker'));
    await putAccount(
      tools,
      {
        userId,
        username: userId,
        name,
        roles: known,
        language: 'en',
        email: `${userId}@example.org`,
        state: 'active',
        version: 1,
      },
      anActor({ userId, displayName: name, roles: known, teams: [{ teamId: team.teamId }] }),
    );
  }
  return team;
}

export type GivenPatient = {
  patientId?: string;
  code?: string;
  phone?: string;
  plan?: Parameters<typeof givenPlan>[2];
  supporter?: boolean;
};

export async function givenPatient(tools: TestTools, given: GivenPatient = {}): Promise<string> {
  const { patientId = 'pat_1', code = 'GUM-0388-2', phone, plan, supporter } = given;
  const at = '2026-11-01T04:00:00.000Z';
  const profile: PatientProfile = {
    patientId,
    code,
    name: 'Ramesh Munda',
    age: { kind: 'years', years: 41 },
    ageSaidOn: '2026-11-01',
    sex: 'male',
    language: 'en',
    zone,
    reach: phone === undefined ? { use: 'none' } : { use: 'own', phone },
    teamId: 'team_1',
    facilityId: 'org_gumla',
    enrolledAt: at,
    enrolledBy: 'usr_nurse',
    version: 1,
  };
  const consent = {
    consentId: `con_${patientId}`,
    way: 'spoken' as const,
    textVersion: '2026-11',
    language: 'en' as const,
    purposes: ['treatment' as const, 'box' as const, 'messages' as const, 'supporter' as const],
    recordedBy: 'usr_nurse',
    recordedByName: 'Meera Toppo',
    at,
  };
  await putPatient(tools, {
    profile,
    card: { path: ['org_india', 'org_jharkhand', 'org_gumla'], teamId: 'team_1' },
    consent,
  });
  if (supporter)
    await putNewSupporter(
      tools,
      patientId,
      {
        supporterId: 'sup_1',
        name: 'Sumitra',
        phone: '+919431180099',
        language: 'hi',
        state: 'contact',
        sees: { medicines: false, diagnosis: false, history: false },
      },
      0,
    );
  await givenPlan(tools, patientId, plan);
  return patientId;
}

export type Sent = { by: 'push' | 'sms' | 'email' | 'topic'; to: string; text: string };
export type TestPost = Post & { readonly sent: Sent[]; fail: (() => Error | undefined) | undefined };

/** Providers in memory that keep what was handed to them. */
export function aPost(): TestPost {
  const sent: Sent[] = [];
  const hand = async (one: Sent) => {
    const error = post.fail?.();
    if (error) throw error;
    sent.push(one);
    return `id-${sent.length}`;
  };
  const post: TestPost = {
    sent,
    fail: undefined,
    push: async (device, { text }) => await hand({ by: 'push', to: device.endpoint, text }),
    sms: async (phone, text) => await hand({ by: 'sms', to: phone, text }),
    email: async (address, _subject, text) => await hand({ by: 'email', to: address, text }),
    topic: async (arn, { text }) => await hand({ by: 'topic', to: arn, text }),
  };
  return post;
}

export async function givenPhone(tools: TestTools, userId: string): Promise<void> {
  const device = {
    subscriptionId: `dev_${userId}`,
    name: 'Phone',
    endpoint: `https://push.example/${userId}`,
    p256dh: 'x',
    auth: 'y',
  };
  await putDevice(tools, userId, { ...device, addedAt: tools.now() });
}

export async function settingTools(now = '2026-11-30T04:10:00.000Z'): Promise<TestTools> {
  return await aTools({ now, env: { APP_ORIGIN: 'https://care.example.org', ...deviceEnv } });
}

/** Delivers what waits on the notifications queue, retries included, without moving the clock. */
export async function deliverAll(tools: TestTools, post: Post): Promise<string[]> {
  const outcomes: string[] = [];
  for (;;) {
    const index = tools.sent.findIndex((one) => one.queue === 'notifications');
    const [next] = index < 0 ? [] : tools.sent.splice(index, 1);
    if (!next) return outcomes;
    outcomes.push(await deliver(tools, post, Queued.parse(next.message.body)));
  }
}

export { evaluatePatient };
