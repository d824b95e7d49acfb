import * as z from 'zod/mini';
import { readAccessCard } from '../shared/access-store.ts';
import { type ActorTools, reply, route } from '../shared/http.ts';
import { invalid, notFound, Refusal } from '../shared/refusal.ts';
import { BoxesAnswer, boxOr404, limitOf } from './api-care.ts';
import { boxRegistry } from './box-registry.ts';
import {
  BoxDetail,
  BoxSecret,
  BoxView,
  BulkRegisterAnswer,
  BulkRegisterInput,
  IncidentView,
  PageQuery,
  RegisterInput,
} from './contract.ts';
import { type CsvRow, readBoxList } from './csv.ts';
import { incidentsBelow } from './incidents-below.ts';
import { confirmCertificate, retireBox, rotateCertificate } from './lifecycle.ts';
import { registerBox } from './register.ts';
import { facilityPage, readBoxes } from './store.ts';
import { readTickets } from './ticket-store.ts';
import { boxDetail, boxView } from './views.ts';

const facility = '/api/devices/organisations/{organisationId}';
const box = '/api/devices/boxes/{boxId}';

/** What an administrator does with the boxes of a facility. */
export const adminRoutes = [
  route({
    method: 'GET',
    path: `${facility}/boxes`,
    summary: 'List the boxes of a facility',
    access: { who: 'organisation', need: 'manage' },
    query: PageQuery,
    answer: BoxesAnswer,
    act: async (tools, { path, query }) => {
      const page = await facilityPage(tools, path.organisationId ?? '', limitOf(query.limit), query.cursor);
      const boxes = (await readBoxes(tools, page.items)).map((one) => boxView(one, tools.now()));
      return { boxes, ...(page.next && { next: page.next }) };
    },
  }),
  route({
    method: 'POST',
    path: `${facility}/boxes`,
    summary: 'Register a box',
    access: { who: 'organisation', need: 'manage' },
    sensitive: true,
    body: RegisterInput,
    answer: BoxSecret,
    act: async (tools, { path, body }) => {
      const registered = await registerBox(tools, boxRegistry(tools), { ...body, ...(await ownerOf(tools, path)) });
      if (registered.outcome === 'known')
        throw new Refusal('conflict', 'box-known', 'A box of this serial is registered.');
      return registered.secret;
    },
  }),
  route({
    method: 'POST',
    path: `${facility}/boxes/bulk`,
    summary: 'Register a list of boxes',
    access: { who: 'organisation', need: 'manage' },
    sensitive: true,
    body: BulkRegisterInput,
    answer: BulkRegisterAnswer,
    act: async (tools, { path, body }) => {
      const list = readBoxList(body.csv);
      if ('problem' in list) throw invalid('/csv', list.problem);
      const owner = await ownerOf(tools, path);
      const rows: BulkRegisterAnswer['rows'] = [];
      for (const row of list) rows.push(await registerRow(tools, row, owner));
      return { rows };
    },
  }),
  route({
    method: 'GET',
    path: `${facility}/incidents`,
    summary: 'List the incidents of boxes below an organisation',
    access: { who: 'organisation', need: 'manage' },
    answer: z.object({ incidents: z.array(IncidentView) }),
    act: async (tools, { path }) => ({ incidents: await incidentsBelow(tools, path.organisationId ?? '') }),
  }),
  route({
    method: 'POST',
    path: `${box}/retire`,
    summary: 'Take a box out of use',
    access: { who: 'box', need: 'manage' },
    sensitive: true,
    answer: BoxView,
    idempotency: 'natural',
    act: async (tools, { path }) => {
      const boxId = path.boxId ?? '';
      await retireBox(tools, boxRegistry(tools), { boxId, actorId: tools.actor.userId });
      return reply(boxView(await boxOr404(tools, boxId), tools.now()), { status: 200 });
    },
  }),
  route({
    method: 'POST',
    path: `${box}/certificates`,
    summary: 'Make a new certificate for a box',
    access: { who: 'box', need: 'manage' },
    sensitive: true,
    answer: BoxSecret,
    act: async (tools, { path }) =>
      await rotateCertificate(tools, boxRegistry(tools), { boxId: path.boxId ?? '', actorId: tools.actor.userId }),
  }),
  route({
    method: 'POST',
    path: `${box}/certificates/{certificateId}/confirm`,
    summary: 'Revoke every other certificate of a box',
    access: { who: 'box', need: 'manage' },
    sensitive: true,
    answer: BoxDetail,
    idempotency: 'natural',
    act: async (tools, { path }) => {
      const [boxId, certificateId] = [path.boxId ?? '', path.certificateId ?? ''];
      await confirmCertificate(tools, boxRegistry(tools), { boxId, certificateId, actorId: tools.actor.userId });
      const confirmed = await boxOr404(tools, boxId);
      return reply(boxDetail(confirmed, await readTickets(tools, boxId), tools.now()), { status: 200 });
    },
  }),
];

type Owner = { readonly facilityId: string; readonly path: readonly string[]; readonly actorId: string };

async function ownerOf(tools: ActorTools, path: Readonly<Record<string, string>>): Promise<Owner> {
  const facilityId = path.organisationId ?? '';
  const card = await readAccessCard(tools, { kind: 'organisation', id: facilityId });
  if (!card) throw notFound('organisation');
  const whole = card.path.includes(facilityId) ? card.path : [...card.path, facilityId];
  return { facilityId, path: whole, actorId: tools.actor.userId };
}

async function registerRow(tools: ActorTools, row: CsvRow, owner: Owner): Promise<BulkRegisterAnswer['rows'][number]> {
  const { line, serial } = row;
  if ('problem' in row) return { line, serial, outcome: 'invalid', detail: row.problem };
  const registered = await registerBox(tools, boxRegistry(tools), { ...row.input, ...owner });
  if (registered.outcome === 'known') return { line, serial, outcome: 'known' };
  return { line, serial, outcome: 'registered', secret: registered.secret };
}
