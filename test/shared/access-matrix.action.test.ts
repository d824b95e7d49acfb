import { randomUUID } from 'node:crypto';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { beforeAll, describe, expect, inject, it, vi } from 'vitest';
import type { Actor, Need } from '../../functions/shared/access.ts';
import type { Route } from '../../functions/shared/http.ts';
import type { Role } from '../../functions/shared/shapes.ts';
import { entries } from '../../infra/entries.ts';
import { anActor, aTools, givenAccessCard, givenSession, type TestTools } from '../support/tools.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;
type Door = { readonly route: Route; readonly handler: Handler; readonly context: string };

const patientId = 'pat_of_the_matrix';
const teamId = 'team_of_the_matrix';
const path = ['org_country', 'org_facility'];
const subjects = { patient: patientId, team: teamId, organisation: 'org_facility', box: 'CC-MATRIX' } as const;
const now = () => new Date().toISOString();

/** How somebody may stand to the patient, the team, the facility and the box of this test. */
const relations: Readonly<Record<string, Actor>> = {
  'the patient': someone('patient', 'usr_self', { patientId }),
  'a supporter': someone('supporter', 'usr_sister'),
  'a supporter who was shown all': someone('supporter', 'usr_brother'),
  'a health worker of the team': someone('health-worker', 'usr_asha', { teams: [{ teamId }] }),
  'a nurse of the team': someone('nurse', 'usr_nurse', { teams: [{ teamId }] }),
  'a doctor of the team': someone('doctor', 'usr_doctor', { teams: [{ teamId }] }),
  'a nurse who covers': someone('nurse', 'usr_cover', {
    teams: [{ teamId, from: '2020-01-01T00:00:00.000Z', to: '2999-01-01T00:00:00.000Z' }],
  }),
  'the administrator above': someone('organisation-admin', 'usr_above', { organisationIds: ['org_country'] }),
};

/** Everybody else, one of each role, with a patient, a team and an organisation of their own. */
const strangers: readonly Actor[] = (
  ['patient', 'supporter', 'health-worker', 'nurse', 'doctor', 'organisation-admin', 'system-admin'] as const
).map((role) =>
  someone(role, `usr_other_${role}`, {
    ...(role === 'patient' && { patientId: 'pat_other' }),
    teams: [{ teamId: 'team_other' }],
    organisationIds: ['org_elsewhere'],
  }),
);

const staff = ['a health worker of the team', 'a nurse of the team', 'a doctor of the team', 'a nurse who covers'];
const family = ['a supporter', 'a supporter who was shown all'];
const shown = ['the patient', 'a supporter who was shown all', ...staff];

/** Who may, in words; written down apart from the rule that decides. */
const whoMay: Readonly<Record<Need, readonly string[]>> = {
  today: ['the patient', ...family, ...staff],
  call: ['a supporter who was shown all'],
  medicines: shown,
  diagnosis: shown,
  history: shown,
  record: ['the patient', ...staff],
  tell: ['the patient', ...family, ...staff],
  own: ['the patient'],
  care: staff,
  prescribe: ['a doctor of the team'],
  work: staff,
  manage: ['the administrator above'],
};

let tools: TestTools;
let doors: Door[];

