import type { MessageRequest } from '../notifications/message.ts';
import { requestMessages, requestMissing } from '../notifications/request-message.ts';
import { isWorking, nextWorking } from '../organisations/calendar.ts';
import type { Team } from '../organisations/team.ts';
import { teamOf } from '../organisations/team-of.ts';
import type { Due } from '../reminders/due.ts';
import { ensureDue, planDue } from '../reminders/plan-due.ts';
import { secondsBetween } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import { type Alert, isOpen } from './alert.ts';
import type { Told } from './contract.ts';
import { messagesOf } from './messages.ts';
import type { AlertPolicy } from './policy.ts';
import { policyOf } from './policy-of.ts';
import { readAlert } from './store.ts';

type Around = { readonly team: Team; readonly policy: AlertPolicy };

/**
 * Asks for the messages of a step. What nobody is on call for waits until the team is at work, all of it in one piece of
 * due work: a patient is not written to at four in the morning that somebody will call. `again`: after a crash, only what
 * is missing.
 */
export async function tellStep(
  tools: Tools,
  alert: Alert,
  told: readonly Told[],
  { team, policy }: Around,
  how: 'first' | 'again' = 'first',
): Promise<void> {
  const requests = messagesOf(alert, told, policy, team.calendar.zone);
  if (requests.length === 0) return;
  if (mayGoNow(team, requests, tools.now()))
    await (how === 'first' ? requestMessages(tools, requests) : requestMissing(tools, requests));
  else {
    const due = atWork(alert, team, tools.now());
    await (how === 'first' ? planDue(tools, due) : ensureDue(tools, due));
  }
}

function mayGoNow(team: Team, requests: readonly MessageRequest[], now: string): boolean {
  return isWorking(team.calendar, now) || team.calendar.hours.length === 0 || requests.some((one) => one.onCall);
}

function atWork({ patientId, alertId }: Alert, team: Team, now: string): Due {
  return { at: nextWorking(team.calendar, now), ref: alertId, work: { step: 'tell', patientId, alertId } };
}

/** Longer than any weekend with its holidays. */
const longestWaitSeconds = 14 * 24 * 3600;

/** The team is at work: asks for what the alert says was told and nobody was sent yet. What is no longer so is not sent. */
export async function tellAtWork(
  tools: Tools,
  { patientId, alertId }: { readonly patientId: string; readonly alertId: string },
): Promise<'told' | 'gone'> {
  const alert = await readAlert(tools, patientId);
  if (alert?.alertId !== alertId || !isOpen(alert)) return 'gone';
  const team = await teamOf(tools, alert.teamId);
  if (!team) return 'gone';
  const policy = await policyOf(tools, team.teamId);
  const waited = alert.told.filter((one) => secondsBetween(one.at, tools.now()) <= longestWaitSeconds);
  const steps = new Map<string, Told[]>();
  for (const one of waited) steps.set(`${one.at} ${one.step}`, [...(steps.get(`${one.at} ${one.step}`) ?? []), one]);
  const requests = [...steps.values()].flatMap((told) => messagesOf(alert, told, policy, team.calendar.zone));
  await requestMissing(tools, requests);
  return 'told';
}
