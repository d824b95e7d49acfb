import { createECDH, randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { ActivationView, ConsentsView, ConsentView, Me, SessionsView } from '../../functions/identity/contract.ts';
import { PreferencesView, PushDevice, TopicView } from '../../functions/notifications/contract.ts';
import { TodayView } from '../../functions/treatment/contract.ts';
import { BrowserSession } from './support/browser-session.ts';
import { Clinic } from './support/clinic.ts';
import { LiveSocket } from './support/live-socket.ts';
import { local } from './support/local.ts';
import { Patient, worklist } from './support/patient.ts';
import { Person } from './support/person.ts';

const password = 'pahad aur nadi 42';
const csrf = { 'x-careconnect-csrf': '1' };
const Step = z.looseObject({ step: z.string(), state: z.optional(z.string()) });
const Anything = z.unknown();
const tag = Date.now().toString(36);
let numbers = 0;
const aNumber = () => `+9177${String((Date.now() % 1e6) * 100 + numbers++).padStart(8, '0')}`;

let clinic: Clinic;
let patient: Patient;
let phone: string;
beforeAll(async () => {
  clinic = await Clinic.open();
  phone = aNumber();
  patient = await Patient.enrol(clinic, { phone, withoutBox: true });
});

async function at(browser: BrowserSession, path: string, body: unknown) {
  return await browser.post(`/api/auth/${path}`, body, csrf);
}
const stateOf = (answer: { body: unknown }) => z.parse(Step, answer.body).state;
/** The digits of the newest message to somebody. */
async function codeFor(to: string): Promise<string> {
  const letters = await local.outbox({ to });
  return /\b\d{6}\b/.exec(letters.at(-1)?.text ?? '')?.[0] ?? `no code came to ${to}`;
}
/** A code may be asked for again after half a minute. */
const pause = () => local.advance('PT31S');
/** Staff are told in working hours; files of tests before this one may have left the clock at night. */
async function atWork(): Promise<void> {
  const { now } = await local.clock();
  const hour = new Date(Date.parse(now) + 5.5 * 3_600_000).getUTCHours();
  if (hour < 9 || hour > 15) await local.goTo('10:00', 'Asia/Kolkata', { ticks: 'quarters' });
}

async function registered(card: string, contact: Record<string, string>, to: string): Promise<Person> {
  const browser = new BrowserSession();
  const asked = await at(browser, 'register', { card, ...contact });
  const done = await at(browser, 'register/confirm', { state: stateOf(asked), code: await codeFor(to), password });
  expect(z.parse(Step, done.body).step).toBe('done');
  return new Person('Patient', card, password);
}

describe('a patient', () => {
  it('makes an account with the card and the code that comes by SMS, and signs in with a password', async () => {
    const person = await registered(patient.code, { phone }, phone);
    const me = await person.get('/api/identity/me', Me);
    expect(me).toMatchObject({ roles: ['patient'], patientId: patient.patientId });
  });

  it('or signs in with a code by SMS alone', async () => {
    await pause();
    const browser = new BrowserSession();
    const asked = await at(browser, 'phone', { phone });
    const done = await at(browser, 'phone/confirm', { state: stateOf(asked), code: await codeFor(phone) });
    expect(done.body).toMatchObject({ step: 'done', viewer: { patientId: patient.patientId } });
  });

  it('makes an account with an e-mail address by what the clinic read out', async () => {
    const other = await Patient.enrol(clinic, { withoutBox: true });
    const path = `/api/identity/patients/${other.patientId}/activation`;
    const { activation } = await clinic.nurse.does('POST', path, {}, ActivationView);
    const email = `patient.${tag}@home.example`;
    const person = await registered(other.code, { email, activation }, email);
    expect(await person.get('/api/identity/me', Me)).toMatchObject({ patientId: other.patientId, email });
  });

  it('forgets the password, sets another by a code, and is signed out where the old one was used', async () => {
    await pause();
    const old = new Person('Patient', patient.code, password);
    await old.signIn();
    const browser = new BrowserSession();
    const asked = await at(browser, 'forgot', { name: patient.code });
    const code = await codeFor(phone);
    const changed = { state: stateOf(asked), code, password: 'nadi aur pahad 43' };
    expect((await at(browser, 'forgot/confirm', changed)).status).toBe(204);
    expect((await at(browser, 'sign-in', { name: patient.code, password })).status).toBe(401);
    expect((await at(old.browser, 'refresh', {})).status).toBe(401);
    const again = new Person('Patient', patient.code, changed.password);
    await again.signIn();
    const back = { password: changed.password, newPassword: password };
    expect((await again.ask('PUT', '/api/identity/me/password', back)).status).toBe(204);
  });

  it('invites who helps by a link; the number to call is there only when that was turned on', async () => {
    const person = new Person('Patient', patient.code, password);
    const email = `sister.${tag}@home.example`;
    const sees = { medicines: false, diagnosis: false, history: false, phone: true };
    const input = { supporterId: `sup-${tag}`, name: 'Anjali', email, invite: true, sees };
    const supporters = `/api/identity/patients/${patient.patientId}/supporters`;
    await person.does('POST', supporters, input, Anything);
    const token = /join#([\w-]+)/.exec((await local.outbox({ to: email })).at(-1)?.text ?? '')?.[1];
    const browser = new BrowserSession();
    expect((await at(browser, 'join', { token, name: 'Anjali', password })).body).toMatchObject({ step: 'done' });
    const sister = new Person('Anjali', email, password);
    const today = `/api/treatment/patients/${patient.patientId}/today`;
    expect((await sister.get(today, TodayView)).patientPhone).toBe(phone);
    await person.does('PATCH', `${supporters}/${input.supporterId}`, { sees: { ...sees, phone: false } }, Anything);
    expect((await sister.get(today, TodayView)).patientPhone).toBeUndefined();
    expect((await person.ask('DELETE', `${supporters}/${input.supporterId}`)).status).toBe(204);
    expect((await sister.ask('GET', today)).status).toBe(403);
  });
});

describe('a patient who takes back a consent', () => {
  it('to the box holds none any more, and the nurse is asked to fetch it', async () => {
    const number = aNumber();
    const one = await Patient.enrol(clinic, { phone: number });
    const person = await registered(one.code, { phone: number }, number);
    const consents = `/api/identity/patients/${one.patientId}/consents`;
    const { consents: all } = await person.get(consents, ConsentsView);
    const withdraw = `${consents}/${all[0]?.consentId}/withdraw`;
    const taken = await person.does('POST', withdraw, { purposes: ['box'] }, ConsentView);
    expect(taken).toMatchObject({ withdrawnPurposes: ['box'], boxToFetch: one.boxPapers.boxId });
    await local.idle();
    const box = await clinic.nurse.get(`/api/devices/patients/${one.patientId}/box`, z.looseObject({}));
    expect(box).not.toHaveProperty('boxId');
    const { boxes } = await worklist(clinic);
    expect(boxes).toContainEqual(
      expect.objectContaining({ reason: { key: 'consent-withdrawn', params: { boxId: one.boxPapers.boxId } } }),
    );
  });
});

describe('signing out', () => {
  const isClosing = (message: unknown) => z.safeParse(z.object({ type: z.literal('closing') }), message).success;

  it('everywhere closes the open screen, and no token of before opens another', async () => {
    const person = new Person('Patient', patient.code, password);
    const page = await person.opensPage();
    const token = person.browser.accessToken ?? '';
    const everywhere = await person.browser.post('/api/identity/me/sign-out-everywhere', {}, csrf);
    expect(everywhere.status).toBe(204);
    await page.hear(isClosing);
    await page.closing();
    await expect(LiveSocket.open(['careconnect.v1', token])).rejects.toThrow(/refused with 40[13]/);
    expect((await person.browser.get('/api/identity/me')).status).toBe(401);
    expect((await at(person.browser, 'refresh', {})).status).toBe(401);
  });

  it('one device closes that device, though its token has minutes left, and leaves the other', async () => {
    // Tokens from the second of a sign-out everywhere do not count.
    await local.advance('PT2S');
    const [here, there] = [new Person('Here', patient.code, password), new Person('There', patient.code, password)];
    await there.signIn();
    const page = await there.opensPage();
    const { sessions } = await here.get('/api/identity/me/sessions', SessionsView);
    const other = sessions.find((session) => !session.current);
    expect((await here.ask('DELETE', `/api/identity/me/sessions/${other?.sessionId}`)).status).toBe(204);
    await page.closing();
    const left = there.browser.accessToken ?? '';
    await expect(LiveSocket.open(['careconnect.v1', left])).rejects.toThrow(/refused with 40[13]/);
    expect((await at(there.browser, 'refresh', {})).status).toBe(401);
    const stays = await LiveSocket.open(['careconnect.v1', here.browser.accessToken ?? '']);
    stays.close();
  });
});

describe('how staff are told', () => {
  const port = () => Number(new URL(new BrowserSession().origin).port) + 1;
  const aDevice = (id: string) => {
    const keys = createECDH('prime256v1');
    keys.generateKeys();
    return {
      endpoint: `http://127.0.0.1:${port()}/push/${id}`,
      keys: { p256dh: keys.getPublicKey('base64url'), auth: randomBytes(16).toString('base64url') },
      name: 'Test',
    };
  };

  it('by push on a device that opted in; one that is gone is forgotten', async () => {
    await atWork();
    const devices = '/api/notifications/push-subscriptions';
    await clinic.nurse.does('POST', devices, aDevice(`nurse-${tag}`), PushDevice);
    await clinic.nurse.does('POST', devices, aDevice(`gone-${tag}`), PushDevice);
    const said = { evidenceId: `cannot-${tag}`, localDate: '2026-11-30', slot: 'day', reason: 'side-effect' };
    const { slots, localDate } = await clinic.nurse.get(
      `/api/treatment/patients/${patient.patientId}/today`,
      TodayView,
    );
    const input = { ...said, localDate, slot: slots[0]?.name ?? 'day' };
    const person = new Person('Patient', patient.code, password);
    await person.does('POST', `/api/treatment/patients/${patient.patientId}/cannot-take`, input, Anything);
    await local.idle();
    expect(await local.outbox({ service: 'push', to: aDevice(`nurse-${tag}`).endpoint })).toHaveLength(1);
    const kept = (await clinic.nurse.get('/api/notifications/preferences', PreferencesView)).devices;
    expect(kept).toHaveLength(1);
    expect((await clinic.nurse.ask('DELETE', `${devices}/${kept[0]?.subscriptionId}`)).status).toBe(204);
    expect((await clinic.nurse.get('/api/notifications/preferences', PreferencesView)).devices).toEqual([]);
  });

  it('by the team’s topic: pending until confirmed by the person, removed when they leave', async () => {
    const topic = `/api/notifications/teams/${clinic.teamId}/topic`;
    const input = { protocol: 'email', endpoint: `alerts.${tag}@clinic.example`, severities: ['red'] };
    expect((await clinic.nurse.get(topic, TopicView)).state).toBe('none');
    expect((await clinic.nurse.does('PUT', topic, input, TopicView)).state).toBe('pending');
    const [letter] = await local.outbox({ service: 'sns', to: input.endpoint });
    expect(letter).toMatchObject({ status: 'pending' });
    await fetch(letter?.confirmUrl ?? '');
    expect((await clinic.nurse.get(topic, TopicView)).state).toBe('confirmed');
    const arn = z.parse(z.string(), letter?.subscriptionArn);
    await fetch(`${new BrowserSession().origin}/local/sns/unsubscribe?subscription=${encodeURIComponent(arn)}`);
    expect((await clinic.nurse.get(topic, TopicView)).state).toBe('removed');
  });
});

describe('at the door', () => {
  it('stands whom to call for help', async () => {
    const answer = await new BrowserSession().get('/clinic.json');
    expect(answer.body).toMatchObject({ name: expect.any(String), helpPhone: expect.stringMatching(/^\+91/) });
  });
});
