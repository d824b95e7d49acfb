import { moveWork } from '../alerts/pass-on.ts';
import { boxStaysBehind, moveBoxToTeam } from '../devices/move-team.ts';
import { movePatient } from '../identity/move-patient.ts';
import { leaveCaseload } from '../reports/leave-caseload.ts';
import { patientsOf } from '../reports/patients-of.ts';
import { audit } from '../shared/audit.ts';
import { invalid, Refusal } from '../shared/refusal.ts';
import { about } from './change-organisation.ts';
import { knownTeam, type TeamTools } from './change-team.ts';
import type { HandOverAnswer, HandOverInput } from './contract.ts';
import { mayManage } from './may-manage.ts';
import { ownerNow, type Team } from './team.ts';

/** So many fit into one call, with their boxes and alerts, far below its time-out. */
const page = 50;

/**
 * Gives patients, with their open alerts, tasks and boxes, to another team. Each patient moves in one write or stays;
 * those that stayed are named and may be tried again. Nobody is without a team or an owner at any moment.
 */
export async function handOver(tools: TeamTools, fromTeamId: string, input: HandOverInput): Promise<HandOverAnswer> {
  const [from, to] = await Promise.all([knownTeam(tools, fromTeamId), knownTeam(tools, input.toTeamId)]);
  if (from.teamId === to.teamId) throw invalid('/toTeamId', 'That is the same team.');
  // Who gives patients away must also manage where they go.
  if (!mayManage(tools, to)) throw new Refusal('forbidden', 'forbidden', 'You may not do this.');
  const { patientIds, next } = await onePage(tools, fromTeamId, input);
  const left: HandOverAnswer['left'] = [];
  for (const patientId of patientIds) {
    const why = await moveOne(tools, patientId, from, to);
    if (why !== undefined) left.push({ patientId, why });
    else
      await audit(tools, {
        ...about(tools.actor, patientId, 'hand over', [from.teamId, to.teamId]),
        reason: input.reason,
      });
  }
  return { moved: patientIds.length - left.length, left, ...(next !== undefined && { next }) };
}

async function onePage(tools: TeamTools, teamId: string, { patientIds, after = '' }: HandOverInput) {
  if (patientIds) return { patientIds };
  const all = (await patientsOf(tools, teamId)).filter((patientId) => patientId > after).sort();
  const now = all.slice(0, page);
  return { patientIds: now, ...(all.length > page && { next: now.at(-1) }) };
}

async function moveOne(
  tools: TeamTools,
  patientId: string,
  from: Team,
  to: Team,
): Promise<HandOverAnswer['left'][number]['why'] | undefined> {
  if (to.facilityId !== from.facilityId && (await boxStaysBehind(tools, patientId, to.facilityId))) return 'holds-box';
  if ((await movePatient(tools, patientId, from.teamId, to)) === 'conflict') return 'not-here';
  const toUserId = ownerNow(to, tools.now()).userId;
  await moveWork(tools, { patientId, toTeamId: to.teamId, toUserId, by: tools.actor.userId });
  await moveBoxToTeam(tools, patientId, to.teamId);
  await leaveCaseload(tools, from.teamId, patientId);
  return undefined;
}
