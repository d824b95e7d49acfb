import type { Alert } from '../alerts/alert.ts';
import { endedAlertsOf, openWorkOf } from '../alerts/alert-of.ts';
import type { Task } from '../alerts/task.ts';
import { openQuarantine } from '../devices/open-quarantine.ts';
import { undeliveredOf } from '../notifications/undelivered.ts';
import { undeliveredReason } from '../notifications/why-undelivered.ts';
import { memberNow, memberOf, type Team } from '../organisations/team.ts';
import { organisationOf, teamsBelow } from '../organisations/team-of.ts';
import { notFound } from '../shared/refusal.ts';
import { addDays } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import type { AdminHome } from './contract.ts';
import { type NoContact, withoutContact } from './no-contact.ts';
import { programmeLine } from './programme.ts';
import { readCaseload } from './store.ts';

const lineDays = 28;

type TeamNow = {
  readonly team: Team;
  readonly open: readonly Alert[];
  readonly ended: readonly Alert[];
  readonly owed: readonly Task[];
  readonly patients: number;
  readonly undelivered: AdminHome['undelivered'];
};

/** What only an administrator can put right, over all teams below an organisation. Codes only, no names. */
export async function adminHome(tools: Tools, organisationId: string): Promise<AdminHome> {
  const node = await organisationOf(tools, organisationId);
  if (!node) throw notFound('organisation');
  const now = tools.now();
  const from = addDays(now.slice(0, 10), 1 - lineDays);
  const [teams, quarantine] = await Promise.all([teamsBelow(tools, organisationId), openQuarantine(tools, node.path)]);
  const known = await Promise.all(teams.map((team) => teamNow(tools, team, from, now)));
  return {
    organisationId,
    asOf: now,
    unowned: known.flatMap(({ team, open }) =>
      open.filter((alert) => memberNow(team, alert.ownerId, now) === undefined).map(unownedRow),
    ),
    undelivered: known.flatMap((one) => one.undelivered),
    noContact: known.flatMap((one) => withoutContact(one, now).map((late) => noContactRow(late, one.team))),
    quarantine,
    teams: known.map(({ team, open, ended, patients }) => ({
      teamId: team.teamId,
      name: team.name,
      patients,
      red: open.filter((alert) => alert.band === 'red').length,
      line: programmeLine([...open, ...ended], from, now.slice(0, 10), now),
    })),
  };
}

async function teamNow(tools: Tools, team: Team, from: string, now: string): Promise<TeamNow> {
  const months = [...new Set([from.slice(0, 7), now.slice(0, 7)])];
  const [{ alerts: open, owed }, ended, cases, entries] = await Promise.all([
    openWorkOf(tools, team.teamId),
    endedAlertsOf(tools, team.teamId, months),
    readCaseload(tools, team.teamId),
    undeliveredOf(tools, team.teamId),
  ]);
  const undelivered = entries.map(({ messageId, channel, requestedAt, why }) => ({
    messageId,
    teamId: team.teamId,
    channel,
    requestedAt,
    reason: undeliveredReason(why),
    ...(why !== undefined && { why }),
  }));
  return { team, open, ended, owed, patients: cases.length, undelivered };
}

function unownedRow({ alertId, patientId, teamId, patientCode, band, openedAt }: Alert): AdminHome['unowned'][number] {
  return { alertId, patientId, teamId, code: patientCode, band, openedAt };
}

function noContactRow({ ownerId, ...late }: NoContact, team: Team): AdminHome['noContact'][number] {
  return { ...late, ownerName: memberOf(team, ownerId)?.name ?? '' };
}
