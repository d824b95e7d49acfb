import * as z from 'zod/mini';
import { BoxSecret } from '../../functions/devices/contract.ts';
import { EnrolmentView } from '../../functions/identity/contract.ts';
import { OrganisationView, StaffView, TeamView } from '../../functions/organisations/contract.ts';
import { type LocalDate, localDateOf } from '../../functions/shared/time.ts';
import { BoxLine } from './box-line.ts';
import { zone } from './life.ts';
import type { Local, Sent } from './local-cloud.ts';
import type { Personality } from './personality.ts';
import type { Message } from './score.ts';
import { acceptInvitation, SignedIn } from './signed-in.ts';
import type { World } from './world.ts';

/** The running product through its public doors: HTTP with sign-in, MQTT with certificates, time by `/local/clock`. */
export async function productWorld(local: Local, firstDate: LocalDate): Promise<World & { close(): void }> {
  const since = await local.now();
  const mark = Math.random().toString(36).slice(2, 8);
  const account = await local.account('organisation-admin');
  const admin = new SignedIn(local, account);
  await admin.signIn();
  const facility = await makeFacility(admin, mark);
  const { nurse, email, teamId } = await makeTeam(local, admin, facility.organisationId, mark);
  const ca = await local.mqttCa();
  const lines = new Map<string, BoxLine>();
  return {
    teamId,
    nurse,
    admin,
    now: () => local.now(),
    goTo: (instant) => local.goTo(instant),
    // The product's own schedule does it.
    night: async () => undefined,
    enrol: async (personality) => {
      const boxId = `${personality.boxId}-${mark.toUpperCase()}`;
      const input = { serial: boxId, model: 'simulated', uploadIntervalHours: personality.uploadIntervalHours };
      const boxes = `/api/devices/organisations/${facility.organisationId}/boxes`;
      const secret = z.parse(BoxSecret, await admin.post(boxes, input));
      lines.set(personality.boxId, new BoxLine(secret, local.mqtts, ca));
      return { patientId: await enrol(nurse, teamId, personality, boxId, firstDate), boxId };
    },
    report: async ({ boxId }, { events }) => {
      await lines.get(boxId)?.publish(events.length === 1 ? events[0] : { v: 1, events });
    },
    messages: async () => messagesTo(email, await local.outbox({ to: email, since })),
    close: () => {
      for (const line of lines.values()) line.close();
    },
  };
}

/** A facility of its own below what the administrator administers. */
async function makeFacility(admin: SignedIn, mark: string): Promise<z.infer<typeof OrganisationView>> {
  const [parentId = ''] = admin.viewer?.organisationIds ?? [];
  const parent = z.parse(OrganisationView, await admin.get(`/api/organisations/organisations/${parentId}`));
  const below = (id: string) => `/api/organisations/organisations/${id}/organisations`;
  const regionId = parent.level === 'country' ? `org_pillbox_${mark}` : parentId;
  if (parent.level === 'country')
    await admin.post(below(parentId), { organisationId: regionId, level: 'region', name: 'Pillbox' });
  const prefix = [...mark.toUpperCase()]
    .filter((c) => c >= 'A' && c <= 'Z')
    .join('')
    .padEnd(3, 'X')
    .slice(0, 3);
  const input = { organisationId: `org_pillbox_${mark}_f`, level: 'facility', name: `Pillbox ${mark}`, prefix, zone };
  return z.parse(OrganisationView, await admin.post(below(regionId), input));
}

async function makeTeam(local: Local, admin: SignedIn, facilityId: string, mark: string) {
  const email = `nurse.${mark}@pillbox.example`;
  const facility = `/api/organisations/organisations/${facilityId}`;
  const invitation = { email, name: 'Simulated Nurse', roles: ['nurse'], language: 'en' };
  const invited = z.parse(StaffView, await admin.post(`${facility}/staff`, invitation));
  const [mail] = await local.outbox({ to: email });
  const code = /\b[A-Za-z0-9_-]{12,}\b/.exec(mail?.text ?? '')?.[0] ?? '';
  const papers = await acceptInvitation(local, email, code);
  const hours = [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: '09:00', to: '17:00' }));
  const calendar = { zone, hours, holidays: [], onCall: [] };
  const team = { teamId: `team_pillbox_${mark}`, name: `Pillbox ${mark}`, ownerId: invited.userId, calendar };
  const { teamId } = z.parse(TeamView, await admin.post(`${facility}/teams`, team));
  const nurse = new SignedIn(local, papers);
  await nurse.signIn();
  return { nurse, email, teamId };
}

/** One sitting at the bedside: who, consent, plan, box; no phone and no supporter. */
async function enrol(
  nurse: SignedIn,
  teamId: string,
  { index, templateId, weightKg, doseTime }: Personality,
  boxId: string,
  start: LocalDate,
): Promise<string> {
  const path = `/api/identity/teams/${teamId}/enrolments/enr-pillbox-${boxId}`;
  const request = {
    who: {
      name: `Simulated Patient ${index + 1}`,
      age: { kind: 'years', years: 30 },
      sex: 'unknown',
      language: 'en',
      zone,
    },
    consent: {
      consentId: `con-${boxId}`,
      way: 'on-paper',
      textVersion: '1',
      language: 'en',
      purposes: ['treatment', 'box'],
    },
    plan: { templateId, start, weightKg, times: { day: doseTime } },
    box: { boxId },
    reach: { use: 'none' },
  };
  const enrolled = z.parse(EnrolmentView, await nurse.put(path, request));
  if (enrolled.patientId === undefined || enrolled.problems.length > 0)
    throw new Error(`${boxId}: ${JSON.stringify(enrolled.problems)}`);
  await nurse.post(`${path}/finish`);
  return enrolled.patientId;
}

const digest = /^(Today:|आज)/;

function messagesTo(nurse: string, sent: readonly Sent[]): Message[] {
  return sent
    .filter(({ subject = '', text }) => !/code|invit/i.test(subject + text))
    .map(({ at, text }) => ({
      nurse,
      localDate: localDateOf(at, zone),
      kind: digest.test(text) ? ('digest' as const) : ('immediate' as const),
    }));
}
