import { supportersOf } from '../identity/patient-profile.ts';
import type { Page } from '../shared/table.ts';
import type { Tools } from '../shared/tools.ts';
import { situation } from '../treatment/situation.ts';
import type { DeliveryEntry, DeliveryLogView } from './contract.ts';
import { type Delivery, entryOf } from './delivery.ts';
import { logPage } from './store.ts';

const pageSize = 40;

/**
 * What was sent to a patient: their messages, a page at a time, and with the newest page the latest messages to who helps
 * them and the reminders of the last days, which stand on the days themselves. Newest first within an answer.
 */
export async function patientLog(tools: Tools, patientId: string, cursor?: string): Promise<DeliveryLogView> {
  const [page, beside] = await Promise.all([
    logPage(tools, patientId, pageSize, cursor),
    cursor === undefined ? besides(tools, patientId) : [],
  ]);
  const entries = [...page.items.map(entryOf), ...beside].sort((a, b) => (a.requestedAt < b.requestedAt ? 1 : -1));
  return { entries, ...(page.next !== undefined && { next: page.next }) };
}

async function besides(tools: Tools, patientId: string): Promise<DeliveryEntry[]> {
  const [reminders, supporters] = await Promise.all([remindersOf(tools, patientId), supportersOf(tools, patientId)]);
  const pages: Page<Delivery>[] = await Promise.all(
    supporters.map(({ supporterId }) => logPage(tools, supporterId, pageSize)),
  );
  return [...reminders, ...pages.flatMap(({ items }) => items.map(entryOf))];
}

const reminderDays = 14;

async function remindersOf(tools: Tools, patientId: string): Promise<DeliveryEntry[]> {
  const now = await situation(tools, patientId, reminderDays);
  return (now?.days ?? []).flatMap(({ localDate, told }) =>
    Object.entries(told).flatMap(([step, at]) => {
      const [what, slot, channel] = step.split('.');
      if (at.startsWith('~') || (channel !== 'push' && channel !== 'sms' && channel !== 'email')) return [];
      const entry: DeliveryEntry = {
        messageId: `${what}.${localDate}.${slot}`,
        template: what === 'remind' ? 'dose-reminder' : 'dose-reminder-again',
        channel,
        to: { kind: 'patient', id: patientId },
        state: 'sent',
        requestedAt: at,
        sentAt: at,
        attempts: [{ at, outcome: 'sent' }],
      };
      return [entry];
    }),
  );
}
