import type { MessageRequest } from '../notifications/message.ts';
import { requestMessages } from '../notifications/request-message.ts';
import { nextWorking } from '../organisations/calendar.ts';
import type { WorkingCalendar } from '../organisations/calendar-shapes.ts';
import { actsFor, type Member, type Team } from '../organisations/team.ts';
import { teamOf, teamsBelow } from '../organisations/team-of.ts';
import { readActor } from '../shared/access-store.ts';
import { localDateOf } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { isOpen } from './alert.ts';
import { sectionOf } from './duty.ts';
import { readWork, type Work } from './store.ts';
import type { Task } from './task.ts';

type Day = { readonly teamId: string; readonly localDate: string };
type Counts = { now: number; promised: number; ask: number; boxes: number };

/**
 * The morning of a team: each member who has something to do hears once what it is, over all teams they work in; the
 * supervisor hears one summary. On a day on which the team does not work nobody hears anything.
 */
export async function sendDigests(tools: Tools, { teamId, localDate }: Day): Promise<string> {
  const team = await teamOf(tools, teamId);
  if (!team || !worksOn(team, localDate, tools.now())) return 'no working day';
  const works = new Map<string, { team: Team; work: Work }>();
  const requests: MessageRequest[] = [];
  for (const member of clinicians(team)) {
    const counts = await countsOf(tools, member, works, localDate);
    if (counts.now + counts.promised + counts.ask + counts.boxes > 0)
      requests.push(request('digest', member.userId, team, localDate, counts));
  }
  const summary = await summaryOf(tools, team, localDate);
  await requestMessages(tools, summary ? [...requests, summary] : requests);
  return 'sent';
}

function worksOn(team: Team, localDate: string, now: string): boolean {
  return localDateOf(nextWorking(team.calendar, now), team.calendar.zone) === localDate;
}

function clinicians(team: Team): Member[] {
  const people = [...team.members, ...team.covers.map((cover) => cover.by)];
  const unique = [...new Map(people.map((member) => [member.userId, member])).values()];
  return unique.filter(({ roles }) => roles.some((role) => ['health-worker', 'nurse', 'doctor'].includes(role)));
}

async function workOf(tools: Tools, teamId: string, works: Map<string, { team: Team; work: Work }>) {
  const known = works.get(teamId);
  if (known) return known;
  const team = await teamOf(tools, teamId);
  if (!team) return undefined;
  const found = { team, work: await readWork(tools, teamId) };
  works.set(teamId, found);
  return found;
}

async function countsOf(
  tools: Tools,
  { userId }: Member,
  works: Map<string, { team: Team; work: Work }>,
  localDate: string,
): Promise<Counts> {
  const counts: Counts = { now: 0, promised: 0, ask: 0, boxes: 0 };
  const teams = (await readActor(tools, userId))?.teams ?? [];
  for (const { teamId } of teams) {
    const found = await workOf(tools, teamId, works);
    if (!found) continue;
    const mine = (ownerId: string) => actsFor(found.team, ownerId, tools.now()) === userId;
    const tasks = found.work.tasks.filter(
      (task) => mine(task.ownerId) && isForToday(task, found.team.calendar, localDate),
    );
    const ofSection = (section: string) =>
      tasks.filter((task) => sectionOf(task, found.team.calendar, localDate) === section);
    const alerts = found.work.alerts.filter((alert) => isOpen(alert) && mine(alert.ownerId));
    // As on the list: a patient is called once, whatever there is to do about them.
    counts.now += new Set([...alerts, ...ofSection('now')].map(({ patientId }) => patientId)).size;
    counts.promised += ofSection('promised').length;
    counts.ask += ofSection('ask').length;
    counts.boxes += ofSection('boxes').length + (mine(found.team.ownerId) ? found.work.tickets.length : 0);
  }
  return counts;
}

/** Not what was promised for a later day, unless the contact with a red patient comes before it. */
function isForToday(task: Task, calendar: WorkingCalendar, localDate: string): boolean {
  return (task.dueOn ?? localDate) <= localDate || sectionOf(task, calendar, localDate) === 'now';
}

/** What did not go as it should, over all teams of the same supervisor nearby. One message, not one for each climb. */
async function summaryOf(tools: Tools, team: Team, localDate: string): Promise<MessageRequest | undefined> {
  const { supervisorId } = team;
  if (supervisorId === undefined) return undefined;
  const near = await teamsBelow(tools, team.path.at(-2) ?? team.facilityId);
  const theirs = near.filter((one) => one.supervisorId === supervisorId);
  const counts = { open: 0, late: 0, climbed: 0, noContact: 0 };
  const now = tools.now();
  for (const { teamId } of theirs) {
    const { alerts: all, tasks } = await readWork(tools, teamId);
    const alerts = all.filter(isOpen).filter((alert) => alert.band !== 'notice');
    counts.open += alerts.length;
    counts.late += alerts.filter((one) => one.state === 'triggered' && (one.acknowledgeBy ?? '9') < now).length;
    counts.climbed += alerts.filter((one) => one.ownerId === supervisorId).length;
    const owed = [...alerts.filter((one) => one.contactedAt === undefined), ...tasks];
    counts.noContact += owed.filter((one) => (one.contactBy ?? '9') < now).length;
  }
  if (counts.open === 0) return undefined;
  return request('daily-summary', supervisorId, team, localDate, counts);
}

/** The id and the instant say only the day, so that a second team of the same person asks for the same message. */
function request(
  template: 'digest' | 'daily-summary',
  userId: string,
  team: Team,
  localDate: string,
  params: Record<string, number>,
): MessageRequest {
  return {
    messageId: `${template}.${localDate}`,
    at: `${localDate}T00:00:00.000Z`,
    to: { kind: 'staff', id: userId },
    teamId: team.teamId,
    template,
    params: { ...params },
    severity: 'info',
    immediate: false,
    about: { kind: 'team', teamId: team.teamId },
    path: '/worklist',
  };
}
