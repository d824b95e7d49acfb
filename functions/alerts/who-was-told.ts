import { deliveriesOf } from '../notifications/deliveries-of.ts';
import { notFound } from '../shared/refusal.ts';
import type { Tools } from '../shared/tools.ts';
import type { Alert } from './alert.ts';
import type { Telling, Told, WhoWasToldView } from './contract.ts';
import { readAlerts } from './store.ts';

type Ref = { readonly patientId: string; readonly alertId: string };
type Sent = Pick<Telling, 'at' | 'step' | 'to'>;

/** What became of every message of an alert: one keyed query a recipient and step, of which an alert keeps few. */
export async function whoWasTold(tools: Tools, { patientId, alertId }: Ref): Promise<WhoWasToldView> {
  const alert = (await readAlerts(tools, patientId)).find((one) => one.alertId === alertId);
  if (!alert) throw notFound('alert');
  return { tellings: await Promise.all(sentFor(alert).map((one) => became(tools, alertId, one))) };
}

/** To whom a message was meant to go. The digest and the supervisor's summary are no messages of one alert. */
function sentFor({ told, teamId }: Alert): Sent[] {
  const people = told.flatMap(({ at, step, rung, userId, skipped }) =>
    userId === undefined || skipped !== undefined || step === 'digest' || step === 'moved' || rung === 'supervisor'
      ? []
      : [{ at, step, to: userId }],
  );
  const steps = new Map(
    told.filter(({ step }) => topicSteps.includes(step)).map((one) => [`${one.at} ${one.step}`, one]),
  );
  return [...people, ...[...steps.values()].map(({ at, step }) => ({ at, step, to: teamId }))];
}

const topicSteps: readonly Told['step'][] = ['opened', 'worse', 'gate'];

async function became(tools: Tools, alertId: string, sent: Sent): Promise<Telling> {
  const { at, step, to } = sent;
  const entries = await deliveriesOf(tools, { recipientId: to, at, idPrefix: `${alertId}.${step}` });
  const deliveries = entries.map(({ channel, state, requestedAt, sentAt }) => ({
    ...{ channel, state, requestedAt },
    ...(sentAt !== undefined && { sentAt }),
  }));
  return { at, step, to, deliveries };
}
