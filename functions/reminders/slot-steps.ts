import { boxReport, boxWitness, heldBox } from '../devices/box-report.ts';
import { patientProfile } from '../identity/patient-profile.ts';
import { requestMessage } from '../notifications/request-message.ts';
import { addSeconds, zoned } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { closeSlot } from '../treatment/close-slot.ts';
import { type Situation, type SlotNow, situation, situationOn } from '../treatment/situation.ts';
import { lookAtBox } from './box-steps.ts';
import { answeredSlots, dueOf, isPlanned, nextSteps } from './chain.ts';
import type { Due, DueWork } from './due.ts';
import { planDue } from './plan-due.ts';
import { putDueTogether } from './store.ts';

type SlotWork = Extract<DueWork, { step: 'remind' | 'remind-again' | 'close' }>;

/** A box that spoke within this time is live. */
const liveSeconds = 3600;

/** Does a step of a slot, if the plan still asks for it, and then lets the next one wait. */
export async function slotStep(tools: Tools, { at }: Due, work: SlotWork): Promise<string> {
  const now = await situationOn(tools, work.patientId, work.localDate);
  if (!now || now.plan.planId !== work.planId || !isPlanned(now.plan, { at, ...work })) return 'no longer asked for';
  const slot = now.days.find((day) => day.localDate === work.localDate)?.slots.find((one) => one.name === work.slot);
  const outcome = slot ? await act(tools, at, work, now, slot) : 'no slot';
  const after = work.step === 'close' ? await situation(tools, work.patientId, 2) : now;
  await planNext(tools, work.patientId, after ?? now, at);
  return outcome;
}

async function act(tools: Tools, at: string, work: SlotWork, now: Situation, slot: SlotNow): Promise<string> {
  if (work.step === 'close') return await close(tools, work, slot);
  if (slot.status !== 'yet' || slot.detail === 'cannot-take') return 'answered';
  if (work.step === 'remind-again' && !(await boxSaysShut(tools, work.patientId, slot))) return 'not known to be shut';
  return await remind(tools, at, work, now, slot);
}

async function remind(tools: Tools, at: string, work: SlotWork, now: Situation, slot: SlotNow): Promise<string> {
  const profile = await patientProfile(tools, work.patientId);
  if (!profile) return 'no patient';
  const step = work.step === 'remind' ? ('remind' as const) : ('remind-again' as const);
  const { patientId, planId, localDate } = work;
  const time = zoned(slot.plannedAt, now.zone).toPlainTime().toString({ smallestUnit: 'minute' });
  await requestMessage(tools, {
    messageId: `${step}.${planId}.${localDate}.${slot.name}`,
    at,
    to: { kind: 'patient', id: patientId },
    teamId: profile.teamId,
    template: step === 'remind' ? 'dose-reminder' : 'dose-reminder-again',
    params: { time },
    severity: 'info',
    immediate: false,
    about: { kind: 'dose', patientId, planId, localDate, slot: slot.name, step },
    path: '/',
  });
  return 'reminded';
}

/** Nobody who may have taken the dose is nagged: only a live box that reports itself shut asks a second time. */
async function boxSaysShut(tools: Tools, patientId: string, slot: SlotNow): Promise<boolean> {
  const held = slot.inBox ? await heldBox(tools, patientId) : undefined;
  const report = held && (await boxReport(tools, held.boxId));
  if (report?.heardThrough === undefined) return false;
  const gap = report.gaps.some((one) => one.to > slot.opensAt);
  return !gap && report.heardThrough >= addSeconds(tools.now(), -liveSeconds);
}

/** Writes down what the boxes have said by now; a box that owes a report is looked at when it is late. */
async function close(tools: Tools, { patientId, localDate }: SlotWork, slot: SlotNow): Promise<string> {
  const witness = await boxWitness(tools, patientId, slot.opensAt, tools.now());
  const status = await closeSlot(tools, { patientId, localDate, slot: slot.name, witness });
  if (status === 'waiting' || status === 'silent') await lookAtBox(tools, patientId);
  return status;
}

async function planNext(tools: Tools, patientId: string, now: Situation, after: string): Promise<void> {
  for (const step of nextSteps(now.plan, after, answeredSlots(now)))
    await planDue(tools, dueOf(patientId, now.plan.planId, step), putDueTogether);
}
