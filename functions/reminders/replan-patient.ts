import { patientProfile } from '../identity/patient-profile.ts';
import { addDays, instantAt } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { type Situation, situation } from '../treatment/situation.ts';
import { answeredSlots, dueOf, nextSteps } from './chain.ts';
import type { Due } from './due.ts';
import { ensureDue, planDue } from './plan-due.ts';
import { watchTeam } from './store.ts';

const morning = '08:00';

/**
 * After a plan or an away changed, and every night: what is next for this patient waits. Work that was planned before and
 * is no longer asked for does nothing when its time comes.
 */
export async function replanPatient(
  tools: Tools,
  patientId: string,
  how: 'plan' | 'repair' = 'plan',
): Promise<'planned' | 'nothing to plan'> {
  const now = await situation(tools, patientId, 1);
  if (!now || now.plan.stopped !== undefined) return 'nothing to plan';
  const all = [...nextOf(tools, patientId, now), ...looks(patientId, now)].filter((due) => due.at > tools.now());
  for (const due of all) await (how === 'plan' ? planDue(tools, due) : ensureDue(tools, due));
  if (how === 'plan') await watchTeamOf(tools, patientId);
  return all.length > 0 ? 'planned' : 'nothing to plan';
}

/**
 * The night looks at every team that has a patient, however they came to it. A team with its first one need not wait for a night
 * until a digest is on its way.
 */
export async function watchTeamOf(tools: Tools, patientId: string): Promise<void> {
  const { teamId } = (await patientProfile(tools, patientId)) ?? {};
  if (teamId === undefined || (await watchTeam(tools, teamId)) === 'watched') return;
  const due: Due = { at: tools.now(), ref: teamId, work: { step: 'team-night', teamId } };
  await tools.send('due', [{ body: due }]);
}

function nextOf(tools: Tools, patientId: string, now: Situation): Due[] {
  const { plan } = now;
  return nextSteps(plan, tools.now(), answeredSlots(now)).map((step) => dueOf(patientId, plan.planId, step));
}

/** Days on which somebody should look: the morning after an away should have ended, three days before pills run out. */
function looks(patientId: string, { plan, aways, zone }: Situation): Due[] {
  const work = { step: 'check' as const, patientId };
  const ends = aways.flatMap((away) =>
    away.to === undefined && away.expectedEnd !== undefined
      ? [{ at: instantAt(addDays(away.expectedEnd, 1), morning, zone), ref: `${patientId}.${away.awayId}`, work }]
      : [],
  );
  const runsOut =
    plan.runsOutOn === undefined
      ? []
      : [{ at: instantAt(addDays(plan.runsOutOn, -3), morning, zone), ref: `${patientId}.${plan.runsOutOn}`, work }];
  return [...ends, ...runsOut];
}
