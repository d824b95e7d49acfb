import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import type { PatientProfile } from '../../functions/identity/contract.ts';
import { setSees } from '../../functions/identity/patient-store.ts';
import type { Actor } from '../../functions/shared/access.ts';
import type { Role } from '../../functions/shared/shapes.ts';
import { addDays, localDateOf } from '../../functions/shared/time.ts';
import { handler } from '../../functions/treatment/api.ts';
import { anActor, aTools, givenAccessCard, givenSession, type TestTools } from '../support/tools.ts';

const base = '/api/treatment/patients/pat_1';
const today = localDateOf(new Date().toISOString(), 'Asia/Kolkata');
const people: Record<'nurse' | 'doctor' | 'stranger' | 'patient' | 'supporter', Actor> = {
  nurse: anActor({ userId: 'usr_nurse', roles: ['nurse'], teams: [{ teamId: 'team_1' }] }),
  doctor: anActor({ userId: 'usr_doctor', roles: ['doctor'], teams: [{ teamId: 'team_1' }] }),
  stranger: anActor({ userId: 'usr_other', roles: ['nurse'], teams: [{ teamId: 'team_2' }] }),
  patient: anActor({ userId: 'usr_ramesh', roles: ['patient'], patientId: 'pat_1' }),
  supporter: anActor({ userId: 'usr_sumitra', roles: ['supporter', 'nurse'] satisfies Role[] }),
};
let tools: TestTools;

