import { patientProfile } from '../identity/patient-profile.ts';
import { requestMessages } from '../notifications/request-message.ts';
import { workingDeadline } from '../organisations/calendar.ts';
import { actsFor, ownerNow } from '../organisations/team.ts';
import { ensureDue, planDue } from '../reminders/plan-due.ts';
import { addSeconds, secondsBetween } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { type Alert, isOpen, toldOf } from './alert.ts';
import type { OutcomeView, Told } from './contract.ts';
import { type Known, known } from './facts.ts';
import { type Judgement, judge } from './judge.ts';
import { firstRungs, ownerRung } from './ladder.ts';
import { messagesOf } from './messages.ts';
import { moveWork } from './pass-on.ts';
import { peopleAround } from './people.ts';
import { settleTasks } from './settle-tasks.ts';
import { changeAlert, openAlert } from './store.ts';
import { tellStep } from './tell.ts';

const attempts = 6;
/** For so long after a step a repeat makes sure that its messages were asked for: a queue has given up by then. */
const freshSeconds = 3600;

export type Evaluated = 'opened' | 'changed' | 'closed' | 'unchanged' | 'nothing to judge';

/**
 * Looks at a patient again and brings the one alert and the tasks in line with what is known. Idempotent: whoever loses a
 * race reads again, a repeat finds nothing to do, and a repeat after a crash finishes what was begun.
 */
export async function evaluatePatient(tools: Tools, patientId: string): Promise<Evaluated> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const found = await known(tools, patientId);
    if (!found) return 'nothing to judge';
    const outcome = await bringInLine(tools, found);
    if (outcome === 'conflict' || outcome === 'look again') continue;
    await settleTasks(tools, found);
    return outcome;
  }
  throw new Error('the alert changed too often to be judged');
}

async function bringInLine(tools: Tools, found: Known): Promise<Evaluated | 'conflict' | 'look again'> {
  const { alert, facts, policy } = found;
  if (stayedBehind(found)) return await fetchWork(tools, found);
  if (facts.plan.ended) return isOpen(alert) ? await close(tools, found, alert, 'treatment-stopped') : 'unchanged';
  const judged = judge(alert, facts, policy);
  if (judged.verdict === 'open') return await open(tools, found, judged);
  if (judged.verdict === 'close') return await close(tools, found, judged.alert, judged.as);
  if (judged.verdict === 'change') return await change(tools, found, judged);
  if (judged.verdict === 'late') return await late(tools, found, judged);
  if (alert) await finish(tools, found, alert);
  return 'unchanged';
}

/** Opened for the team that the patient was leaving in that moment. */
function stayedBehind({ alert, tasks, team }: Known): boolean {
  const open = [...(isOpen(alert) ? [alert] : []), ...tasks.filter(({ state }) => state === 'open')];
  return open.some(({ teamId }) => teamId !== team.teamId);
}

/** The team is asked again: what was read of it may be older than its work. */
async function fetchWork(tools: Tools, { profile: { patientId }, team }: Known): Promise<'look again'> {
  if ((await patientProfile(tools, patientId))?.teamId === team.teamId)
    await moveWork(tools, { patientId, toTeamId: team.teamId, toUserId: ownerNow(team, tools.now()).userId });
  return 'look again';
}

async function open(tools: Tools, found: Known, judged: Extract<Judgement, { verdict: 'open' }>) {
  const { profile, team, policy } = found;
  const now = tools.now();
  const people = await peopleAround(tools, profile, team);
  const { verdict: _, ...rest } = judged;
  const fresh: Alert = {
    ...rest,
    misses: [...rest.misses],
    alertId: tools.id('alt'),
    patientId: profile.patientId,
    patientCode: profile.code,
    teamId: team.teamId,
    state: 'triggered',
    ownerId: people.ownerId,
    ownerBy: 'team',
    rung: 0,
    openedAt: now,
    told: [],
    annotations: [],
    policyVersion: policy.version,
    version: 0,
  };
  const told = tellsAtOnce(fresh, policy.everyMiss) ? firstRungs(people, 'opened', now) : [];
  const alert = toldOf(withDeadlines(fresh, found, now), ...told);
  if ((await openAlert(tools, alert, found.alert)) === 'conflict') return 'conflict';
  await carryOut(tools, found, alert, told);
  return 'opened';
}

