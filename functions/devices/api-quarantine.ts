import * as z from 'zod/mini';
import { authorise } from '../shared/authorise.ts';
import { type ActorTools, reply, route } from '../shared/http.ts';
import { notFound, Refusal } from '../shared/refusal.ts';
import { limitOf } from './api-care.ts';
import { PageQuery, QuarantineEntry, ReplayAnswer, ReplayInput } from './contract.ts';
import type { Quarantined } from './quarantine-entry.ts';
import { quarantinePage, readQuarantined } from './quarantine-store.ts';
import { dismiss, replay } from './replay.ts';
import { quarantineView } from './views.ts';

const ListQuery = z.extend(PageQuery, { state: z.optional(QuarantineEntry.shape.state) });
const entry = '/api/devices/quarantine/{quarantineId}';
const admins = { who: 'roles', roles: ['organisation-admin', 'system-admin'] } as const;

/** Telemetry that could not be believed: who administers the box's facility sees and resolves it; an unknown box's, every admin. */
export const quarantineRoutes = [
  route({
    method: 'GET',
    path: '/api/devices/quarantine',
    summary: 'List quarantined telemetry',
    access: admins,
    query: ListQuery,
    answer: z.object({ entries: z.array(QuarantineEntry), next: z.optional(z.string()) }),
    act: async (tools, { query }) => {
      const page = await quarantinePage(tools, query.state ?? 'open', limitOf(query.limit), query.cursor);
      const mine = page.items.filter((one) => mayResolve(tools, one));
      return { entries: mine.map(quarantineView), ...(page.next && { next: page.next }) };
    },
  }),
  route({
    method: 'POST',
    path: `${entry}/replay`,
    summary: 'Replay quarantined telemetry',
    access: admins,
    body: ReplayInput,
    answer: ReplayAnswer,
    idempotency: 'natural',
    act: async (tools, { path, body }) => {
      const quarantineId = await entryOrRefuse(tools, path.quarantineId ?? '', 'replay quarantined telemetry');
      const ask = { quarantineId, actorId: tools.actor.userId, acceptEstimate: body.acceptEstimate };
      const { outcome, entry: after } = await replay(tools, ask);
      return reply({ outcome, entry: quarantineView(after) }, { status: 200 });
    },
  }),
  route({
    method: 'POST',
    path: `${entry}/dismiss`,
    summary: 'Dismiss quarantined telemetry',
    access: admins,
    answer: QuarantineEntry,
    idempotency: 'natural',
    act: async (tools, { path }) => {
      const quarantineId = await entryOrRefuse(tools, path.quarantineId ?? '', 'dismiss quarantined telemetry');
      return reply(quarantineView(await dismiss(tools, { quarantineId, actorId: tools.actor.userId })), {
        status: 200,
      });
    },
  }),
];

function mayResolve({ actor }: ActorTools, { path }: Quarantined): boolean {
  return path.length === 0 || path.some((id) => actor.organisationIds.includes(id));
}

async function entryOrRefuse(tools: ActorTools, quarantineId: string, action: string): Promise<string> {
  const found = await readQuarantined(tools, quarantineId);
  if (!found) throw notFound('quarantine-entry');
  if (mayResolve(tools, found)) return quarantineId;
  await authorise(tools, tools.actor, { kind: 'box', id: found.boxId }, 'manage', action);
  throw new Refusal('forbidden', 'forbidden', 'You may not do this.');
}
