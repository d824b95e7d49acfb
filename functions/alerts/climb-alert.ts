import { patientProfile } from '../identity/patient-profile.ts';
import { requestMessages } from '../notifications/request-message.ts';
import { workingDeadline } from '../organisations/calendar.ts';
import { actsFor } from '../organisations/team.ts';
import { teamOf } from '../organisations/team-of.ts';
import { planDue } from '../reminders/plan-due.ts';
import type { Tools } from '../shared/tools.ts';
import { type Alert, annotated, toldOf } from './alert.ts';
import { deadlineOf } from './evaluate-patient.ts';
import { climb } from './ladder.ts';
import { messagesOf } from './messages.ts';
import { peopleAround } from './people.ts';
import { policyOf } from './policy-of.ts';
import { changeAlert, readAlert } from './store.ts';

/**
 * The acknowledgement time of a rung is over. Only an alert that still stands on that rung, unacknowledged, climbs; so a
 * repeat climbs once. After a crash the repeat asks again for the same messages and the same next deadline.
 */
export async function climbAlert(
  tools: Tools,
  { patientId, alertId, rung }: { patientId: string; alertId: string; rung: number },
): Promise<'climbed' | 'acknowledged' | 'at the top' | 'gone'> {
  const alert = await readAlert(tools, patientId);
  if (alert?.alertId !== alertId) return 'gone';
  if (alert.state !== 'triggered') return 'acknowledged';
  const [profile, team] = await Promise.all([patientProfile(tools, patientId), teamOf(tools, alert.teamId)]);
  if (!profile || !team) return 'gone';
  const policy = await policyOf(tools, team.teamId);
  let next = alert;
  if (alert.rung === rung) {
    const people = await peopleAround(tools, profile, team);
    const step = climb({ ownerId: actsFor(team, alert.ownerId, tools.now()), rung }, people, tools.now());
    next = climbed(alert, step);
    if (step.more)
      next = { ...next, acknowledgeBy: workingDeadline(team.calendar, tools.now(), policy.acknowledgeHours) };
    if ((await changeAlert(tools, next, 'climb')) === 'conflict')
      return await climbAlert(tools, { patientId, alertId, rung });
  }
  const last = next.told.at(-1);
  const told = next.told.filter((one) => one.step === 'climb' && one.at === last?.at);
  await requestMessages(tools, messagesOf(next, told, policy, team.calendar.zone));
  const deadline = deadlineOf(next);
  if (!deadline || deadline.at <= tools.now()) return 'at the top';
  await planDue(tools, deadline);
  return 'climbed';
}

function climbed(alert: Alert, step: ReturnType<typeof climb>): Alert {
  const moved = step.ownerId !== alert.ownerId;
  const at = step.told[0]?.at ?? alert.openedAt;
  const raised: Alert = {
    ...alert,
    rung: step.rung,
    ...(moved && { ownerId: step.ownerId, ownerBy: 'climb' as const, ownerBefore: alert.ownerId }),
  };
  return toldOf(annotated(raised, { at, kind: 'climbed' }), ...step.told);
}
