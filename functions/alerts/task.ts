import * as z from 'zod/mini';
import type { TakenBack } from '../identity/consent.ts';
import { daysBetween } from '../shared/time.ts';
import { shouldAsk } from '../treatment/bands.ts';
import type { Away, CannotReason } from '../treatment/contract.ts';
import { isRunningOut } from '../treatment/run-out.ts';
import { NextStep, TaskAnswer, TaskKind, type WorklistSection } from './contract.ts';
import { bandDays, type DoseFacts, type SlotFact } from './judge.ts';
import type { AlertPolicy } from './policy.ts';
import { Reason } from './reason.ts';

/** Something for a person to do that is no alarm. Its id is computed from what it is about, so a repeat is the same task. */
export const Task = z.object({
  taskId: z.string(),
  patientId: z.string(),
  patientCode: z.string(),
  teamId: z.string(),
  taskKind: TaskKind,
  state: z.enum(['open', 'done']),
  reason: Reason,
  ownerId: z.string(),
  openedAt: z.string(),
  dueBy: z.optional(z.string()),
  dueOn: z.optional(z.string()),
  /** The clock of the red alert that this promise closed, while nobody has spoken with the patient. */
  contactBy: z.optional(z.string()),
  /** That alert. */
  alertId: z.optional(z.string()),
  note: z.optional(z.string()),
  answer: z.optional(TaskAnswer),
  nextStep: z.optional(NextStep),
  doneBy: z.optional(z.string()),
  doneAt: z.optional(z.string()),
  /** The answer that was taken back last, and when it had been given: whoever followed it goes back to before. */
  tookBack: z.optional(z.object({ answer: z.optional(TaskAnswer), at: z.string() })),
  version: z.number(),
});
export type Task = z.infer<typeof Task>;

export const sectionOfTask: Readonly<Record<TaskKind, WorklistSection>> = {
  'cannot-take': 'now',
  'ask-patient': 'ask',
  'back-with-box': 'ask',
  'run-out': 'ask',
  promised: 'promised',
  'box-return': 'boxes',
  device: 'boxes',
};

export type WantedTask = Pick<Task, 'taskId' | 'taskKind' | 'reason' | 'dueOn'> & {
  /** Answered like an alert, within the team's working hours. */
  readonly urgent: boolean;
};

export type TaskFacts = DoseFacts & {
  readonly aways: readonly Away[];
  readonly plan: { readonly planId: string; readonly ended: boolean; readonly runsOutOn?: string };
  /** The box that the patient holds now. */
  readonly boxId?: string;
  readonly takenBack: readonly TakenBack[];
};

/** Kinds that open and close by what is known; the others only a person makes and ends. */
const computedKinds: readonly TaskKind[] = ['cannot-take', 'ask-patient', 'back-with-box', 'run-out', 'box-return'];

/** Every task that what is known calls for at this instant. */
export function wantedTasks(facts: TaskFacts, policy: AlertPolicy): WantedTask[] {
  if (facts.plan.ended) return facts.boxId === undefined ? [] : [boxReturn(facts.plan.planId, facts.boxId)];
  return [
    ...withdrawals(facts),
    ...cannotTake(facts),
    ...askPatient(facts, policy),
    ...backWithBox(facts),
    ...runOut(facts),
  ];
}

function boxReturn(planId: string, boxId: string): WantedTask {
  return {
    taskId: `return.${planId}`,
    taskKind: 'box-return',
    reason: { key: 'box-return', params: { boxId } },
    urgent: false,
  };
}

/** Who takes back their consent to treatment is called the same day; a box that may no longer tell is fetched. */
function withdrawals({ takenBack, today }: TaskFacts): WantedTask[] {
  return takenBack.flatMap(({ purpose, consentId, boxId }): WantedTask[] => {
    const reason = { key: 'consent-withdrawn' as const, params: { ...(boxId !== undefined && { boxId }) } };
    const taskId = `consent.${consentId}.${purpose}`;
    if (purpose === 'treatment') return [{ taskId, taskKind: 'cannot-take', reason, dueOn: today, urgent: true }];
    return boxId === undefined ? [] : [{ taskId, taskKind: 'box-return', reason, urgent: false }];
  });
}

/**
 * "Cannot take" reaches the nurse the same day, before any miss: once for each reason that was said of a dose. What a
 * patient said about how they are is asked for whatever they say of the dose afterwards; that no pills are left, only while
 * the dose is not taken.
 */
