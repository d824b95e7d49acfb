import { routes as alertRoutes } from '../../functions/alerts/api.ts';
import { adminRoutes } from '../../functions/devices/api-admin.ts';
import { careRoutes } from '../../functions/devices/api-care.ts';
import { quarantineRoutes } from '../../functions/devices/api-quarantine.ts';
import { recordTelemetry } from '../../functions/devices/record-telemetry.ts';
import { night } from '../../functions/reminders/night.ts';
import { type LocalDate, localDateOf } from '../../functions/shared/time.ts';
import { routes as treatmentRoutes } from '../../functions/treatment/api.ts';
import { aRecord } from '../devices/support/events.ts';
import { givenNurse, givenPatient, givenTeam } from '../flow/given.ts';
import { Person } from '../flow/person.ts';
import { Flow } from '../flow/pump.ts';
import { anActor } from '../support/tools.ts';
import { zone } from './life.ts';
import type { World } from './world.ts';

/** The product without AWS: its actions over the real table engine, chained as production chains them, in one process. */
export async function flowWorld(
  endpoint: string,
  startsAt: string,
  firstDate: LocalDate,
): Promise<World & { flow: Flow }> {
  const flow = await Flow.start(endpoint, { now: startsAt, batch: 10, seed: 7 });
  const team = await givenTeam(flow);
  await givenNurse(flow, team);
  const teams = [{ teamId: team.teamId }];
  const nurse = anActor({ userId: team.ownerId, roles: ['nurse'], teams });
  const admin = anActor({ userId: 'usr_admin', roles: ['organisation-admin'], organisationIds: [...team.path] });
  return {
    flow,
    teamId: team.teamId,
    nurse: new Person(flow, nurse, [...alertRoutes, ...treatmentRoutes, ...careRoutes]),
    admin: new Person(flow, admin, [...quarantineRoutes, ...adminRoutes]),
    now: async () => flow.tools.now(),
    enrol: async ({ index, boxId, uploadIntervalHours, doseTime, templateId, weightKg }) => ({
      boxId,
      patientId: await givenPatient(flow, team, {
        patientId: `pat_${index}`,
        number: index,
        boxId,
        uploadIntervalHours,
        plan: { start: firstDate, templateId, weightKg, zone, times: { day: doseTime } },
      }),
    }),
    report: async ({ boxId }, { events }) => {
      const message = events.length === 1 ? events[0] : { v: 1, events };
      const record = aRecord(message, { boxId, receivedAt: flow.tools.now() });
      await flow.does('telemetry', () => recordTelemetry(flow.tools, boxId, [record]));
    },
    goTo: (instant) => flow.goTo(instant),
    night: async () => {
      await flow.does('night', () => night(flow.tools));
    },
    messages: async () =>
      flow.left
        .filter((sent) => sent.channel === 'push' || sent.channel === 'email')
        .map((sent) => ({
          nurse: sent.to,
          localDate: localDateOf(sent.at, zone),
          kind: /^Today:/.test(sent.text) ? 'digest' : 'immediate',
        })),
  };
}
