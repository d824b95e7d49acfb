import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { MedicationPlan } from '../../../functions/treatment/contract.ts';
import { type Screen, violations } from '../support/axe.ts';
import { closeBrowser, noBrowser } from '../support/browser.ts';
import { Clinic } from '../support/clinic.ts';
import { local } from '../support/local.ts';
import { Patient, today } from '../support/patient.ts';
import { someNumber, Visitor } from '../support/visitor.ts';

const missing = await noBrowser();
if (missing) console.warn(missing);
const screens = (...paths: (string | Screen)[]) => paths.map((one) => (typeof one === 'string' ? { path: one } : one));

// Two people at once: looking keeps one core busy, and there are two.
describe.skipIf(missing).concurrent('every screen, by axe', { timeout: 240_000 }, () => {
  const number = someNumber();
  let clinic: Clinic;
  let athome: Patient;
  let known: Patient;
  let done: Patient;
  let boxless: Patient;

  beforeAll(async () => {
    clinic = await Clinic.open();
    athome = await Patient.enrol(clinic, { name: 'Sita Hembrom', phone: number });
    done = await Patient.enrol(clinic, { name: 'Jitni Minz', withoutBox: true });
    boxless = await Patient.enrol(clinic, { name: 'Lakhan Ekka', withoutBox: true });
    known = await Patient.enrol(clinic, { name: 'Birsa Oraon', start: await today(-3) });
    await known.opensBox();
    await missedYesterday(clinic, known);
  });
  afterAll(async () => await closeBrowser());

  it('at the door', async () => {
    await visit(async (visitor) => {
      await visitor.open('/');
      const staff = { path: '/', press: ['.tray.who label:nth-of-type(2)'] };
      expect(await violations(visitor, screens('/', '/register', '/forgot', '/o#abc', staff))).toEqual([]);
    });
  });

  it('of a patient and of who helps them', async () => {
    let invitation = '';
    await visit(async (visitor) => {
      await visitor.registers(athome, number);
      const own = screens(
        ...['/', '/calendar', '/messages', '/me', '/me/supporters', '/me/who-saw', '/me/devices', '/me/notifications'],
        ...['/me/consents', '/no-such-place', { path: '/me/supporters', press: ['button.btn.wide'] }],
        { path: '/', press: ['.cannot'] },
      );
      expect(await violations(visitor, own)).toEqual([]);
      invitation = await invitesHelper(visitor, athome);
    });
    await visit(async (visitor) => {
      await visitor.open(invitation);
      await visitor.type('Your name', 'Manoj');
      await visitor.press('Help');
      await visitor.link('Calendar').waitFor();
      const own = screens('/', '/calendar', '/messages', '/me', '/me/devices', '/me/notifications');
      expect(await violations(visitor, own)).toEqual([]);
    });
  });

  it('of a nurse', async () => {
    await visit(async (visitor) => {
      await visitor.signInAsStaff(clinic.nurse);
      const record = `/patients/${known.patientId}`;
      const own = screens(
        ...['/', '/patients', record, '/enrol', '/enrol?at=new', '/clinic-day', '/boxes', '/more', '/me'],
        ...['/team', { path: '/team', press: ['.sec .btn'] }],
        ...['/no-such-place', { path: '/', press: ['#yet .fold', '#boxes .fold'] }],
        { path: record, press: ['.pt-head .do > button'] },
        { path: record, press: ['.details-open'] },
        { path: record, press: ['.box-open', 'dialog .next button:last-child'] },
        { path: `/patients/${boxless.patientId}`, press: ['.box-open'] },
        ...[1, 2, 3, 4, 5, 8].map((item) => ({
          path: record,
          press: ['details.menu summary', `details.menu li:nth-child(${item}) button`],
        })),
      );
      expect(await violations(visitor, own)).toEqual([]);
    });
  });

  it('of a doctor who prescribes', async () => {
    await visit(async (visitor) => {
      await visitor.signInAsStaff(clinic.doctor);
      await stops(clinic, done);
      const plan = ['details.menu summary', 'details.menu li:nth-child(3) button'];
      // After the end of a treatment the menu begins with a new plan.
      const again = ['details.menu summary', 'details.menu li:first-child button'];
      const own = screens(
        { path: `/patients/${known.patientId}`, press: [...plan, 'dialog .seg button:nth-child(2)'] },
        { path: `/patients/${done.patientId}`, press: [...again, 'dialog .chip:last-child'] },
      );
      expect(await violations(visitor, own)).toEqual([]);
    });
  });

  it('of an administrator', async () => {
    await visit(async (visitor) => {
      await visitor.signInAsStaff(clinic.admin);
      const own = screens(
        ...[
          '/programme',
          '/teams',
          `/teams?at=${clinic.teamId}`,
          '/staff',
          '/box-store',
          '/quarantine',
          '/refusals',
          '/more',
        ],
        ...['/organisation', { path: '/organisation', press: ['.tree li:first-child .btn'] }],
        ...['/me', ...['/teams', '/staff', '/box-store'].map((path) => ({ path, press: ['.h-row .btn.go'] }))],
        ...[1, 2, 3].map((nth) => ({
          path: `/teams?at=${clinic.teamId}`,
          press: [`:nth-match(main header .btn, ${nth})`],
        })),
      );
      expect(await violations(visitor, own)).toEqual([]);
    });
  });
});

async function visit(look: (visitor: Visitor) => Promise<void>): Promise<void> {
  const visitor = await Visitor.arrive();
  try {
    await look(visitor);
  } finally {
    await visitor.leave();
  }
}

/** So that the nurse's lists and the patient's page have something in them. */
async function missedYesterday(clinic: Clinic, patient: Patient): Promise<void> {
  const localDate = await today(-1);
  const slot = (await patient.days(localDate, localDate)).days[0]?.slots[0]?.name;
  const missed = { kind: 'not-taken', evidenceId: crypto.randomUUID(), localDate, slot, reason: 'Said so by phone' };
  await clinic.doctor.does('POST', `/api/treatment/patients/${patient.patientId}/evidence`, missed, z.unknown());
  await local.idle();
}

async function stops(clinic: Clinic, { patientId }: Patient): Promise<void> {
  const path = `/api/treatment/patients/${patientId}/plans`;
  const { plans } = await clinic.doctor.get(path, z.object({ plans: z.array(MedicationPlan) }));
  const match = { 'if-match': `"${plans[0]?.version}"` };
  const answer = await clinic.doctor.ask('POST', `${path}/${plans[0]?.planId}/stop`, { reason: 'completed' }, match);
  expect(answer.status).toBe(200);
}

/** The patient asks somebody to help, who gets the link that this answers. */
async function invitesHelper(visitor: Visitor, patient: Patient): Promise<string> {
  const helper = someNumber();
  const token = await visitor.page.evaluate(async () => {
    const headers = { 'x-careconnect-csrf': '1', 'content-type': 'application/json' };
    const answer = await fetch('/api/auth/refresh', { method: 'POST', headers, body: '{}' });
    return String(Object(await answer.json()).accessToken);
  });
  const added = await visitor.page.request.post(`/api/identity/patients/${patient.patientId}/supporters`, {
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': crypto.randomUUID() },
    data: { supporterId: crypto.randomUUID(), name: 'Manoj', relation: 'husband', phone: helper, invite: true },
  });
  expect(added.status()).toBeLessThan(300);
  await local.idle();
  const [sms] = await local.outbox({ to: helper });
  return /\/join#\S+/.exec(sms?.text ?? '')?.[0] ?? '';
}