beforeEach(async () => {
  tools = await aTools({ now: new Date().toISOString() });
  const environment = {
    TABLE_NAME: tools.tableName,
    ORIGIN_SECRET: 'secret',
    AWS_ENDPOINT_URL_DYNAMODB: inject('dynamodbEndpoint'),
    AWS_REGION: 'ap-south-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  Object.assign(process.env, environment);
  const supporters = { usr_sumitra: { medicines: false, diagnosis: false, history: false } };
  await givenAccessCard(
    tools,
    { kind: 'patient', id: 'pat_1' },
    { path: ['org_1'], teamId: 'team_1', userId: 'usr_ramesh', supporters },
  );
  await givenAccessCard(tools, { kind: 'team', id: 'team_1' }, { path: ['org_1'], teamId: 'team_1' });
  for (const actor of Object.values(people)) await givenSession(tools, actor);
});

async function call(
  who: keyof typeof people,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const [rawPath = '', query] = path.split('?');
  const claims = { sub: people[who].userId, iat: '9999999999', origin_jti: people[who].userId };
  const event = {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: query ?? '',
    headers: { 'x-origin-secret': 'secret', ...headers },
    isBase64Encoded: false,
    ...(query && { queryStringParameters: Object.fromEntries(new URLSearchParams(query)) }),
    ...(body !== undefined && { body: JSON.stringify(body) }),
    requestContext: {
      accountId: '1',
      apiId: 'a',
      domainName: 'd',
      domainPrefix: 'd',
      routeKey: '$default',
      stage: '$default',
      time: '',
      timeEpoch: 0,
      requestId: 'req',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      authorizer: { jwt: { claims, scopes: [] } },
    },
  };
  const context = {
    callbackWaitsForEmptyEventLoop: false,
    functionName: 'f',
    functionVersion: '1',
    invokedFunctionArn: 'arn',
    memoryLimitInMB: '1',
    awsRequestId: 'r',
    logGroupName: 'g',
    logStreamName: 's',
    getRemainingTimeInMillis: () => 30_000,
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
  const answer = await handler(event, context);
  return {
    status: answer.statusCode,
    etag: answer.headers?.etag,
    body: answer.body ? JSON.parse(answer.body) : undefined,
  };
}

const profile: PatientProfile = {
  patientId: 'pat_1',
  code: 'GUM-0388-2',
  name: 'Ramesh Munda',
  age: { kind: 'years', years: 41 },
  ageSaidOn: '2026-11-01',
  sex: 'male',
  language: 'en',
  zone: 'Asia/Kolkata',
  reach: { use: 'own', phone: '+919431180001' },
  teamId: 'team_1',
  facilityId: 'org_1',
  enrolledAt: '2026-11-01T04:00:00.000Z',
  enrolledBy: 'usr_nurse',
  version: 1,
};
const plan = { planId: 'pln_1', templateId: 'bpalm', start: addDays(today, -3), zone: 'Asia/Kolkata' };

describe('the routes', () => {
  it('let a nurse start a template and only a doctor write a plan of their own or change one', async () => {
    const made = await call('nurse', 'POST', `${base}/plans`, plan);
    expect([made.status, made.etag]).toEqual([201, '"1"']);
    const hold = { holdId: 'h1', from: today, reason: 'vomiting' };
    expect((await call('nurse', 'POST', `${base}/plans/pln_1/hold`, hold, { 'if-match': '"1"' })).status).toBe(403);
    expect((await call('doctor', 'POST', `${base}/plans/pln_1/hold`, hold)).status).toBe(428);
    expect((await call('doctor', 'POST', `${base}/plans/pln_1/hold`, hold, { 'if-match': '"7"' })).status).toBe(412);
    expect((await call('doctor', 'POST', `${base}/plans/pln_1/hold`, hold, { 'if-match': '"1"' })).etag).toBe('"2"');
    const own = {
      ...plan,
      planId: 'pln_2',
      prescription: {
        slots: [{ name: 'day', time: '08:00' }],
        phases: [{ name: 'p' }],
        drugs: [
          {
            medicine: 'isoniazid-300',
            inBox: true,
            steps: [{ repeat: { kind: 'daily' }, doses: [{ slot: 'day', count: 1 }] }],
          },
        ],
      },
    };
    expect((await call('nurse', 'POST', `${base}/plans`, own)).status).toBe(403);
  });

  it('let nobody prescribe whose session was ended or has not passed TOTP, though the token still holds', async () => {
    await givenSession(tools, people.doctor, { endedAt: tools.now() });
    expect((await call('doctor', 'POST', `${base}/plans`, plan)).body).toMatchObject({ status: 401 });
    await givenSession(tools, people.doctor, { totpPassedAt: undefined });
    expect((await call('doctor', 'POST', `${base}/plans`, plan)).body.type).toMatch(/totp-needed$/);
    expect((await call('doctor', 'GET', `${base}/plans`)).body.plans).toEqual([]);
  });

  it('show medicine names to staff and to nobody else on the home screen', async () => {
    await call('nurse', 'POST', `${base}/plans`, plan);
    const seen = await Promise.all(
      (['nurse', 'patient', 'supporter'] as const).map((who) => call(who, 'GET', `${base}/today`)),
    );
    expect(seen.map((one) => one.status)).toEqual([200, 200, 200]);
    expect(seen.map((one) => one.body.slots[0].medicines?.length ?? 0)).toEqual([
      seen[0]?.body.slots[0].medicines.length,
      0,
      0,
    ]);
    expect(seen[1]?.body.slots[0].pills.length).toBeGreaterThan(0);
    expect(JSON.stringify(seen[1]?.body)).not.toMatch(/bedaquiline|Linezolid/i);
  });

  it('give the number of the patient to who helps, when the patient turned that on, and to nobody before', async () => {
    const Item = { pk: 'PAT#pat_1', sk: 'PROFILE', kind: 'profile', v: 1, ...profile };
    await tools.db.send(new PutCommand({ TableName: tools.tableName, Item }));
    const number = async () => (await call('supporter', 'GET', `${base}/today`)).body.patientPhone;
    expect(await number()).toBeUndefined();
    await setSees(tools, 'pat_1', 'usr_sumitra', { medicines: false, diagnosis: false, history: false, phone: true });
    expect(await number()).toBe('+919431180001');
    expect((await call('nurse', 'GET', `${base}/today`)).body.patientPhone).toBeUndefined();
  });

  it('let patient and supporter tell, and only staff watch', async () => {
    await call('nurse', 'POST', `${base}/plans`, plan);
    const of = { localDate: addDays(today, -1), slot: 'day' };
    const told = await call('supporter', 'POST', `${base}/evidence`, { kind: 'taken', evidenceId: 'e1', ...of });
    expect([told.status, told.body.outcome, told.body.day.status]).toEqual([201, 'recorded', 'said']);
    expect(
      (await call('supporter', 'POST', `${base}/evidence`, { kind: 'taken', evidenceId: 'e1', ...of })).status,
    ).toBe(200);
    expect(
      (await call('supporter', 'POST', `${base}/evidence`, { kind: 'watched', evidenceId: 'e2', ...of })).status,
    ).toBe(403);
    expect(
      (await call('patient', 'POST', `${base}/evidence`, { kind: 'watched', evidenceId: 'e2', ...of })).status,
    ).toBe(403);
  });

  it.each([
    ['GET', `${base}/today`],
    ['GET', `${base}/days`],
    ['GET', `${base}/course`],
    ['GET', `${base}/adherence`],
    ['GET', `${base}/timeline`],
    ['GET', `${base}/knew-at?at=2026-11-30T04:10:00.000Z`],
    ['GET', `${base}/plans`],
    ['GET', `${base}/interruption`],
  ])('%s %s answers the team and refuses a stranger', async (method, path) => {
    await call('nurse', 'POST', `${base}/plans`, plan);
    expect((await call('nurse', method, path)).status).toBe(200);
    expect((await call('stranger', method, path)).status).toBe(403);
  });

  it('keep plans and history from a supporter to whom the patient did not show them', async () => {
    await call('nurse', 'POST', `${base}/plans`, plan);
    expect((await call('supporter', 'GET', `${base}/plans`)).status).toBe(403);
    expect((await call('supporter', 'GET', `${base}/timeline`)).status).toBe(403);
    expect((await call('supporter', 'GET', `${base}/course`)).status).toBe(200);
  });

  it('stop treatment, and a clinic list refuses the patient of another team alone', async () => {
    await call('nurse', 'POST', `${base}/plans`, plan);
    const list = {
      listId: 'l1',
      localDate: today,
      inPerson: true,
      ticks: [{ patientId: 'pat_1' }, { patientId: 'pat_other' }],
    };
    const ticked = await call('nurse', 'POST', '/api/treatment/teams/team_1/clinic-day', list);
    expect(ticked.body.results).toContainEqual({ patientId: 'pat_other', outcome: 'refused' });
    const stopped = await call('nurse', 'POST', `${base}/plans/pln_1/stop`, { reason: 'died' }, { 'if-match': '"1"' });
    expect(stopped.body).toMatchObject({ status: 'stopped', stopped: { reason: 'died' } });
    expect((await call('patient', 'GET', `${base}/today`)).body.card).toEqual({ kind: 'ended', reason: 'died' });
  });

  it('say what is wrong with a body', async () => {
    const answer = await call('nurse', 'POST', `${base}/plans`, { ...plan, start: 'tomorrow' });
    expect([answer.status, answer.body.errors[0].pointer]).toEqual([400, '/start']);
  });
});
