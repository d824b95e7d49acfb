import { openAlertsOf } from '../alerts/alert-of.ts';
import { evaluatePatient } from '../alerts/evaluate-patient.ts';
import { policyOf } from '../alerts/policy-of.ts';
import { reconcileTopic } from '../notifications/request-message.ts';
import { memberNow, type Team } from '../organisations/team.ts';
import { teamOf } from '../organisations/team-of.ts';
import { patientsOf } from '../reports/patients-of.ts';
import { metric } from '../shared/metrics.ts';
import { addDays, instantAt, localDateOf } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { catchUp } from '../treatment/after-plan-change.ts';
import { summariseMonth } from '../treatment/summarise-month.ts';
import { lookAtBox, lookAtFacility } from './box-steps.ts';
import type { Due } from './due.ts';
import { ensureDue } from './plan-due.ts';
import { replanPatient } from './replan-patient.ts';
import { readWatchedTeams } from './store.ts';

/** The month before is settled in the first days of a month; days that change later summarise their month themselves. */
const settlingDays = 3;

/** Every night: one piece of work per team, so that one team's trouble is only its own. Answers how many teams. */
export async function night(tools: Tools): Promise<number> {
  const teams = await readWatchedTeams(tools);
  const at = tools.now();
  await tools.send(
    'due',
    teams.map((teamId) => ({ body: { at, ref: teamId, work: { step: 'team-night', teamId } } satisfies Due })),
  );
  return teams.length;
}

/** One piece of work per patient; the morning's digest waits; alerts whose owner has left are counted. */
export async function teamNight(tools: Tools, teamId: string): Promise<string> {
  const team = await teamOf(tools, teamId);
  if (!team) return 'no team';
  const at = tools.now();
  const patients = await patientsOf(tools, teamId);
  await tools.send(
    'due',
    patients.map((patientId) => ({ body: { at, ref: patientId, work: { step: 'night', patientId } } satisfies Due })),
  );
  await planDigest(tools, team);
  await lookAtFacility(tools, team.facilityId);
  if (team.topicArn !== undefined) await reconcileTopic(tools, teamId);
  const alerts = await openAlertsOf(tools, teamId);
  const unowned = alerts.filter((alert) => memberNow(team, alert.ownerId, at) === undefined);
  tools.metric(metric.unownedAlerts, unowned.length, 'Count');
  return 'handed over';
}

/** The next digest of a team waits at its hour, in the team's zone. */
export async function planDigest(tools: Tools, team: Team): Promise<void> {
  const { digestAt } = await policyOf(tools, team.teamId);
  const { zone } = team.calendar;
  const today = localDateOf(tools.now(), zone);
  const localDate = [today, addDays(today, 1)].find((date) => instantAt(date, digestAt, zone) > tools.now());
  if (localDate === undefined) return;
  const work = { step: 'digest' as const, teamId: team.teamId, localDate };
  await ensureDue(tools, { at: instantAt(localDate, digestAt, zone), ref: `${team.teamId}.${localDate}`, work });
}

/** Lets the days follow a change that was cut off, repairs what should be waiting for a patient, and looks at alert, tasks, box and the summary of the month before. */
export async function lookAtPatient(tools: Tools, patientId: string): Promise<string> {
  await catchUp(tools, patientId);
  const planned = await replanPatient(tools, patientId, 'repair');
  await lookAtBox(tools, patientId, 'only if late');
  const today = tools.now().slice(0, 10);
  if (Number(today.slice(8)) <= settlingDays) {
    const month = addDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7);
    await summariseMonth(tools, { patientId, month });
  }
  await evaluatePatient(tools, patientId);
  return planned;
}
