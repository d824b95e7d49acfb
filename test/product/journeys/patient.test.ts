import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeBrowser, noBrowser } from '../support/browser.ts';
import { Clinic } from '../support/clinic.ts';
import { local } from '../support/local.ts';
import { Patient, today } from '../support/patient.ts';
import { codeTo, phone, someNumber, Visitor } from '../support/visitor.ts';

const missing = await noBrowser();
if (missing) console.warn(missing);

describe.skipIf(missing)('a patient with a phone', () => {
  const number = someNumber();
  let patient: Patient;
  let visitor: Visitor;
  const evidence = async () => {
    const date = await today();
    const { days } = await patient.days(date, date);
    return days[0]?.slots[0]?.evidence.map(({ kind }) => kind) ?? [];
  };

  beforeAll(async () => {
    patient = await Patient.enrol(await Clinic.open(), { phone: number });
    visitor = await Visitor.arrive(phone);
  });
  afterAll(async () => {
    expect(visitor.mishaps).toEqual([]);
    await closeBrowser();
  });

  it('makes an account with the card, and meets one card about now', async () => {
    await visitor.registers(patient, number);
    await visitor.heading(/^Take \d+ (pills|tablets)/);
    const weekday = new Date(await today()).toLocaleDateString('en-IN', { weekday: 'long', timeZone: 'UTC' });
    await visitor.sees(weekday);
  });

  it('says what was taken without a network; it is kept, seen, and sent once', async () => {
    const { page, context } = visitor;
    await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
    await page.reload();
    await visitor.heading(/^Take/);
    await context.setOffline(true);
    await page.reload();
    await visitor.heading(/^Take/);
    await visitor.press(/^I took/);
    await visitor.heading('You told us: taken');
    await visitor.sees('No network. 1 thing is kept on this phone.');
    await visitor.press('Look');
    await visitor.heading('Kept on this phone');
    await visitor.press('Close');
    expect(await evidence()).toEqual([]);
    await context.setOffline(false);
    await page.getByText('kept on this phone').waitFor({ state: 'hidden', timeout: 20_000 });
    await expect.poll(evidence, { timeout: 10_000 }).toEqual(['taken']);
    await page.reload();
    await visitor.heading('You told us: taken');
    await local.idle();
    expect(await evidence()).toEqual(['taken']);
  });

  it('reads that the clinic heard, and finds the day in the calendar', async () => {
    await visitor.heading('The clinic heard you');
    await visitor.link('Calendar').click();
    await visitor.sees(/^Taken/);
    const day = Number((await today()).slice(8));
    await visitor.page.getByRole('button', { name: new RegExp(`\\b${day}\\b.*You told us`) }).waitFor();
  });

  it('prints the month with a word in each day and nothing to press', async () => {
    const { page } = visitor;
    await page.getByRole('button', { name: 'Print this month' }).waitFor();
    await page.emulateMedia({ media: 'print' });
    await page.getByRole('table').getByText('You told us', { exact: true }).waitFor();
    expect(await page.getByRole('navigation').filter({ visible: true }).count()).toBe(0);
    await page.emulateMedia({ media: null });
  });

  it('changes it: cannot take them, with the reason', async () => {
    await visitor.link('Today').click();
    await visitor.press('Pressed by mistake? Change it');
    await visitor.press('I vomited');
    await visitor.page.getByLabel('Anything else?').fill('Since breakfast');
    await visitor.press('Tell my nurse');
    await visitor.heading('You told us: not today');
    await visitor.sees('You said “I vomited”.');
  });

  it('signs out, and comes back with a code to the phone', async () => {
    await visitor.link('Me').click();
    await visitor.press('Sign out');
    await visitor.heading('Your phone number');
    // A number gets one code a minute.
    await local.advance('PT1M');
    await visitor.type('Phone number', number.replace('+91', ''));
    await visitor.press('Send the code');
    await visitor.page.getByLabel('Code of 6 digits').waitFor();
    await visitor.type('Code of 6 digits', await codeTo(number));
    await visitor.link('Calendar').waitFor();
  });

  it('opens a link to help that came without its end, and reads what to do', async () => {
    const helper = await Visitor.arrive(phone);
    await helper.page.goto('/join');
    await helper.heading('This link no longer works');
    await helper.link('Back to sign-in').click();
    await helper.heading('Your phone number');
    await helper.leave();
  });
});
