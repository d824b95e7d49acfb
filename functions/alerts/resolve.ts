import { memberOf, type Team } from '../organisations/team.ts';
import { invalid, Refusal } from '../shared/refusal.ts';
import { addDays, addSeconds, localDateOf, secondsBetween } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { situation } from '../treatment/situation.ts';
import { type Alert, annotated } from './alert.ts';
import { changedAlert } from './change-alert.ts';
import { contactOutcomes, needsNextStep, type ResolveInput } from './contract.ts';
import type { AlertPolicy } from './policy.ts';
import { changeTask, putTask, readTask } from './store.ts';
import type { Task } from './task.ts';

export type Resolve = {
  readonly patientId: string;
  readonly alertId: string;
  readonly by: string;
  readonly byName: string;
  readonly input: ResolveInput;
};

/**
 * Ends an alert by what a person found out. The misses up to yesterday are dealt with; a next step becomes a promise in the
 * worklist. One that evidence had closed may still be given its outcome. Sent twice, the first stands.
 */
export async function resolveAlert(tools: Tools, team: Team, { by, byName, input, ...ref }: Resolve): Promise<Alert> {
  const now = tools.now();
  const today = (await situation(tools, ref.patientId, 0))?.today ?? localDateOf(now, team.calendar.zone);
  const resolved = await changedAlert(tools, ref, 'resolve', (alert) => {
    if (alert.outcome?.by !== undefined) {
      if (alert.outcome.by === by && alert.outcome.kind === input.outcome) return alert;
      throw new Refusal('conflict', 'alert-resolved', 'This alert has its outcome already.');
    }
    const { outcome: kind, why, note, nextStep } = input;
    refuseWhileAnotherIsOnIt(team, alert, by, input.insteadOf);
    refuseWithoutNextStep(alert, input, now, team.calendar.zone);
    const more = { ...(why && { why }), ...(note && { note }), ...(nextStep && { nextStep }) };
    const contacted = contactOutcomes.includes(kind) && alert.contactedAt === undefined;
    return {
      ...alert,
      state: 'resolved',
      outcome: { kind, ...more, by, byName, at: now },
      resolvedAt: now,
      handledThrough: handledThrough(alert, today),
      ...(contacted && { contactedAt: now }),
      ...(alert.acknowledgedBy === undefined && {
        acknowledgedBy: by,
        acknowledgedAt: now,
        acknowledgedThrough: 'app' as const,
      }),
    };
  });
  if (resolved.outcome?.nextStep) await promise(tools, resolved, by);
  return resolved;
}

function refuseWhileAnotherIsOnIt(team: Team, alert: Alert, by: string, insteadOf: string | undefined): void {
  const { state, acknowledgedBy: on } = alert;
  if (state !== 'acknowledged' || on === undefined || on === by || on === insteadOf) return;
  throw new Refusal('conflict', 'somebody-on-it', `${memberOf(team, on)?.name ?? 'Somebody'} is on it already.`);
}

/** Farther away nobody plans a call or a visit. */
const longestWaitDays = 60;

function refuseWithoutNextStep(alert: Alert, { outcome, nextStep }: ResolveInput, now: string, zone: string) {
  if (!nextStep && needsNextStep(alert, outcome))
    throw invalid('/nextStep', 'Nobody has spoken with the patient yet: say what comes next, and on which day.');
  if (!nextStep) return;
  // What was said without a network may arrive after its day: it is due at once.
  if (nextStep.on < localDateOf(alert.openedAt, zone) || nextStep.on > addDays(localDateOf(now, zone), longestWaitDays))
    throw invalid('/nextStep/on', 'The next step is after the alert opened and within sixty days.');
}

/** The day before the dosing day of now, whose slots may still be open: that rolls over when and where the plan says. */
function handledThrough(alert: Alert, today: string): string {
  const yesterday = addDays(today, -1);
  return [yesterday, ...alert.misses.map((miss) => miss.localDate)].sort().at(-1) ?? yesterday;
}

/** One for each closing: what was taken back and closed again is a promise of its own. */
const promiseId = ({ alertId, outcome }: Alert) => `promise.${alertId}.${outcome?.at.replaceAll(/[^0-9]/g, '') ?? ''}`;

async function promise(tools: Tools, alert: Alert, by: string): Promise<void> {
  const step = alert.outcome?.nextStep;
  if (!step) return;
  const { patientId, patientCode, teamId, outcome, contactBy, contactedAt } = alert;
  const task: Task = {
    taskId: promiseId(alert),
    patientId,
    patientCode,
    teamId,
    taskKind: 'promised',
    state: 'open',
    reason: { key: 'promised', params: { what: step.kind, after: outcome?.kind ?? '' } },
    ownerId: by,
    openedAt: tools.now(),
    dueOn: step.on,
    ...(contactBy !== undefined && contactedAt === undefined && { contactBy, alertId: alert.alertId }),
    ...(outcome?.note !== undefined && { note: outcome.note }),
    version: 0,
  };
  await putTask(tools, task);
}

/** Takes a closing back, for a short while: it is open again with whoever closed it, and the promise goes. */
export async function undoResolve(
  tools: Tools,
  policy: AlertPolicy,
  { by, ...ref }: { patientId: string; alertId: string; by: string },
): Promise<Alert> {
  const now = tools.now();
  let taskId = '';
  const reopened = await changedAlert(tools, ref, 'undo', (alert) => {
    taskId = promiseId(alert);
    if (alert.outcome?.by === undefined || alert.resolvedAt === undefined)
      throw new Refusal('conflict', 'not-closed-by-a-person', 'Only what a person closed can be taken back.');
    if (secondsBetween(alert.resolvedAt, now) > policy.undoMinutes * 60)
      throw new Refusal('conflict', 'too-late', 'It is too late to take this back.');
    const { outcome, resolvedAt: _at, handledThrough: _handled, contactedAt, ...rest } = alert;
    const keep = contactedAt !== undefined && contactedAt !== outcome.at ? { contactedAt } : {};
    return annotated({ ...rest, ...keep, state: 'acknowledged' }, { at: now, kind: 'reopened', by });
  });
  const task = await readTask(tools, ref.patientId, taskId);
  if (task?.state === 'open') await changeTask(tools, { ...task, state: 'done', doneBy: by, doneAt: now }, 'open');
  return reopened;
}

/** The instant until which a closing can be taken back. */
export function undoUntil(alert: Alert, policy: AlertPolicy): string | undefined {
  if (alert.outcome?.by === undefined || alert.resolvedAt === undefined) return undefined;
  return addSeconds(alert.resolvedAt, policy.undoMinutes * 60);
}
