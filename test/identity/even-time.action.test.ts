import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { putAccount } from '../../functions/identity/account-store.ts';
import { authRoutes } from '../../functions/identity/auth-routes.ts';
import { SignInStep } from '../../functions/identity/contract.ts';
import { enrolPatient } from '../../functions/identity/enrol-patient.ts';
import type { IdentityTools } from '../../functions/identity/identity-tools.ts';
import { aClinic, type Clinic } from '../organisations/support/clinic.ts';
import { anActor } from '../support/tools.ts';

const phone = '+919431180000';
const nobodys = '+919431189999';
const email = 'manoj@example.org';
let clinic: Clinic;
/** The carrier, and the pool that hands a code to it, take their time. */
let means: Pick<IdentityTools, 'pool' | 'post'>;

beforeEach(async () => {
  clinic = await aClinic();
  const { pool, post } = clinic.world;
  const slow = async () => await new Promise((done) => setTimeout(done, 400));
  means = {
    pool: { ...pool, startCode: (name) => slow().then(() => pool.startCode(name)) },
    post: {
      sms: (...letter) => slow().then(() => post.sms(...letter)),
      email: (...letter) => slow().then(() => post.email(...letter)),
    },
  };
  const wanted = { language: 'en', roles: ['supporter' as const], password: 'a long password', temporary: false };
  const made = await pool.create({ ...wanted, username: 'manoj', phone, email });
  if (made === 'taken') throw new Error('taken');
  const { userId, username } = made;
  await putAccount(
    clinic.world,
    { userId, username, name: 'Manoj', roles: ['supporter'], language: 'en', state: 'active', version: 1 },
    anActor({ userId, roles: ['supporter'] }),
  );
});

/** What a door answers, and after how long. */
async function knock(path: string, body: unknown) {
  const route = authRoutes(means).find((one) => one.path === `/api/auth${path}`);
  if (!route?.body) throw new Error(`there is no door ${path}`);
  const { request, ...tools } = clinic.browser().tools();
  const header = (name: string) => ({ origin: 'https://care.example', 'x-careconnect-csrf': '1' })[name];
  const began = performance.now();
  const answer: unknown = await Promise.resolve(
    route.act(
      { ...tools, request: { ...request, header }, actor: anActor({ roles: ['supporter'] }) },
      { path: {}, body: z.parse(route.body, body), query: undefined, version: 0 },
    ),
  ).catch((refusal: { code: string }) => ({ body: { refused: refusal.code } }));
  const tookMilliseconds = performance.now() - began;
  return { tookMilliseconds, body: z.parse(z.looseObject({ body: z.unknown() }), answer).body };
}

/** The card of a patient whose own phone is `nobodys`. */
async function aCard(): Promise<string> {
  const { code = '' } = await enrolPatient(clinic.as(await clinic.actor(clinic.meera)), {
    teamId: 'team_a',
    enrolmentId: 'bedside-1',
    given: {
      who: { name: 'Sushila Kujur', age: { kind: 'years', years: 41 }, sex: 'female', language: 'en' },
      consent: { consentId: 'con_1', way: 'on-paper', textVersion: '1', language: 'en', purposes: ['treatment'] },
      reach: { use: 'own', phone: nobodys },
    },
  });
  return code;
}

/** Each waited for the same moment, long after the carrier had answered. A busy machine only makes it later. */
function expectEven(answers: readonly { tookMilliseconds: number }[]): void {
  for (const { tookMilliseconds } of answers) expect(tookMilliseconds).toBeGreaterThan(1_950);
}

describe('who has an account cannot be learnt from how long an answer takes', () => {
  it.each([
    ['a code to sign in', '/phone', { phone }, { phone: nobodys }],
    ['a code for a new password', '/forgot', { name: email }, { name: 'nobody@example.org' }],
  ])('when asking for %s', async (_, path, known, unknown) => {
    clinic.world.letters.length = 0;
    const both = await Promise.all([knock(path, known), knock(path, unknown)]);
    expect(both.map(({ body }) => SignInStep.parse(body).step)).toEqual(['code-sent', 'code-sent']);
    expect(clinic.world.letters).toHaveLength(1);
    expectEven(both);
  });

  it.each([
    ['does not answer', async () => await new Promise<void>(() => undefined)],
    ['refuses', async () => await Promise.reject(new Error('opted out'))],
  ])('nor from a carrier who %s', async (_, carries) => {
    const card = await aCard();
    Object.assign(clinic.world.post, { sms: carries, email: carries });
    const answers = await Promise.all([
      knock('/phone', { phone }),
      knock('/forgot', { name: email }),
      knock('/register', { card, phone: nobodys }),
    ]);
    expect(answers.map(({ body }) => SignInStep.parse(body).step)).toEqual(['code-sent', 'code-sent', 'code-sent']);
  });

  it('when registering with a card', async () => {
    const card = await aCard();
    const both = await Promise.all([
      knock('/register', { card, phone: nobodys }),
      knock('/register', { card, phone: '+919431180001' }),
    ]);
    expectEven(both);
  });

  it('nor from a wrong code', async () => {
    const states = await Promise.all([phone, nobodys].map(async (number) => await knock('/phone', { phone: number })));
    const both = await Promise.all(
      states.map(async ({ body }) => {
        const { state } = z.parse(z.looseObject({ state: z.string() }), body);
        return await knock('/phone/confirm', { state, code: '000000' });
      }),
    );
    expect(both.map(({ body }) => body)).toEqual([{ refused: 'wrong-code' }, { refused: 'wrong-code' }]);
    expectEven(both);
  });
});
