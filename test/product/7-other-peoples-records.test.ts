import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { BrowserSession } from './support/browser-session.ts';
import { Clinic, firstAdministrator } from './support/clinic.ts';
import { local } from './support/local.ts';
import { Patient } from './support/patient.ts';
import type { Person } from './support/person.ts';

const Anything = z.unknown();
const Topic = z.object({ state: z.string() });
const Described = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

let own: Clinic;
let foreign: Patient;
let routes: { method: string; path: string }[];
let strangers: [string, Person][];

beforeAll(async () => {
  own = await Clinic.open();
  foreign = await Patient.enrol(await Clinic.open(), { withoutBox: true });
  const { paths } = z.parse(Described, (await new BrowserSession().get('/api/openapi.json')).body);
  routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => ({ method: method.toUpperCase(), path })),
  );
  strangers = [
    ['a nurse of another clinic', own.nurse],
    ['a doctor of another clinic', own.doctor],
    ['a health worker of another clinic', await own.hires('health-worker')],
  ];
});

describe('another patient’s id', () => {
  it('is refused on every route that names a patient, to every role of another clinic', async () => {
    const named = routes.filter(({ path }) => path.includes('{patientId}'));
    expect(named.length).toBeGreaterThan(30);
    const let_in: string[] = [];
    for (const [who, person] of strangers) {
      for (const { method, path } of named) {
        const { status } = await person.ask(method, filled(path), method === 'GET' ? undefined : {});
        if (status !== 403) let_in.push(`${who}: ${method} ${path} answered ${status}`);
      }
    }
    expect(let_in).toEqual([]);
  });

  it('is no record to open for an administrator either', async () => {
    const admin = await firstAdministrator();
    const { status } = await admin.ask('GET', `/api/identity/patients/${foreign.patientId}`);
    expect(status).toBe(403);
  });

  it('leaves a line in the audit for each refusal', async () => {
    const admin = await firstAdministrator();
    const { body } = await admin.ask('GET', '/api/audit/organisations/org_in/refusals');
    expect(JSON.stringify(body)).toContain(strangers.at(-1)?.[1].userId);
  });
});

describe('who is removed from a team', () => {
  it('hears of its patients no more, neither by its topic nor on an open screen', async () => {
    const leaving = await own.hires('health-worker');
    const topic = `/api/notifications/teams/${own.teamId}/topic`;
    const input = { protocol: 'email', endpoint: leaving.email, severities: ['red'] };
    await leaving.does('PUT', topic, input, Anything);
    const request = (await local.outbox({ to: leaving.email })).find(({ confirmUrl }) => confirmUrl !== undefined);
    await fetch(request?.confirmUrl ?? '');
    expect((await leaving.get(topic, Topic)).state).toBe('confirmed');
    const screen = await leaving.opensPage();
    const members = `/api/organisations/teams/${own.teamId}/members`;
    expect((await own.admin.ask('DELETE', `${members}/${leaving.userId}`)).status).toBe(200);
    await local.idle();
    expect((await leaving.ask('GET', topic)).status).toBe(403);
    expect(screen.heard).toContainEqual({ type: 'closing', why: 'signed-out' });
    await own.admin.does('POST', members, { userId: leaving.userId }, Anything);
    expect((await leaving.get(topic, Topic)).state).toBe('removed');
  });
});

describe('a token', () => {
  const asked = () => `/api/identity/patients/${foreign.patientId}`;

  it.each([
    [
      'forged without a signature',
      'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4Iiwic2NvcGUiOiJhd3MuY29nbml0by5zaWduaW4udXNlci5hZG1pbiJ9.',
    ],
    ['that is no token', 'abc'],
  ])('%s is refused', async (_, token) => {
    const { status } = await new BrowserSession().get(asked(), { authorization: `Bearer ${token}` });
    expect(status).toBe(401);
  });

  it('with one character changed is refused', async () => {
    await own.nurse.ask('GET', '/api/identity/me');
    const [head = '', body = '', signature = ''] = (own.nurse.browser.accessToken ?? '').split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
    const idToken = Buffer.from(JSON.stringify({ ...claims, token_use: 'id', scope: undefined })).toString('base64url');
    const otherPool = Buffer.from(JSON.stringify({ ...claims, iss: `${claims.iss}X` })).toString('base64url');
    for (const changed of [idToken, otherPool]) {
      const bearer = { authorization: `Bearer ${head}.${changed}.${signature}` };
      expect((await new BrowserSession().get(asked(), bearer)).status).toBe(401);
    }
  });
});

function filled(path: string): string {
  const [bare = ''] = path.split('?');
  return bare.replaceAll('{patientId}', foreign.patientId).replaceAll(/\{\w+\}/g, 'x_1');
}
