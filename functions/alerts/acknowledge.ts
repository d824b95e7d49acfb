import type { Tools } from '../shared/tools.ts';
import { type Alert, isOpen } from './alert.ts';
import { changeAlert, readAlert } from './store.ts';

export type Acknowledge = {
  readonly patientId: string;
  readonly alertId: string;
  readonly by: string;
  readonly through: 'app' | 'link';
};

const attempts = 5;

/** "I'm on it": stops the deadline and the climbing. Of two people the first has it; the second is told who. */
export async function acknowledge(
  tools: Tools,
  { patientId, alertId, by, through }: Acknowledge,
): Promise<{ outcome: 'acknowledged' | 'already'; alert: Alert } | { outcome: 'gone' }> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const alert = await readAlert(tools, patientId);
    if (alert?.alertId !== alertId || !isOpen(alert)) return { outcome: 'gone' };
    if (alert.state === 'acknowledged') return { outcome: 'already', alert };
    const next: Alert = {
      ...alert,
      state: 'acknowledged',
      acknowledgedBy: by,
      acknowledgedAt: tools.now(),
      acknowledgedThrough: through,
    };
    if ((await changeAlert(tools, next, 'acknowledge')) === 'stored')
      return { outcome: 'acknowledged', alert: { ...next, version: next.version + 1 } };
  }
  throw new Error('the alert changed too often to be acknowledged');
}