beforeAll(async () => {
  tools = await aTools();
  const closed = 'http://127.0.0.1:9';
  Object.assign(process.env, {
    ...{ AWS_REGION: 'ap-south-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_MAX_ATTEMPTS: '1' },
    ...{ AWS_ENDPOINT_URL: closed, AWS_ENDPOINT_URL_DYNAMODB: inject('dynamodbEndpoint') },
    ...{ TABLE_NAME: tools.tableName, ORIGIN_SECRET: 'door', APP_ORIGIN: 'https://care.example' },
    ...{ USER_POOL_ID: 'ap-south-1_x', USER_POOL_CLIENT_ID: 'x', POWERTOOLS_LOG_LEVEL: 'SILENT' },
  });
  for (const queue of ['ALERTS', 'PROJECTIONS', 'LIVE', 'DEVICES', 'AUDIT', 'NOTIFICATIONS', 'DUE'])
    process.env[`${queue}_QUEUE_URL`] = `${closed}/${queue}`;
  doors = await allDoors();
  const sees = { medicines: false, diagnosis: false, history: false };
  const all = { medicines: true, diagnosis: true, history: true, phone: true };
  const supporters = { usr_sister: sees, usr_brother: all };
  await givenAccessCard(tools, { kind: 'patient', id: patientId }, { path, teamId, userId: 'usr_self', supporters });
  await givenAccessCard(tools, { kind: 'team', id: teamId }, { path, teamId });
  await givenAccessCard(tools, { kind: 'organisation', id: 'org_facility' }, { path });
  await givenAccessCard(tools, { kind: 'box', id: 'CC-MATRIX' }, { path, teamId });
  for (const actor of [...Object.values(relations), ...strangers]) await givenSession(tools, actor);
});

describe('every route', () => {
  it('stands in the table of a context and says who may call it', () => {
    expect(doors.length).toBeGreaterThan(80);
    for (const { route, context } of doors) {
      expect(route.summary.length, route.path).toBeGreaterThan(3);
      if (route.access.who === 'anyone') {
        expect(route.access.because.length, route.path).toBeGreaterThan(10);
        expect(route.path).toMatch(/^\/api\/(auth|open)\/|^\/api\/(health|openapi\.json)$/);
        // A way in without an account is the secret itself, and paths and queries stand in logs.
        expect(`${route.path} ${route.query === undefined}`, route.path).toMatch(/^[^{]* true$/);
      } else expect(route.path.startsWith(`/api/${context}/`), route.path).toBe(true);
    }
  });

  it('says what its address can do when it is asked for something else', async () => {
    const health = doors.find(({ route }) => route.path === '/api/health');
    if (!health) throw new Error('nothing says whether it lives');
    const answer = await call({ ...health, route: { ...health.route, method: 'PUT' } }, undefined);
    expect([answer.statusCode, answer.headers?.allow]).toEqual([405, 'GET']);
    expect(JSON.parse(answer.body ?? '')).toMatchObject({ type: '/problems/method-not-allowed', allowed: ['GET'] });
  });

  it('is decided by whose it is, wherever its path names a patient, a team, an organisation or a box', () => {
    const order = ['organisation', 'team', 'patient', 'box'] as const;
    for (const { route } of doors) {
      if (route.access.who === 'anyone') continue;
      const named = [...route.path.matchAll(/\{(\w+)Id\}/g)].map(([, name]) => name);
      const subject = order.find((kind) => kind === named[0]);
      if (subject) expect(route.access.who, `${route.method} ${route.path}`).toBe(subject);
    }
  });

  it('is refused to everybody without an access token', async () => {
    for (const door of guarded()) expect((await call(door, undefined)).statusCode, titleOf(door)).toBe(401);
  });

  it('is refused to who comes around CloudFront', async () => {
    for (const door of doors) {
      const answer = await door.handler(eventOf(door, strangers[0], 'another door'), lambda);
      expect(answer.statusCode, titleOf(door)).toBe(403);
    }
  });
});

describe("another patient's, team's, organisation's or box's id", () => {
  it('is refused on every route as every role, and every refusal is audited', async () => {
    const refused: Record<string, number> = {};
    for (const door of guarded().filter(({ route }) => subjectOf(route) !== undefined)) {
      const id = subjectOf(door.route) ?? '';
      for (const actor of strangers) {
        const answer = await call(door, actor);
        expect(answer.statusCode, `${titleOf(door)} as ${actor.roles[0]}`).toBe(403);
        refused[id] = (refused[id] ?? 0) + 1;
      }
    }
    for (const [id, count] of Object.entries(refused)) expect(await auditedRefusals(id), id).toBe(count);
  });

  it('is answered in the same words as one that does not exist', async () => {
    for (const door of guarded().filter(({ route }) => route.access.who === 'patient')) {
      const nurse = strangers.find((actor) => actor.roles[0] === 'nurse');
      const [known, unknown] = [await call(door, nurse), await call(door, nurse, { patientId: 'pat_nobody' })];
      const words = ({ body }: APIGatewayProxyStructuredResultV2) => {
        const { type, title, status, detail } = JSON.parse(body ?? '{}');
        return { type, title, status, detail };
      };
      expect(words(known), titleOf(door)).toEqual(words(unknown));
    }
  });
});

describe('who may', () => {
  it.each(Object.keys(relations))('%s passes exactly the doors that are theirs', async (relation) => {
    for (const door of guarded()) {
      const { access } = door.route;
      if (access.who === 'signed-in' || access.who === 'anyone') continue;
      const answer = await call(door, relations[relation]);
      expect(answer.statusCode !== 403, `${titleOf(door)} as ${relation}`).toBe(mayPass(relation, access));
    }
  });

  it('a closed account passes none', async () => {
    const closed = someone('nurse', 'usr_closed', { teams: [{ teamId }], disabled: true });
    await givenSession(tools, closed);
    for (const door of guarded()) expect((await call(door, closed)).statusCode, titleOf(door)).toBe(401);
  });

  it('a token from before a sign-out everywhere passes none', async () => {
    const out = someone('nurse', 'usr_out', { teams: [{ teamId }], tokensValidFromEpochSeconds: 9_999_999_999 });
    await givenSession(tools, out);
    for (const door of guarded()) expect((await call(door, out)).statusCode, titleOf(door)).toBe(401);
  });

  it('a session that was ended passes no sensitive door', async () => {
    const ended = someone('nurse', 'usr_ended', { teams: [{ teamId }] });
    await givenSession(tools, ended, { endedAt: now() });
    const sensitive = guarded().filter(({ route }) => route.sensitive);
    expect(sensitive.length).toBeGreaterThan(8);
    for (const door of sensitive) expect([401, 403], titleOf(door)).toContain((await call(door, ended)).statusCode);
  });
});

function mayPass(relation: string, access: Exclude<Route['access'], { who: 'anyone' | 'signed-in' }>): boolean {
  const roles = relations[relation]?.roles ?? [];
  if (access.who === 'roles') return access.roles.some((role) => roles.includes(role));
  const isPatients = access.who === 'patient';
  // Family belongs to a patient, never to a team, an organisation or a box; a team does not own its organisation.
  if (!isPatients && (relation === 'the patient' || family.includes(relation))) return false;
  if (access.who === 'organisation' && staff.includes(relation)) return false;
  return [access.need].flat().some((need) => whoMay[need].includes(relation));
}

function titleOf({ route }: Door): string {
  return `${route.method} ${route.path}`;
}

function guarded(): Door[] {
  return doors.filter(({ route }) => route.access.who !== 'anyone');
}

function subjectOf(route: Route): string | undefined {
  const { who } = route.access;
  return who === 'anyone' || who === 'signed-in' || who === 'roles' ? undefined : subjects[who];
}

async function allDoors(): Promise<Door[]> {
  const found: Door[] = [];
  for (const entry of entries.filter((each) => /[/-]api$/.test(each))) {
    const module: { routes: readonly Route[]; handler: Handler } = await import(
      /* @vite-ignore */ new URL(`../../functions/${entry}.ts`, import.meta.url).href
    );
    for (const route of module.routes)
      found.push({ route, handler: module.handler, context: entry.split('/')[0] ?? '' });
  }
  return found;
}

async function call(door: Door, actor: Actor | undefined, ids: Record<string, string> = {}) {
  return await door.handler(eventOf(door, actor, 'door', ids), lambda);
}

function eventOf(door: Door, actor: Actor | undefined, secret: string, ids: Record<string, string> = {}) {
  const known: Record<string, string> = {
    ...{ patientId, teamId, organisationId: subjects.organisation, boxId: subjects.box },
    ...ids,
  };
  const rawPath = door.route.path.replace(/\{(\w+)\}/g, (_, key: string) => known[key] ?? 'nothing-there');
  const claims = actor && { sub: actor.userId, iat: String(Math.floor(Date.now() / 1000)), origin_jti: actor.userId };
  const http = {
    method: door.route.method,
    path: rawPath,
    protocol: 'HTTP/1.1',
    sourceIp: '198.51.100.7',
    userAgent: 'test',
  };
  return {
    ...{ version: '2.0', routeKey: '$default', rawPath, rawQueryString: '', isBase64Encoded: false, body: '[]' },
    headers: { 'x-origin-secret': secret, 'idempotency-key': randomUUID(), 'if-match': '"1"' },
    requestContext: {
      ...{
        accountId: '',
        apiId: '',
        domainName: '',
        domainPrefix: '',
        routeKey: '',
        stage: '',
        time: '',
        timeEpoch: 0,
      },
      requestId: randomUUID(),
      http,
      ...(claims && { authorizer: { jwt: { claims, scopes: null } } }),
    },
  } as unknown as APIGatewayProxyEventV2;
}

function someone(role: Role, userId: string, more: Partial<Actor> = {}): Actor {
  return anActor({ userId, roles: [role], ...more });
}

async function auditedRefusals(subjectId: string): Promise<number> {
  const answer = await tools.db.send(
    new QueryCommand({
      TableName: tools.tableName,
      KeyConditionExpression: 'pk = :pk',
      FilterExpression: 'outcome = :refused AND begins_with(actorId, :stranger)',
      ExpressionAttributeValues: {
        ':pk': `AUDIT#${subjectId}#${now().slice(0, 7)}`,
        ':refused': 'refused',
        ':stranger': 'usr_other_',
      },
      Select: 'COUNT',
    }),
  );
  return answer.Count ?? 0;
}

const lambda = { functionName: 'matrix', getRemainingTimeInMillis: () => 30_000 } as unknown as Context;
