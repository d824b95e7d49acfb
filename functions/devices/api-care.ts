import * as z from 'zod/mini';
import { readAccessCard } from '../shared/access-store.ts';
import { authorise } from '../shared/authorise.ts';
import { reply, route } from '../shared/http.ts';
import { invalid, notFound, Refusal } from '../shared/refusal.ts';
import type { Tools } from '../shared/tools.ts';
import { type Allocated, returnBox } from './allocate.ts';
import { boxRegistry } from './box-registry.ts';
import {
  AllocateInput,
  BoxDetail,
  BoxView,
  HeardView,
  IncidentView,
  LostInput,
  PageQuery,
  PatientBoxView,
  ReturnInput,
  SwapAnswer,
  SwapInput,
  TicketView,
} from './contract.ts';
import { giveBox } from './give-box.ts';
import { readIncident } from './incident-store.ts';
import type { Box } from './items.ts';
import { loseBox } from './lifecycle.ts';
import { readBox, readBoxes, readHolds, teamPage } from './store.ts';
import { correctSwap } from './swap.ts';
import { readTickets, ticketPage } from './ticket-store.ts';
import { boxDetail, boxView, heardView, incidentView, patientBoxView, ticketView } from './views.ts';

export const BoxesAnswer = z.object({ boxes: z.array(BoxView), next: z.optional(z.string()) });
const team = '/api/devices/teams/{teamId}';
/** Staff of the holder's team, or who administers its facility. */
const careOrManage = { who: 'box', need: ['care', 'manage'] } as const;
const Since = z.object({ since: z.iso.datetime({ offset: true }) });