function cannotTake(facts: TaskFacts): WantedTask[] {
  return facts.days
    .filter((day) => daysBetween(day.localDate, facts.today) <= 2)
    .flatMap((day) =>
      day.slots.filter(isSaid).map((slot): WantedTask => {
        const reason = cannotReason(slot.cannot);
        return {
          taskId: cannotId(day.localDate, slot.name, reason),
          taskKind: 'cannot-take',
          reason: { key: 'cannot-take', params: { reason } },
          dueOn: facts.today,
          urgent: true,
        };
      }),
    );
}

function isSaid({ detail, cannot }: SlotFact): boolean {
  return detail === 'cannot-take' || (cannot !== undefined && isAboutThePerson(cannotReason(cannot)));
}

/** How they are, or what they want: a dose taken after all does not answer it. "Other" may be an illness. */
function isAboutThePerson(reason: CannotReason): boolean {
  return reason !== 'no-pills';
}

const cannotId = (localDate: string, slot: string, reason: CannotReason) => `cannot.${localDate}.${slot}.${reason}`;

/**
 * Whether a task that is no longer called for ends by itself. What a patient told us stays until somebody has answered;
 * "no pills left" ends when the dose was taken, not when its day is long ago.
 */
export function endsByItself({ taskKind, reason, taskId }: Task, facts: TaskFacts): boolean {
  if (facts.plan.ended) return true;
  if (!computedKinds.includes(taskKind)) return false;
  if (reason.key !== 'cannot-take') return true;
  if (isAboutThePerson(reason.params.reason)) return false;
  return facts.days.some(({ localDate, slots }) =>
    slots.some(
      (slot) => cannotId(localDate, slot.name, reason.params.reason) === taskId && slot.detail !== 'cannot-take',
    ),
  );
}

function cannotReason(word: string | undefined): CannotReason {
  return word === 'side-effect' || word === 'vomiting' || word === 'no-pills' || word === 'want-to-stop'
    ? word
    : 'other';
}

/**
 * No evidence of any kind for 3 dosing days, 1 in loading weeks. One day of loading asks only when the box is late or there
 * is none: until a sleeping box could have spoken there is nothing to ask. Asked again for each further week of silence.
 */
function askPatient(facts: TaskFacts, policy: AlertPolicy): WantedTask[] {
  const days = facts.days.map((day) => ({ ...day, critical: day.loading }));
  const { ask, dates } = shouldAsk(bandDays(days), policy.bands);
  const first = dates[0];
  if (!ask || first === undefined) return [];
  const quiet = facts.days.filter((day) => dates.includes(day.localDate));
  const silent = quiet.some((day) => day.slots.some((slot) => slot.status === 'silent' && slot.detail !== 'no-box'));
  const late = quiet.some((day) => day.slots.some((slot) => slot.status === 'silent'));
  if (dates.length < policy.bands.askAfter.days && !late) return [];
  const again = Math.floor(Math.max(0, dates.length - policy.bands.askAfter.days) / 7);
  const boxId = silent ? facts.boxId : undefined;
  return [
    {
      taskId: `ask.${first}${again > 0 ? `.${again}` : ''}`,
      taskKind: 'ask-patient',
      reason: { key: 'no-news', params: { days: dates.length, ...(boxId !== undefined && { boxId }) } },
      dueOn: facts.today,
      urgent: false,
    },
  ];
}

function backWithBox(facts: TaskFacts): WantedTask[] {
  return facts.aways
    .filter((away) => away.to === undefined && away.expectedEnd !== undefined && away.expectedEnd < facts.today)
    .map((away) => ({
      taskId: `back.${away.awayId}`,
      taskKind: 'back-with-box' as const,
      reason: { key: 'back-with-box' as const, params: { expectedOn: away.expectedEnd ?? facts.today } },
      dueOn: facts.today,
      urgent: false,
    }));
}

function runOut(facts: TaskFacts): WantedTask[] {
  const on = facts.plan.runsOutOn;
  if (on === undefined || !isRunningOut(on, facts.today)) return [];
  return [
    {
      taskId: `runout.${on}`,
      taskKind: 'run-out',
      reason: { key: 'run-out', params: { on } },
      dueOn: on,
      urgent: false,
    },
  ];
}
