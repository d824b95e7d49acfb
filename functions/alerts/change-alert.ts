import { Refusal } from '../shared/refusal.ts';
import type { Tools } from '../shared/tools.ts';
import { type Alert, legalBefore, type Verb } from './alert.ts';
import { changeAlert, readAlert } from './store.ts';

const attempts = 5;

/**
 * The one way in which a person's verb changes an alert: read, refuse, write over the version read and from a legal state.
 * Whoever loses a race reads again and may find that there is nothing left to do (`change` answers the alert itself).
 */
export async function changedAlert(
  tools: Tools,
  ref: { readonly patientId: string; readonly alertId: string },
  verb: Verb,
  change: (alert: Alert) => Alert,
): Promise<Alert> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const alert = await readAlert(tools, ref.patientId);
    if (alert?.alertId !== ref.alertId)
      throw new Refusal('conflict', 'alert-over', 'This alert is over; another may have opened since.');
    const next = change(alert);
    if (next === alert) return alert;
    const legal: readonly Alert['state'][] = legalBefore[verb];
    if (!legal.includes(alert.state))
      throw new Refusal('conflict', `alert-${alert.state}`, `This alert is ${alert.state}.`);
    if ((await changeAlert(tools, next, verb)) === 'stored') return { ...next, version: next.version + 1 };
  }
  throw new Refusal('conflict', 'busy', 'Somebody else is changing this. Try again.');
}
