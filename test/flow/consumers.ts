import * as z from 'zod/mini';
import { followPatient } from '../../functions/alerts/follow-patient.ts';
import { followChange, type Reach } from '../../functions/devices/follow-change.ts';
import { deliver, Queued } from '../../functions/notifications/deliver.ts';
import type { Post } from '../../functions/notifications/post.ts';
import { broadcast } from '../../functions/realtime/broadcast.ts';
import type { Sockets } from '../../functions/realtime/sockets.ts';
import { Due } from '../../functions/reminders/due.ts';
import { runDue } from '../../functions/reminders/run-due.ts';
import { showPatient } from '../../functions/reports/show-patient.ts';
import { ItemChange } from '../../functions/shared/events.ts';
import type { QueueName, Tools } from '../../functions/shared/tools.ts';

/** Everything outside that the consumers reach, where it is collected instead. */
export type Boundary = Reach & { readonly post: Post; readonly sockets: Sockets };

const Reconcile = z.object({ reconcile: z.string() });

type Consumer = (tools: Tools, boundary: Boundary, bodies: readonly unknown[]) => Promise<unknown>;

/** What each queue's function does with a batch: the real actions, called as its handler calls them. */
export const consumers: Readonly<Partial<Record<QueueName, Consumer>>> = {
  alerts: async (tools, _, bodies) => {
    for (const [patientId, changes] of byPatient(bodies)) await followPatient(tools, patientId, changes);
  },
  projections: async (tools, _, bodies) => {
    for (const [patientId] of byPatient(bodies)) await showPatient(tools, patientId, []);
  },
  live: async (tools, { sockets }, bodies) => {
    for (const body of bodies) {
      const change = z.safeParse(ItemChange, body);
      if (change.success) await broadcast(tools, sockets, change.data);
    }
  },
  devices: async (tools, reach, bodies) => {
    for (const body of bodies) await followChange(tools, reach, z.parse(ItemChange, body));
  },
  due: async (tools, _, bodies) => {
    for (const body of bodies) await runDue(tools, z.parse(Due, body));
  },
  notifications: async (tools, { post }, bodies) => {
    // There is no SNS here whose subscriptions could differ from ours.
    const messages = bodies.filter((body) => !z.safeParse(Reconcile, body).success);
    for (const body of messages) await deliver(tools, post, z.parse(Queued, body));
  },
};

/** Several changes of one patient in a batch are one look at the present state. */
function byPatient(bodies: readonly unknown[]): Map<string, ItemChange[]> {
  const found = new Map<string, ItemChange[]>();
  for (const change of bodies.map((body) => z.parse(ItemChange, body))) {
    const patientId = /^PAT#(.+)$/.exec(change.pk)?.[1];
    if (patientId !== undefined) found.set(patientId, [...(found.get(patientId) ?? []), change]);
  }
  return found;
}
