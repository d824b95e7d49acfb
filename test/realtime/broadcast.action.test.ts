import { describe, expect, it } from 'vitest';
import { broadcast } from '../../functions/realtime/broadcast.ts';
import { endSocketsOf, keepConnection, obey, SocketOrder } from '../../functions/realtime/connections.ts';
import type { ServerMessage } from '../../functions/realtime/contract.ts';
import { receive } from '../../functions/realtime/receive.ts';
import type { Sockets } from '../../functions/realtime/sockets.ts';
import { readConnection, readListeners } from '../../functions/realtime/store.ts';
import type { Actor } from '../../functions/shared/access.ts';
import type { ItemChange } from '../../functions/shared/events.ts';
import { queuesFor } from '../../functions/shared/fan-out.ts';
import type { Role } from '../../functions/shared/shapes.ts';
import { anActor, aTools, givenAccessCard, givenSession, type TestTools } from '../support/tools.ts';
import { accessClaims, clientId } from './tokens.ts';

type Desk = Sockets & {
  readonly heard: Map<string, ServerMessage[]>;
  readonly closed: string[];
  readonly cut: Set<string>;
};

function aDesk(): Desk {
  const heard = new Map<string, ServerMessage[]>();
  const closed: string[] = [];
  const cut = new Set<string>();
  return {
    heard,
    closed,
    cut,
    post: async (id, message) => {
      if (cut.has(id)) return 'gone';
      heard.set(id, [...(heard.get(id) ?? []), message]);
      return 'sent';
    },
    close: async (id) => {
      closed.push(id);
    },
  };
}

const team = {
  teamId: 'team_1',
  path: ['org_1'],
  userId: 'usr_patient',
  supporters: { usr_supporter: { medicines: false, diagnosis: false, history: false } },
};

async function setup() {
  const tools = await aTools({ now: '2026-11-30T04:10:00.000Z', env: { USER_POOL_CLIENT_ID: clientId } });
  await givenAccessCard(tools, { kind: 'patient', id: 'pat_1' }, team);
  const open = async (connectionId: string, userId: string, roles: Role[], teams: Actor['teams'] = []) => {
    const actor = anActor({ userId, roles, teams });
    await givenSession(tools, actor);
    await keepConnection(tools, { connectionId, actor, expiresAt: '2026-11-30T04:25:00.000Z' });
  };
  await open('c-nurse', 'usr_nurse', ['nurse'], [{ teamId: 'team_1' }]);
  await open('c-other', 'usr_other', ['nurse'], [{ teamId: 'team_2' }]);
  await open('c-patient', 'usr_patient', ['patient']);
  await open('c-supporter', 'usr_supporter', ['supporter']);
  return { tools, desk: aDesk() };
}

function aChange(overrides: Partial<ItemChange>): ItemChange {
  return {
    kind: 'day',
    pk: 'PAT#pat_1',
    sk: 'DAY#2026-11-30',
    event: 'MODIFY',
    at: '2026-11-30T04:10:00.000Z',
    ...overrides,
  };
}

const orders = (tools: TestTools) => tools.sent.filter((one) => one.queue === 'live').map((one) => one.message);

describe('live updates', () => {
  it('tell the care team, the patient and the supporter of a dose, nobody else, and only ids', async () => {
    const { tools, desk } = await setup();
    await broadcast(tools, desk, aChange({}));
    expect([...desk.heard.keys()].sort()).toEqual(['c-nurse', 'c-patient', 'c-supporter']);
    expect(desk.heard.get('c-nurse')).toEqual([
      {
        type: 'changed',
        kind: 'day',
        id: '2026-11-30',
        patientId: 'pat_1',
        teamId: 'team_1',
        at: '2026-11-30T04:10:00.000Z',
      },
    ]);
  });

  it.each([
    ['an alert', { kind: 'alert', sk: 'ALERT#open' }],
    ['a consent that was given or taken back', { kind: 'consent', sk: 'CONSENT#con_1' }],
  ])('tell only the care team of %s', async (_, change) => {
    const { tools, desk } = await setup();
    expect(queuesFor(change.kind, 'MODIFY')).toContain('live');
    await broadcast(tools, desk, aChange(change));
    expect([...desk.heard.keys()]).toEqual(['c-nurse']);
  });

  it('stop for a supporter whom the patient removed, although the socket is open', async () => {
    const { tools, desk } = await setup();
    await givenAccessCard(tools, { kind: 'patient', id: 'pat_1' }, { ...team, supporters: {} });
    await broadcast(tools, desk, aChange({}));
    expect([...desk.heard.keys()].sort()).toEqual(['c-nurse', 'c-patient']);
  });

  it('forget a connection that is gone', async () => {
    const { tools, desk } = await setup();
    desk.cut.add('c-nurse');
    await broadcast(tools, desk, aChange({}));
    expect(await readConnection(tools, 'c-nurse')).toBeUndefined();
    expect(await readListeners(tools, 'TEAM#team_1')).toEqual([]);
  });

  it('end with the token: nothing is told afterwards and the socket is closed on its second', async () => {
    const { tools, desk } = await setup();
    expect(orders(tools)[0]?.delaySeconds).toBe(900);
    tools.setNow('2026-11-30T04:25:01.000Z');
    await broadcast(tools, desk, aChange({}));
    expect(desk.heard.size).toBe(0);
    expect(await obey(tools, desk, { order: 'end-if-expired', connectionId: 'c-nurse' })).toBe('expired');
    expect(desk.closed).toEqual(['c-nurse']);
  });

  it('go on after a renewal by the same person', async () => {
    const { tools, desk } = await setup();
    tools.setNow('2026-11-30T04:20:00.000Z');
    const exp = Date.parse('2026-11-30T04:35:00.000Z') / 1000;
    const renew = JSON.stringify({ type: 'renew', token: 'fresh' });
    const verify = async () => accessClaims({ exp });
    expect(await receive(tools, desk, verify, { connectionId: 'c-nurse', body: renew })).toBe('renewed');
    tools.setNow('2026-11-30T04:25:01.000Z');
    expect(await obey(tools, desk, { order: 'end-if-expired', connectionId: 'c-nurse' })).toBe('renewed meanwhile');
    await broadcast(tools, desk, aChange({}));
    expect(desk.heard.get('c-nurse')?.map((message) => message.type)).toEqual(['renewed', 'changed']);
  });

  it("never change hands: another person's token ends the connection", async () => {
    const { tools, desk } = await setup();
    const verify = async () => accessClaims({ sub: 'usr_other' });
    const body = JSON.stringify({ type: 'renew', token: 'fresh' });
    expect(await receive(tools, desk, verify, { connectionId: 'c-nurse', body })).toBe('refused');
    expect(desk.closed).toEqual(['c-nurse']);
  });

  it('end at once when the person signs out everywhere', async () => {
    const { tools, desk } = await setup();
    await endSocketsOf(tools, 'usr_nurse');
    const order = SocketOrder.parse(orders(tools).at(-1)?.body);
    await obey(tools, desk, order);
    expect(desk.closed).toEqual(['c-nurse']);
    expect(desk.heard.get('c-nurse')).toEqual([{ type: 'closing', why: 'signed-out' }]);
  });
});