/** What the people who care for a patient do with boxes. */
export const careRoutes = [
  route({
    method: 'GET',
    path: `${team}/boxes`,
    summary: 'List the boxes that a team’s patients hold',
    access: { who: 'team', need: 'work' },
    query: PageQuery,
    answer: BoxesAnswer,
    act: async (tools, { path, query }) => {
      const page = await teamPage(tools, path.teamId ?? '', limitOf(query.limit), query.cursor);
      const boxes = (await readBoxes(tools, page.items)).map((box) => boxView(box, tools.now()));
      return { boxes, ...(page.next && { next: page.next }) };
    },
  }),
  route({
    method: 'GET',
    path: `${team}/tickets`,
    summary: 'List the open device tickets of a team',
    access: { who: 'team', need: 'work' },
    query: PageQuery,
    answer: z.object({ tickets: z.array(TicketView), next: z.optional(z.string()) }),
    act: async (tools, { path, query }) => {
      const page = await ticketPage(tools, path.teamId ?? '', limitOf(query.limit), query.cursor);
      return { tickets: page.items.map(ticketView), ...(page.next && { next: page.next }) };
    },
  }),
  route({
    method: 'GET',
    path: `${team}/incident`,
    summary: 'See whether the team’s facility has an incident with its boxes',
    access: { who: 'team', need: 'work' },
    answer: z.object({ incident: z.optional(IncidentView) }),
    act: async (tools, { path }) => {
      const card = await readAccessCard(tools, { kind: 'team', id: path.teamId ?? '' });
      for (const facilityId of [...(card?.path ?? [])].reverse()) {
        const incident = await readIncident(tools, facilityId);
        if (incident) return { incident: incidentView(incident) };
      }
      return {};
    },
  }),
  route({
    method: 'POST',
    path: `${team}/swaps`,
    summary: 'Correct two swapped boxes back-dated',
    access: { who: 'team', need: 'work' },
    body: SwapInput,
    answer: SwapAnswer,
    idempotency: 'natural',
    act: async (tools, { body }) => {
      for (const boxId of [body.boxA, body.boxB]) {
        await authorise(tools, tools.actor, { kind: 'box', id: boxId }, 'care', 'correct swapped boxes');
        const { patientId } = (await readBox(tools, boxId))?.holder ?? {};
        if (patientId !== undefined)
          await authorise(tools, tools.actor, { kind: 'patient', id: patientId }, 'care', 'correct swapped boxes');
      }
      return reply(await correctSwap(tools, { ...body, actorId: tools.actor.userId }), { status: 200 });
    },
  }),
  route({
    method: 'GET',
    path: '/api/devices/patients/{patientId}/box',
    summary: 'See the box that a patient holds',
    access: { who: 'patient', need: 'today' },
    answer: PatientBoxView,
    act: async (tools, { path }) => {
      const holds = await readHolds(tools, path.patientId ?? '');
      const box = holds && (await readBox(tools, holds.boxId));
      return patientBoxView(box, box?.holder, tools.now());
    },
  }),
  route({
    method: 'POST',
    path: '/api/devices/patients/{patientId}/box',
    summary: 'Hand a box to a patient',
    access: { who: 'patient', need: 'care' },
    body: AllocateInput,
    answer: BoxView,
    idempotency: 'natural',
    act: async (tools, { path, body }) => {
      const patientId = path.patientId ?? '';
      const { outcome } = await giveBox(tools, { ...body, patientId, actorId: tools.actor.userId });
      if (outcome !== 'allocated' && outcome !== 'already-theirs') throw refusalOf(outcome);
      return boxView(await boxOr404(tools, body.boxId), tools.now());
    },
  }),
  route({
    method: 'POST',
    path: '/api/devices/patients/{patientId}/box/return',
    summary: 'Take a patient’s box back',
    access: { who: 'patient', need: 'care' },
    body: ReturnInput,
    answer: BoxView,
    act: async (tools, { path, body }) => {
      const patientId = path.patientId ?? '';
      const { outcome, boxId } = await returnBox(tools, { patientId, at: body.at, actorId: tools.actor.userId });
      if (outcome === 'holds-none' || boxId === undefined)
        throw new Refusal('conflict', 'holds-no-box', 'This patient holds no box.');
      if (outcome !== 'returned') throw invalid('/at', 'Between the hand-over and now.');
      return reply(boxView(await boxOr404(tools, boxId), tools.now()), { status: 200 });
    },
  }),
  route({
    method: 'GET',
    path: '/api/devices/boxes/{boxId}',
    summary: 'Open a box',
    access: careOrManage,
    answer: BoxDetail,
    act: async (tools, { path }) => {
      const box = await boxOr404(tools, path.boxId ?? '');
      return boxDetail(box, await readTickets(tools, box.profile.boxId), tools.now());
    },
  }),
  route({
    method: 'GET',
    path: '/api/devices/boxes/{boxId}/heard',
    summary: 'Hear whether a box has been opened since an instant',
    access: careOrManage,
    query: Since,
    answer: HeardView,
    act: async (tools, { path, query }) => {
      const box = await boxOr404(tools, path.boxId ?? '');
      return heardView(box, new Date(query.since).toISOString());
    },
  }),
  route({
    method: 'POST',
    path: '/api/devices/boxes/{boxId}/lost',
    summary: 'Report a box lost',
    access: careOrManage,
    sensitive: true,
    body: LostInput,
    answer: BoxView,
    idempotency: 'natural',
    act: async (tools, { path, body }) => {
      const { profile } = await boxOr404(tools, path.boxId ?? '');
      const act = { boxId: profile.boxId, actorId: tools.actor.userId, reason: body.reason };
      await loseBox(tools, boxRegistry(tools), act);
      return reply(boxView(await boxOr404(tools, profile.boxId), tools.now()), { status: 200 });
    },
  }),
];

export async function boxOr404(tools: Tools, boxId: string): Promise<Box> {
  const box = await readBox(tools, boxId);
  if (!box) throw notFound('box');
  return box;
}

export function limitOf(asked: string | undefined): number {
  const limit = asked === undefined ? 50 : Number(asked);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw invalid('/query/limit', 'From 1 to 100.');
  return limit;
}

const words: Readonly<Record<Exclude<Allocated, 'allocated' | 'already-theirs'>, string>> = {
  'unknown-box': 'There is no such box.',
  'other-facility': 'There is no such box.',
  'not-active': 'This box is lost or out of use.',
  held: 'Somebody else holds this box. Take it back first.',
  'has-box': 'This patient holds another box. Take it back first.',
  'in-future': 'A box is handed over now or in the past.',
  'too-early': 'Somebody else held the box then.',
};

function refusalOf(outcome: keyof typeof words): Refusal {
  const detail = words[outcome];
  if (outcome === 'unknown-box' || outcome === 'other-facility')
    return new Refusal('not-found', 'box-not-found', detail);
  if (outcome === 'in-future' || outcome === 'too-early') return invalid('/from', detail);
  return new Refusal('conflict', `box-${outcome}`, detail);
}
