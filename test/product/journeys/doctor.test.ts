import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { MedicationPlan } from '../../../functions/treatment/contract.ts';
import { closeBrowser, noBrowser } from '../support/browser.ts';
import { Clinic } from '../support/clinic.ts';
import { Patient, today } from '../support/patient.ts';
import { Visitor } from '../support/visitor.ts';

const missing = await noBrowser();
if (missing) console.warn(missing);
const Plans = z.object({ plans: z.array(MedicationPlan) });

describe.skipIf(missing)('a doctor who prescribes', () => {
  let clinic: Clinic;
  let patient: Patient;
  let doctor: Visitor;

  beforeAll(async () => {
    clinic = await Clinic.open();
    patient = await Patient.enrol(clinic, { templateId: 'daily-tablet', name: 'Budhni Kerketta' });
    doctor = await Visitor.arrive();
    await doctor.signInAsStaff(clinic.doctor);
    await doctor.goTo(`/patients/${patient.patientId}`);
    await doctor.heading(/^Budhni Kerketta/);
  });
  afterAll(async () => {
    expect(doctor.mishaps).toEqual([]);
    await closeBrowser();
  });

  const plans = async () => {
    const path = `/api/treatment/patients/${patient.patientId}/plans`;
    return (await clinic.doctor.does('GET', path, undefined, Plans)).plans;
  };
  const openPlan = async () => {
    await doctor.page.getByLabel('More', { exact: true }).click();
    await doctor.press('Plan');
    await doctor.page.getByRole('dialog').waitFor();
  };
  /** Answers of the plans that are read again come only when the test lets them: the screen has what the save said. */
  const withoutReadingAgain = async (act: () => Promise<void>) => {
    let go = () => {};
    const gone = new Promise<void>((done) => {
      go = done;
    });
    await doctor.page.route('**/plans', async (route) => {
      await gone;
      await route.continue();
    });
    await act();
    go();
    await doctor.settled();
    await doctor.page.unroute('**/plans');
  };

  it('changes the running plan: twice a day, half a tablet in the evening, and says why', async () => {
    await openPlan();
    await doctor.press('Change');
    await doctor.page.getByLabel('Dose', { exact: true }).selectOption('morning');
    await doctor.press('Another time');
    await doctor.page.getByLabel('Dose', { exact: true }).nth(1).selectOption('evening');
    await doctor.page.getByLabel('Time', { exact: true }).nth(1).fill('19:30');
    await doctor.type('How many: Evening', '0.3');
    await doctor.sees(/quarters are the smallest/);
    await doctor.type('How many: Evening', '0.5');
    await doctor.type('Why', 'Feels ill in the morning');
    await doctor.press('Save change');
    await doctor.page.getByRole('dialog').waitFor({ state: 'hidden' });
    const [version] = (await plans())[0]?.versions.slice(-1) ?? [];
    expect(version).toMatchObject({ n: 2, reason: 'Feels ill in the morning' });
    expect(version?.drugs[0]?.steps[0]?.doses).toEqual([
      { slot: 'morning', count: 1 },
      { slot: 'evening', count: 0.5 },
    ]);
  });

  it('pauses the plan, and takes back what was a mistake: no day of it stays on hold', async () => {
    const holds = async () => (await plans())[0]?.holds.length;
    await openPlan();
    await doctor.page.getByRole('button', { name: 'Hold', exact: true }).last().click();
    await doctor.sees('Why, in a few words?');
    await doctor.type('Why', 'Liver values');
    await withoutReadingAgain(async () => {
      await doctor.page.getByRole('button', { name: 'Hold', exact: true }).last().click();
      await doctor.page.getByRole('dialog').waitFor({ state: 'hidden' });
      expect(await holds()).toBe(1);
      await openPlan();
      await doctor.sees(/^On hold since/);
      await doctor.press('Take the hold back');
      await doctor.page.getByRole('dialog').waitFor({ state: 'hidden' });
      expect(await holds()).toBe(0);
      await openPlan();
      await doctor.page.getByRole('button', { name: 'Hold', exact: true }).last().waitFor();
    });
    expect(await doctor.page.getByText(/^On hold since/).count()).toBe(0);
    await doctor.page.keyboard.press('Escape');
  });

  it('writes a plan of their own after the first was stopped', async () => {
    const [{ planId, version } = { planId: '', version: 0 }] = await plans();
    const stop = `/api/treatment/patients/${patient.patientId}/plans/${planId}/stop`;
    const { status } = await clinic.doctor.ask(
      'POST',
      stop,
      { reason: 'stopped-by-clinician' },
      { 'if-match': `"${version}"` },
    );
    expect(status).toBe(200);
    await doctor.goTo('/');
    await doctor.goTo(`/patients/${patient.patientId}`);
    await doctor.settled();
    await openPlan();
    await doctor.press('Own plan');
    await doctor.type('Name of the plan', 'Prevention');
    await doctor.page.getByLabel('Medicine', { exact: true }).selectOption('isoniazid-300');
    await doctor.page.getByLabel('Step 1: on which days').selectOption('weekdays');
    await doctor.press('Monday');
    await doctor.press('Thursday');
    await doctor.type('How many: Day', '3');
    await doctor.type('First day', nextDay(await firstFree()));
    await doctor.press('Prescribe');
    await doctor.page.getByRole('dialog').waitFor({ state: 'hidden' });
    const own = (await plans()).find(({ title }) => title === 'Prevention');
    expect(own?.versions[0]?.drugs).toMatchObject([
      { medicine: 'isoniazid-300', steps: [{ repeat: { kind: 'weekdays', weekdays: [1, 4] }, doses: [{ count: 3 }] }] },
    ]);
  });

  it('makes up a gap from its advice: the plan ends a day later', async () => {
    const other = await Patient.enrol(clinic, { name: 'Somra Tirkey', start: await today(-1), withoutBox: true });
    const missed = { kind: 'not-taken', evidenceId: crypto.randomUUID(), reason: 'Counted the tablets at home' };
    const base = `/api/treatment/patients/${other.patientId}`;
    const body = { ...missed, localDate: await today(-1), slot: 'day' };
    await clinic.doctor.does('POST', `${base}/evidence`, body, z.unknown());
    await doctor.goTo(`/patients/${other.patientId}`);
    await doctor.heading('A gap of 1 day');
    await doctor.sees('The regimen may be reintroduced; add the missed doses to the end.');
    await doctor.press('Change the plan');
    const end = async () => (await clinic.doctor.does('GET', `${base}/plans`, undefined, Plans)).plans[0]?.end ?? '';
    const later = nextDay(await end());
    await doctor.type('Last day', later);
    await doctor.type('Why', 'One dose made up at the end');
    await doctor.press('Save change');
    await doctor.page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await end()).toBe(later);
  });

  const firstFree = async () => (await plans()).find(({ stopped }) => stopped)?.stopped?.on ?? '';
});

function nextDay(localDate: string): string {
  return new Date(Date.parse(localDate) + 86_400_000).toISOString().slice(0, 10);
}
