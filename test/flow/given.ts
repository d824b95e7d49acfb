import { allocateBox } from '../../functions/devices/allocate.ts';
import { recordTelemetry } from '../../functions/devices/record-telemetry.ts';
import { registerBox } from '../../functions/devices/register.ts';
import type { TelemetryEvent } from '../../functions/devices/telemetry-shapes.ts';
import { putAccount } from '../../functions/identity/account-store.ts';
import type { PatientProfile } from '../../functions/identity/contract.ts';
import { putPatient } from '../../functions/identity/patient-store.ts';
import { putDevice } from '../../functions/notifications/reach-store.ts';
import { newTeamWrites, transact } from '../../functions/organisations/store.ts';
import type { Team } from '../../functions/organisations/team.ts';
import type { PlanInput } from '../../functions/treatment/view-shapes.ts';
import { aRecord } from '../devices/support/events.ts';
import { aRegistry, facility } from '../devices/support/given.ts';
import { anActor } from '../support/tools.ts';
import { givenPlan } from '../treatment/given.ts';
import type { Flow } from './pump.ts';

/** Where people are given to: a flow, or the running product. */
export type Place = Pick<Flow, 'tools' | 'does'>;

/** The tuberculosis team of Gumla, at work on weekdays 09:00 to 17:00: Meera owns its alerts, Anil is a health worker, Dr Rosa its doctor. */
export async function givenTeam({ tools }: Place, overrides: Partial<Team> = {}): Promise<Team> {
  const team: Team = {
    teamId: 'team_1',
    name: 'Gumla',
    facilityId: facility.facilityId,
    facilityName: 'Gumla',
    path: facility.path,
    ownerId: 'usr_meera',
    supervisorId: 'usr_rosa',
    members: [
      { userId: 'usr_meera', name: 'Meera Toppo', roles: ['nurse'], language: 'en' },
      { userId: 'usr_anil', name: 'Anil Kujur', roles: ['health-worker'], language: 'hi' },
      { userId: 'usr_rosa', name: 'Rosa Minz', roles: ['doctor'], language: 'en' },
    ],
    calendar: {
      zone: 'Asia/Kolkata',
      hours: [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: '09:00', to: '17:00' })),
      holidays: [],
      onCall: [],
    },
    covers: [],
    topicArn: 'arn:aws:sns:ap-south-1:000000000000:careconnect-team-team_1',
    version: 1,
    ...overrides,
  };
  await transact(tools, newTeamWrites(tools, team));
  return team;
}

/** The team's owner with an account and a browser that takes push messages. */
export async function givenNurse({ tools }: Place, team: Team): Promise<void> {
  const { userId, name, language } = memberNamed(team, team.ownerId);
  const account = {
    userId,
    username: userId,
    name,
    roles: ['nurse' as const],
    language,
    email: 'meera@clinic.example',
    state: 'active' as const,
    version: 1,
  };
  await putAccount(tools, account, anActor({ userId, roles: ['nurse'], teams: [{ teamId: team.teamId }] }));
  const endpoint = `https://push.example/${userId}`;
  await putDevice(tools, userId, {
    subscriptionId: 'psh_1',
    name: 'Phone',
    endpoint,
    p256dh: 'p',
    auth: 'a',
    addedAt: tools.now(),
  });
}

function memberNamed(team: Team, userId: string): Team['members'][number] {
  const member = team.members.find((one) => one.userId === userId);
  if (!member) throw new Error(`${userId} is not of the team`);
  return member;
}

export type GivenPatient = {
  readonly patientId?: string;
  readonly number?: number;
  readonly plan?: Partial<PlanInput>;
  readonly profile?: Partial<PatientProfile>;
  /** 'none': a patient without a box. */
  readonly boxId?: string;
  readonly uploadIntervalHours?: number;
};

/** A patient with a phone of their own, consent, a plan and a box, as the enrolment leaves them behind. */
export async function givenPatient(flow: Place, team: Team, given: GivenPatient = {}): Promise<string> {
  const { tools } = flow;
  const { patientId = 'pat_1', number = 388, plan = {}, boxId = 'CC-4471', uploadIntervalHours = 1 } = given;
  const profile: PatientProfile = {
    patientId,
    code: `GUM-${String(number).padStart(4, '0')}-2`,
    name: 'Phulmani Devi',
    age: { kind: 'years', years: 34 },
    ageSaidOn: tools.now().slice(0, 10),
    sex: 'female',
    language: 'hi',
    zone: 'Asia/Kolkata',
    reach: { use: 'own', phone: `+9190000${String(number).padStart(5, '0')}` },
    teamId: team.teamId,
    facilityId: team.facilityId,
    enrolledAt: tools.now(),
    enrolledBy: 'usr_meera',
    version: 1,
    ...given.profile,
  };
  const consent = {
    consentId: 'con_1',
    way: 'on-paper' as const,
    textVersion: '1',
    language: 'hi' as const,
    purposes: ['treatment' as const, 'box' as const, 'messages' as const, 'supporter' as const],
    recordedBy: 'usr_meera',
    recordedByName: 'Meera Toppo',
    at: tools.now(),
  };
  const card = { path: team.path, teamId: team.teamId, supporters: {} };
  await flow.does('enrol', async () => {
    await putPatient(tools, { profile, card, consent });
    await givenPlan(tools, patientId, plan);
    if (boxId === 'none') return;
    await registerBox(tools, aRegistry(), {
      ...facility,
      serial: boxId,
      model: 'evriMED500',
      uploadIntervalHours,
      actorId: 'usr_admin',
    });
    await allocateBox(tools, { boxId, patientId, actorId: 'usr_meera' });
  });
  return patientId;
}

/** A box as its firmware numbers its events; its clock is right. */
export class FlowBox {
  readonly #flow: Flow;
  readonly #boxId: string;
  #seq = 0;
  #last: readonly TelemetryEvent[] = [];

  constructor(flow: Flow, boxId = 'CC-4471') {
    this.#flow = flow;
    this.#boxId = boxId;
  }

  async opens(): Promise<void> {
    await this.sends([{ ...this.#event(), kind: 'opening', durationMs: 21_000 }]);
  }

  async beats(): Promise<void> {
    await this.sends([{ ...this.#event(), kind: 'heartbeat', batteryMillivolts: 3900, signalDbm: -71 }]);
  }

  /** The last message once more, as a box does that heard no acknowledgement. */
  async repeats(): Promise<void> {
    await this.sends(this.#last);
  }

  async sends(events: readonly TelemetryEvent[]): Promise<void> {
    this.#last = events;
    const { tools } = this.#flow;
    const records = events.map((event) => aRecord(event, { boxId: this.#boxId, receivedAt: tools.now() }));
    await this.#flow.does('telemetry', () => recordTelemetry(tools, this.#boxId, records));
  }

  #event() {
    this.#seq += 1;
    const deviceTime = this.#flow.tools.now();
    return { v: 1 as const, bootId: '7f3a9c21', seq: this.#seq, deviceTime, uptimeMs: Date.parse(deviceTime) % 1e9 };
  }
}
