import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { agreedNow, ConsentsView, ConsentView } from '../../../functions/identity/contract.ts';
import { readCsv } from '../../support/read-csv.ts';
import { Box, type BoxPapers } from '../support/box.ts';
import { closeBrowser, noBrowser } from '../support/browser.ts';
import { Clinic } from '../support/clinic.ts';
import { local } from '../support/local.ts';
import { Patient, registerBox, today } from '../support/patient.ts';
import { desk, phone, someNumber, Visitor } from '../support/visitor.ts';

const missing = await noBrowser();
if (missing) console.warn(missing);
const PIN = '482913';

describe.skipIf(missing)('a nurse with a day’s work', () => {
  const number = someNumber();
  let clinic: Clinic;
  let patient: Patient;
  let nurse: Visitor;
  let papers: BoxPapers;

  beforeAll(async () => {
    clinic = await Clinic.open();
    patient = await Patient.enrol(clinic, { name: 'Asha Lakra', phone: number });
    papers = await registerBox(clinic);
    nurse = await Visitor.arrive();
    // What a person may wait for is measured here, not what happens when deliveries go wrong.
    await local.faults({ hostile: false });
  });
  /** A doctor counted the tablets: yesterday's dose was not taken. */
  const isMissed = async (of: Patient) => {
    const localDate = await today(-1);
    const slot = (await of.days(localDate, localDate)).days[0]?.slots[0]?.name;
    const missed = { kind: 'not-taken', evidenceId: crypto.randomUUID(), reason: 'Counted the tablets at home' };
    const path = `/api/treatment/patients/${of.patientId}/evidence`;
    await clinic.doctor.does('POST', path, { ...missed, localDate, slot }, z.unknown());
  };
  afterAll(async () => {
    expect(nurse.mishaps).toEqual([]);
    await closeBrowser();
    await local.faults({ hostile: true, seed: 7 });
  });

  it('signs in with password and authenticator, chooses a PIN, and nobody needs her', async () => {
    await nurse.signInAsStaff(clinic.nurse, PIN);
    await nurse.heading('Nobody needs you right now');
    await nurse.sees('Live');
  });

  it('sees at once, without reloading, that a patient cannot take the tablets, and answers in one tap', async () => {
    const sick = await Visitor.arrive(phone);
    await sick.registers(patient, number);
    await sick.press(/^I cannot take/);
    await sick.press('They make me feel ill');
    await sick.press('Tell my nurse');
    await sick.heading('You told us: not today');
    await nurse.heading('Needs me now', 5_000);
    await nurse.link('Asha Lakra').click();
    await nurse.press('Side effect');
    await nurse.sees('Done.');
    await nurse.link('Worklist').click();
    await nurse.heading('Nobody needs you right now');
    await sick.leave();
  });

  it('sees an alert arrive; is on it, writes what came of it and closes it: three taps', async () => {
    const other = await Patient.enrol(clinic, { name: 'Birsa Oraon', start: await today(-1), withoutBox: true });
    await isMissed(other);
    await nurse.heading('Needs me now', 5_000);
    await nurse.link('Birsa Oraon').click();
    await nurse.heading(/^Birsa Oraon/);
    await nurse.press('I’m on it');
    await nurse.press('Save and close');
    await nurse.sees('Choose one.');
    await nurse.press('Reached – taken late');
    await nurse.press('Save and close');
    await nurse.heading('No open alert');
    expect((await other.alerts()).before).toMatchObject([{ outcome: { kind: 'reached-taken-late' } }]);
  });

  it('takes that back with a key, offered over the head of a phone where nothing else is covered, and closes it again', async () => {
    const { page } = nurse;
    await page.setViewportSize(phone);
    const [offer, head] = [page.locator('.toast'), page.getByRole('banner')];
    expect(await offer.getByRole('button', { name: 'Undo' }).getAttribute('aria-keyshortcuts')).toBe(
      'Control+Z Meta+Z',
    );
    await page.evaluate(() => scrollTo(0, 300));
    expect(await offer.boundingBox()).toMatchObject({ x: 0, y: 0, width: phone.width });
    expect((await offer.boundingBox())?.height).toBeLessThanOrEqual((await head.boundingBox())?.height ?? 0);
    await page.keyboard.press('Control+z');
    await page.getByRole('button', { name: 'Save and close' }).waitFor();
    expect(await offer.count()).toBe(0);
    await nurse.press('Reached – taken late');
    await nurse.press('Save and close');
    await nurse.heading('No open alert');
    await page.setViewportSize(desk);
  });

  it('reads what the day without a dose means by the rules, on paper too, and what the patient was sent', async () => {
    const { page } = nurse;
    await nurse.heading('A gap of 1 day');
    await nurse.sees('Do not make up the missed loading dose; continue.');
    await nurse.sees('This is advice. A doctor decides. Write them a note.');
    expect(await page.getByRole('button', { name: 'Change the plan' }).count()).toBe(0);
    await page.emulateMedia({ media: 'print' });
    await nurse.sees(/^bdq-loading-missed, version 1/);
    await page.emulateMedia({ media: null });
    await page.getByLabel('More').click();
    await nurse.press('Messages sent');
    await nurse.heading('Nothing was sent yet');
    await page.keyboard.press('Escape');
  });

  it('takes the doses of that patient, and then her caseload, with her as files', async () => {
    const code = (await nurse.page.locator('h1 small').textContent())?.split(' ').at(-1);
    await nurse.page.getByLabel('More').click();
    const doses = await nurse.saves(() => nurse.press('Doses as a file'));
    expect(doses.name).toBe(`doses-${code}-${await today()}.csv`);
    expect(readCsv(doses.text).map((line) => line.slice(0, 6))).toEqual([
      ['Date', 'Dose', 'Planned for', 'Status', 'More exactly', 'Evidence'],
      [await today(-1), 'Day', '08:00', 'Missed (confirmed)', '', 'Confirmed: not taken'],
      [await today(), 'Day', '08:00', 'Not yet', '', ''],
    ]);
    await nurse.link('Patients').click();
    const caseload = await nurse.saves(() => nurse.press('Export'));
    const [head, ...lines] = readCsv(caseload.text);
    expect(head?.slice(0, 3)).toEqual(['Medical ID', 'Name', 'Plan']);
    expect(lines.map((line) => line.slice(0, 2))).toEqual([
      [patient.code, 'Asha Lakra'],
      [code, 'Birsa Oraon'],
    ]);
    await nurse.sees('2 patients saved as');
  });

  it('prints a record that is light on paper, and a card of the size of a bank card without a word of the illness', async () => {
    const { page } = nurse;
    await nurse.link('Asha Lakra').click();
    await nurse.heading(/^Asha Lakra/);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await nurse.sees(`by ${clinic.nurse.name}`);
    await nurse.sees(patient.code);
    // Nothing to press: of the periods stands the one that the numbers are of.
    expect(await page.getByRole('button').filter({ visible: true }).allTextContents()).toEqual(['28 days']);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('light');
    await page.emulateMedia({ media: null, colorScheme: null });
    await page.getByLabel('More').click();
    await nurse.press('Print card');
    const card = page.getByRole('article', { name: 'Card of Asha Lakra' });
    await card.getByText(patient.code).waitFor();
    // A code's letters stand for nothing: they are drawn anew in each run.
    expect((await card.textContent())?.replace(patient.code, ' ')).not.toMatch(/BPaL|tubercul|\bTB\b/);
    await page.emulateMedia({ media: 'print' });
    const { width, height } = (await card.boundingBox()) ?? {};
    const millimetres = (pixels = 0) => Math.round((pixels / 96) * 254) / 10;
    expect([millimetres(width), millimetres(height)]).toEqual([85.6, 54]);
    expect(await page.getByRole('heading').filter({ visible: true }).count()).toBe(0);
    await page.emulateMedia({ media: null });
    await nurse.press('Close');
    await nurse.goTo('/');
  });

  it('has an alert before a colleague who presses too: who is told so, and sees at once that it is closed', async () => {
    const other = await Patient.enrol(clinic, { name: 'Etwari Bhagat', start: await today(-1), withoutBox: true });
    const colleague = await Visitor.arrive();
    // The colleague's screen hears nothing for a while, as one whose news is still under way.
    let isDeaf = true;
    await colleague.page.routeWebSocket(/\/ws/, (socket) => {
      const server = socket.connectToServer();
      server.onMessage((message) => isDeaf || socket.send(message));
    });
    await colleague.signInAsStaff(clinic.doctor);
    await isMissed(other);
    for (const one of [nurse, colleague]) {
      await one.goTo(`/patients/${other.patientId}`);
      await one.heading(/^Etwari Bhagat/);
      await one.page.getByRole('button', { name: 'I’m on it' }).waitFor();
    }
    await nurse.press('I’m on it');
    await nurse.sees('It is yours now.');
    await colleague.press('I’m on it');
    await colleague.sees(new RegExp(`^${clinic.nurse.name} is on it since`));
    isDeaf = false;
    await nurse.press('Reached – taken late');
    await nurse.press('Save and close');
    await colleague.heading('No open alert', 5_000);
    expect(colleague.mishaps).toEqual([]);
    await colleague.leave();
  });

  it('writes down where a patient lives now and when they may be called', async () => {
    await nurse.goTo('/patients');
    await nurse.link('Etwari Bhagat').click();
    await nurse.press('Details');
    await nurse.press('Own phone');
    await nurse.type('Phone number', '98');
    await nurse.press('Save');
    await nurse.sees('That does not look like a phone number.');
    await nurse.type('Phone number', '9431180077');
    await nurse.type('Safe from', '10:00');
    await nurse.type('to', '12:00');
    await nurse.type('Village or street', 'Toto, Raidih');
    await nurse.press('Save');
    await nurse.page.getByRole('dialog').waitFor({ state: 'hidden' });
    await nurse.sees('Toto, Raidih');
    await nurse.sees('safe 10:00–12:00');
  });

  it('is told what is missing when she sets somebody away, and then it is set', async () => {
    await nurse.press('Away');
    await nurse.press('Set away');
    await nurse.sees('Choose one.');
    await nurse.press('Admitted');
    await nurse.press('Set away');
    await nurse.sees('Away is set.');
    await nurse.page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  it('finds her team, and asks a colleague to stand in for her tomorrow', async () => {
    const tomorrow = await today(1);
    await nurse.goTo('/me');
    await nurse.link(/^Team /).click();
    await nurse.sees(`Now: ${clinic.nurse.name}`);
    await nurse.press('Arrange cover');
    await nurse.page.getByLabel('Who stands in').selectOption(clinic.doctor.name);
    await nurse.type('First day', tomorrow);
    await nurse.type('Last day', tomorrow);
    await nurse.page.getByRole('dialog').getByRole('button', { name: 'Arrange cover' }).click();
    await nurse.sees(`${clinic.doctor.name} for ${clinic.nurse.name}`);
    await nurse.press(`End the cover by ${clinic.doctor.name}`);
    await nurse.sees('Nobody stands in for anybody.');
  });

  it('stands in for another team: sees that it needs her, turns to its patients and back to her own', async () => {
    const hills = await clinic.besides('Hill villages');
    const far = await Patient.enrol(hills, { name: 'Silas Munda', start: await today(-1), withoutBox: true });
    await isMissed(far);
    const { now } = await local.clock();
    const cover = { coverId: crypto.randomUUID(), forUserId: clinic.doctor.userId, byUserId: clinic.nurse.userId };
    const dates = { from: now, to: new Date(Date.parse(now) + 86_400_000).toISOString() };
    await clinic.doctor.does(
      'POST',
      `/api/organisations/teams/${hills.teamId}/covers`,
      { ...cover, ...dates },
      z.unknown(),
    );
    await nurse.open('/');
    await nurse.page.getByRole('group', { name: 'Whose patients' }).getByText('Hill villages until').click();
    await nurse.link('Silas Munda').waitFor();
    await nurse.open('/patients');
    await nurse.link('Silas Munda').waitFor();
    expect(await nurse.link('Asha Lakra').count()).toBe(0);
    await nurse.page
      .getByRole('group', { name: 'Whose patients' })
      .getByText(/^Team /)
      .click();
    await nurse.link('Asha Lakra').waitFor();
  });

  it('leaves the desk and comes back with six digits', async () => {
    await nurse.goTo('/me');
    await nurse.press('Leave the desk');
    await nurse.heading(/^Good (morning|afternoon|evening), nurse/);
    await nurse.type('Your shift PIN', PIN);
    await nurse.link('Worklist').waitFor();
  });

  it('enrols somebody at the bedside', async () => {
    const { page } = nurse;
    await nurse.goTo('/');
    await nurse.link('Enrol').click();
    await nurse.link('Enrol somebody new').click();
    await nurse.type('Name', 'Sarita Kumari');
    await nurse.type('Age in years', '34');
    await nurse.press('woman');
    await nurse.press('Next');
    await nurse.heading('Consent');
    await nurse.press('On paper');
    await nurse.press('Next');
    await nurse.heading('Plan');
    await nurse.press(/2HRZE/);
    await page.getByLabel('Weight in kg').fill('52');
    await nurse.press('Next');
    await nurse.type('Code on the box', papers.boxId);
    await nurse.press('Next');
    await nurse.heading('Reach');
    await nurse.press('No phone');
    await nurse.press('Next');
    await nurse.heading('Open the box now');
    await nurse.sees(`Listening to ${papers.boxId}`);
  });

  it('gives another box when nothing happens, and adds to the consent that somebody helps', async () => {
    const other = await registerBox(clinic);
    await nurse.press('Nothing happens');
    await nurse.press('Give another box');
    await nurse.sees(`The patient has ${papers.boxId}.`);
    await nurse.type('Code on the box', other.boxId);
    await nurse.press('Next');
    await nurse.heading('Open the box now');
    await nurse.sees(`Listening to ${other.boxId}`);
    papers = other;
    await nurse.press(/^Consent/);
    await nurse.sees('What they agree to now is added');
    await nurse.page.getByLabel('People who help').check();
    await nurse.press('Next');
    await nurse.heading('Open the box now');
  });

  it('no longer shows as agreed what was taken back on the patient’s page meanwhile, and takes it anew', async () => {
    const { page } = nurse;
    const consents = `/api/identity/patients/pat_${new URL(page.url()).searchParams.get('at')}/consents`;
    const messages = page.getByLabel('Messages', { exact: true });
    await nurse.press(/^Consent/);
    await nurse.sees('What they agree to now is added');
    expect([await messages.isChecked(), await messages.isDisabled()]).toEqual([true, true]);
    const [newest] = (await clinic.nurse.get(consents, ConsentsView)).consents;
    await clinic.nurse.does(
      'POST',
      `${consents}/${newest?.consentId}/withdraw`,
      { purposes: ['messages'] },
      ConsentView,
    );
    await nurse.sees('Taken back on the patient’s page: Messages.');
    expect([await messages.isChecked(), await messages.isDisabled()]).toEqual([false, false]);
    await messages.check();
    await nurse.press('Next');
    await nurse.heading('Open the box now');
    expect(agreedNow((await clinic.nurse.get(consents, ConsentsView)).consents)).toContain('messages');
  });

  it('asks to open the box, and the screen shows within two seconds that it was opened', async () => {
    const box = await Box.connect(papers);
    await box.report({
      ...{ v: 1, bootId: 'bedside', seq: 0, kind: 'opening', deviceTime: (await local.clock()).now, uptimeMs: 60_000 },
      ...{ durationMs: 4_000, batteryMillivolts: 3_900, signalDbm: -71, uploadIntervalHours: 12 },
    });
    const opened = performance.now();
    await nurse.sees(`Heard ${papers.boxId}. It works.`);
    expect(performance.now() - opened).toBeLessThan(2_000);
    await box.disconnect();
    await nurse.press('Finish');
    await nurse.heading(/^Sarita Kumari/);
    await nurse.sees(papers.boxId);
  });

  it('takes back the box of one patient, and gives it to another who says yes to one', async () => {
    const { boxId } = patient.boxPapers;
    const other = await Patient.enrol(clinic, { name: 'Chandu Tirkey', withoutBox: true });
    const consents = `/api/identity/patients/${other.patientId}/consents`;
    const [consent] = (await clinic.nurse.get(consents, ConsentsView)).consents;
    const no = { purposes: ['box'] };
    await clinic.nurse.does('POST', `${consents}/${consent?.consentId}/withdraw`, no, ConsentView);
    const dialog = nurse.page.getByRole('dialog');
    await nurse.goTo(`/patients/${patient.patientId}`);
    await nurse.press('Take the box back');
    await nurse.press(`Take ${boxId} back`);
    await nurse.sees('Choose one.');
    await nurse.press('Box is here');
    await nurse.press(`Take ${boxId} back`);
    await nurse.sees(`${boxId} is back. It can be given to somebody else.`);
    await nurse.sees('They have no pill box.');
    await nurse.goTo(`/patients/${other.patientId}`);
    await nurse.press('Give a box');
    await nurse.sees('Chandu Tirkey has not agreed to a pill box.');
    await nurse.press('They agree; I heard it');
    await nurse.type('Code on the box', 'CT-000');
    await dialog.getByRole('button', { name: 'Give a box' }).click();
    await nurse.sees('Your clinic has no box with this code.');
    await nurse.type('Code on the box', boxId.toLowerCase());
    await dialog.getByRole('button', { name: 'Give a box' }).click();
    await nurse.sees(`Chandu Tirkey has ${boxId} now.`);
    await nurse.page.getByRole('button', { name: 'Take the box back' }).waitFor();
  });
});
