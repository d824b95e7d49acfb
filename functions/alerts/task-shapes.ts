import * as z from 'zod/mini';
import { Id, Instant, LocalDate } from '../shared/shapes.ts';
import { NextStep, Note, OwnerView } from './alert-shapes.ts';
import { Reason } from './reason.ts';

export const taskKinds = [
  'cannot-take',
  'ask-patient',
  'back-with-box',
  'run-out',
  'promised',
  'box-return',
  'device',
] as const;
export const TaskKind = z.enum(taskKinds);
export type TaskKind = z.infer<typeof TaskKind>;

/** What a task is answered with; which fit is said by `taskAnswers`. */
export const TaskAnswer = z.enum([
  'done',
  'taking',
  'not-taking',
  'reached',
  'not-reachable',
  'yes-back',
  'still-away',
  'refilled',
  'box-here',
  'box-lost',
  'visited',
  'side-effect',
  'other',
]);
export type TaskAnswer = z.infer<typeof TaskAnswer>;

export const taskAnswers: Readonly<Record<TaskKind, readonly TaskAnswer[]>> = {
  'cannot-take': ['reached', 'side-effect', 'not-reachable', 'other'],
  'ask-patient': ['taking', 'not-taking', 'not-reachable', 'other'],
  'back-with-box': ['yes-back', 'still-away', 'not-reachable'],
  'run-out': ['refilled', 'done', 'other'],
  promised: ['done', 'visited', 'not-reachable', 'other'],
  'box-return': ['box-here', 'box-lost'],
  device: ['done', 'box-here', 'box-lost', 'other'],
};

const spokenAnswers: readonly TaskAnswer[] = [
  'done',
  'taking',
  'not-taking',
  'reached',
  'yes-back',
  'still-away',
  'refilled',
  'visited',
  'side-effect',
];

/** Whether whoever answers so has spoken with the patient. */
export function hasSpoken(answer: TaskAnswer): boolean {
  return spokenAnswers.includes(answer);
}

/** Whether a task is answered so only together with a dated next step. `contactBy`: a red patient not yet spoken with. */
export function answerNeedsNextStep({ contactBy }: { readonly contactBy?: string | undefined }, answer: TaskAnswer) {
  return answer === 'not-reachable' || (contactBy !== undefined && !hasSpoken(answer));
}

export const TaskView = z.object({
  taskId: z.string(),
  patientId: z.string(),
  kind: TaskKind,
  state: z.enum(['open', 'done']),
  reason: Reason,
  owner: OwnerView,
  openedAt: Instant,
  dueBy: z.optional(Instant),
  dueOn: z.optional(LocalDate),
  /** A red patient with whom nobody has spoken yet: the clock of the alert that was closed goes on. */
  contactBy: z.optional(Instant),
  note: z.optional(z.string()),
  answer: z.optional(TaskAnswer),
  doneBy: z.optional(z.string()),
  doneAt: z.optional(Instant),
  version: z.int(),
});
export type TaskView = z.infer<typeof TaskView>;

export const TaskDoneInput = z.object({
  answer: TaskAnswer,
  note: z.optional(Note),
  nextStep: z.optional(NextStep),
});
export type TaskDoneInput = z.infer<typeof TaskDoneInput>;

/** A promise somebody makes without an alert: "I will call before 13:00". */
export const PromiseInput = z.object({
  taskId: Id,
  what: z.enum(['call', 'visit', 'other']),
  on: LocalDate,
  by: z.optional(Instant),
  note: z.optional(Note),
});
export type PromiseInput = z.infer<typeof PromiseInput>;