async function change(tools: Tools, found: Known, judged: Extract<Judgement, { verdict: 'change' }>) {
  const now = tools.now();
  const raised = judged.tell === 'nobody' ? judged.alert : withDeadlines(judged.alert, found, now);
  const told = await tellingOf(tools, found, raised, judged.tell, now);
  const alert = toldOf(raised, ...told);
  if ((await changeAlert(tools, alert, 'evaluate')) === 'conflict') return 'conflict';
  await carryOut(tools, found, alert, told);
  return 'changed';
}

async function tellingOf(
  tools: Tools,
  found: Known,
  alert: Alert,
  tell: 'worse' | 'gate' | 'nobody',
  now: string,
): Promise<Told[]> {
  if (tell === 'nobody' || !tellsAtOnce(alert, found.policy.everyMiss)) return [];
  const people = await peopleAround(tools, found.profile, found.team);
  const owner = alert.ownerBy === 'team' ? people.ownerId : actsFor(found.team, alert.ownerId, now);
  return ownerRung({ ...people, ownerId: owner }, tell, now);
}

/** Ends it by what is known. Who said "I'm on it" hears at once that there is no need; everybody else in the digest. */
async function close(tools: Tools, found: Known, alert: Alert, as: OutcomeView['kind']) {
  const now = tools.now();
  const died = found.situation.plan.stopped?.reason === 'died';
  const told: Told[] =
    alert.acknowledgedBy === undefined || died || as === 'treatment-stopped'
      ? []
      : [{ at: now, step: 'no-need', rung: 'owner', userId: alert.acknowledgedBy }];
  const ended = toldOf({ ...alert, state: 'resolved', outcome: { kind: as, at: now }, resolvedAt: now }, ...told);
  if ((await changeAlert(tools, ended, 'evaluate')) === 'conflict') return 'conflict';
  await requestMessages(tools, messagesOf(ended, told, found.policy, found.team.calendar.zone));
  return 'closed';
}

/** Evidence of a dose that somebody has dealt with: noted, and who was on it hears that there is no need. */
async function late(tools: Tools, found: Known, { alert, tell }: Extract<Judgement, { verdict: 'late' }>) {
  const userId = alert.acknowledgedBy;
  const told: Told[] =
    tell && userId !== undefined ? [{ at: tools.now(), step: 'no-need', rung: 'owner', userId }] : [];
  const noted = toldOf(alert, ...told);
  if ((await changeAlert(tools, noted, 'annotate')) === 'conflict') return 'conflict';
  await requestMessages(tools, messagesOf(noted, told, found.policy, found.team.calendar.zone));
  return 'look again';
}

function tellsAtOnce(alert: Alert, everyMiss: boolean): boolean {
  return alert.band === 'red' || (everyMiss && alert.band === 'yellow');
}

/** A worse band starts its own clocks, unless somebody is on it already. */
function withDeadlines(alert: Alert, { alert: before, team, policy }: Known, now: string): Alert {
  const contact = alert.band === 'red' && alert.contactBy === undefined;
  const isWorse = isOpen(before) && before.band !== alert.band;
  const waits = alert.band !== 'notice' && alert.state === 'triggered';
  const acknowledge = waits && (alert.acknowledgeBy === undefined || isWorse);
  return {
    ...alert,
    ...(acknowledge && { acknowledgeBy: workingDeadline(team.calendar, now, policy.acknowledgeHours) }),
    ...(contact && { contactBy: addSeconds(now, policy.contactHours * 3600) }),
  };
}

async function carryOut(tools: Tools, found: Known, alert: Alert, told: readonly Told[]): Promise<void> {
  await tellStep(tools, alert, told, found);
  const deadline = deadlineOf(alert);
  if (deadline) await planDue(tools, deadline);
}

/** Only what is red climbs; the rest shows as late. */
export function deadlineOf(alert: Alert) {
  if (alert.band !== 'red' || alert.state !== 'triggered' || alert.acknowledgeBy === undefined) return undefined;
  const { patientId, alertId, rung, acknowledgeBy } = alert;
  return { at: acknowledgeBy, ref: alertId, work: { step: 'acknowledge-by' as const, patientId, alertId, rung } };
}

/** After a crash between the write and what follows it: the last step's messages and its deadline, if they are missing. */
async function finish(tools: Tools, found: Known, alert: Alert): Promise<void> {
  const last = alert.told.at(-1);
  const waits = alert.state === 'triggered' || last?.step === 'no-need';
  if (!waits || last === undefined || secondsBetween(last.at, tools.now()) > freshSeconds) return;
  const told = alert.told.filter((one) => one.at === last.at && one.step === last.step);
  await tellStep(tools, alert, told, found, 'again');
  const deadline = deadlineOf(alert);
  if (deadline) await ensureDue(tools, deadline);
}
