import { inject } from 'vitest';
import * as z from 'zod/mini';
import type { StaffRole, WorkingCalendar } from '../../../functions/organisations/contract.ts';
import { local } from './local.ts';
import { Person } from './person.ts';

const Anything = z.unknown();
const Accounts = z.array(
  z.looseObject({
    role: z.string(),
    name: z.string(),
    signIn: z.string(),
    password: z.string(),
    totpSecret: z.string(),
  }),
);
const Invited = z.looseObject({ userId: z.string() });

/** The hours of the tests' teams: every day nine to five, so that no test depends on the weekday it runs on. */
const everyDay: WorkingCalendar = {
  zone: 'Asia/Kolkata',
  hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '09:00', to: '17:00' })),
  holidays: [],
  onCall: [],
};

let country: Promise<Person> | undefined;
let clinics = 0;

/** The first administrator, who stands at `/local/accounts` of an empty cloud. */
export function firstAdministrator(): Promise<Person> {
  country ??= (async () => {
    const answer = await fetch(`${inject('origin')}/local/accounts?role=organisation-admin`);
    const [first] = z.parse(Accounts, await answer.json());
    if (!first) throw new Error('an empty cloud has a first administrator');
    const person = new Person(first.name, first.signIn, first.password, first.totpSecret);
    // Another file of tests may have used the code of this half minute, and a code counts once.
    await local.advance('PT30S');
    await person.signIn();
    return person;
  })();
  return country;
}

/** A facility with one care team, made through the API by the administrator of its country. */
export class Clinic {
  readonly admin: Person;
  readonly facilityId: string;
  readonly teamId: string;
  readonly nurse: Person;
  readonly doctor: Person;

  private constructor(of: Pick<Clinic, 'admin' | 'facilityId' | 'teamId' | 'nurse' | 'doctor'>) {
    this.admin = of.admin;
    this.facilityId = of.facilityId;
    this.teamId = of.teamId;
    this.nurse = of.nurse;
    this.doctor = of.doctor;
  }

  /** Everything new, so that tests do not see one another. */
  static async open(): Promise<Clinic> {
    const admin = await firstAdministrator();
    const tag = `${Date.now().toString(36)}${clinics++}`;
    const facilityId = `org_${tag}`;
    const prefix = prefixOf(clinics + Math.floor(Math.random() * 15_000));
    const facility = {
      organisationId: facilityId,
      level: 'facility',
      name: `Clinic ${tag}`,
      prefix,
      zone: 'Asia/Kolkata',
    };
    await admin.does('POST', '/api/organisations/organisations/org_in/organisations', facility, Anything);
    const nurse = await invite(admin, facilityId, 'nurse', tag);
    const doctor = await invite(admin, facilityId, 'doctor', tag);
    const teamId = `team_${tag}`;
    await admin.does(
      'POST',
      `/api/organisations/organisations/${facilityId}/teams`,
      { teamId, name: `Team ${tag}`, ownerId: nurse.userId, memberIds: [doctor.userId], calendar: everyDay },
      Anything,
    );
    return new Clinic({ admin, facilityId, teamId, nurse, doctor });
  }

  /** Another team of the same facility, the doctor's own. */
  async besides(name: string): Promise<Clinic> {
    const { admin, facilityId, doctor } = this;
    const teamId = `${this.teamId}_${clinics++}`;
    const team = { teamId, name, ownerId: doctor.userId, memberIds: [], calendar: everyDay };
    await admin.does('POST', `/api/organisations/organisations/${facilityId}/teams`, team, Anything);
    return new Clinic({ admin, facilityId, teamId, nurse: doctor, doctor });
  }

  /** One more member of staff, who joins the team. */
  async hires(role: StaffRole): Promise<Person> {
    const tag = `${Date.now().toString(36)}${clinics++}`;
    const person = await invite(this.admin, this.facilityId, role, tag);
    const members = `/api/organisations/teams/${this.teamId}/members`;
    await this.admin.does('POST', members, { userId: person.userId }, Anything);
    return person;
  }
}

/** By invitation: the code comes by e-mail, then a password, an authenticator and in. */
async function invite(admin: Person, organisationId: string, role: StaffRole, tag: string): Promise<Person> {
  const email = `${role}.${tag}@clinic.example`;
  const input = {
    email,
    name: `${role} ${tag}`,
    roles: [role],
    phone: `+9188${String(clinics * 7919 + tag.length).padStart(8, '0')}`,
  };
  await admin.does('POST', `/api/organisations/organisations/${organisationId}/staff`, input, Invited);
  const [mail] = await local.outbox({ to: email });
  const code = /\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}\b/.exec(mail?.text ?? '')?.[0];
  if (code === undefined) throw new Error(`no code came to ${email}`);
  const person = Object.assign(new Person(input.name, email, code), { email, phone: input.phone });
  await person.signIn();
  return person;
}

function prefixOf(number: number): string {
  const letter = (place: number) => String.fromCharCode(65 + (Math.floor(number / 26 ** place) % 26));
  return `${letter(2)}${letter(1)}${letter(0)}`;
}
