import { heldBox } from '../devices/box-report.ts';
import type { TakenBack } from '../identity/consent.ts';
import { takenBackBy } from '../identity/consents.ts';
import type { PatientProfile } from '../identity/contract.ts';
import { patientProfile } from '../identity/patient-profile.ts';
import type { Team } from '../organisations/team.ts';
import { teamOf } from '../organisations/team-of.ts';
import type { Tools } from '../shared/tools.ts';
import { type Situation, situation } from '../treatment/situation.ts';
import type { Alert } from './alert.ts';
import type { DayFact } from './judge.ts';
import type { AlertPolicy } from './policy.ts';
import { policyOf } from './policy-of.ts';
import { readAlert, readTasks } from './store.ts';
import type { Task, TaskFacts } from './task.ts';

/** All that is known of a patient when their alert and tasks are looked at. */
export type Known = {
  readonly profile: PatientProfile;
  readonly team: Team;
  readonly policy: AlertPolicy;
  readonly situation: Situation;
  readonly facts: TaskFacts;
  readonly alert: Alert | undefined;
  readonly tasks: readonly Task[];
};

/** Enough for the bands; a run that fills them all is looked at as far back as the last gate. */
const usualDays = 10;
const gateDays = 62;

/** Undefined for a patient without a plan or a team: there is nothing to judge. */
export async function known(tools: Tools, patientId: string): Promise<Known | undefined> {
  const [profile, alert, tasks, box, taken] = await Promise.all([
    patientProfile(tools, patientId),
    readAlert(tools, patientId),
    readTasks(tools, patientId),
    heldBox(tools, patientId),
    takenBackBy(tools, patientId),
  ]);
  const team = profile && (await teamOf(tools, profile.teamId));
  const now = await lookBack(tools, patientId, alert);
  if (!profile || !team || !now) return undefined;
  return {
    profile,
    team,
    policy: await policyOf(tools, team.teamId),
    situation: now,
    facts: factsOf(now, tools.now(), box?.boxId, taken),
    alert,
    tasks,
  };
}

async function lookBack(tools: Tools, patientId: string, alert: Alert | undefined): Promise<Situation | undefined> {
  const now = await situation(tools, patientId, usualDays);
  const oldest = alert?.misses[0]?.localDate;
  const first = now?.days[0]?.localDate;
  if (!now || first === undefined || first <= now.plan.start) return now;
  const taken = now.days.some((day) =>
    day.slots.some(({ status }) => status === 'seen' || status === 'opened' || status === 'said'),
  );
  const coversAlert = oldest === undefined || alert?.state === 'resolved' || oldest >= first;
  return taken && coversAlert ? now : await situation(tools, patientId, gateDays);
}

export function factsOf(
  now: Situation,
  at: string,
  boxId: string | undefined,
  takenBack: readonly TakenBack[],
): TaskFacts {
  const { plan } = now;
  return {
    now: at,
    today: now.today,
    start: plan.start,
    days: now.days.map(dayFact),
    aways: now.aways,
    takenBack,
    plan: {
      planId: plan.planId,
      ended: plan.stopped !== undefined || plan.status === 'completed' || plan.status === 'stopped',
      ...(plan.runsOutOn !== undefined && { runsOutOn: plan.runsOutOn }),
    },
    ...(boxId !== undefined && { boxId }),
  };
}

function dayFact({ localDate, critical, loading, slots }: Situation['days'][number]): DayFact {
  return {
    localDate,
    critical,
    loading,
    slots: slots.map(({ name, status, detail, cannot }) => ({
      name,
      status,
      ...(detail !== undefined && { detail }),
      ...(cannot !== undefined && { cannot }),
    })),
  };
}
