import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { readCsv } from '../../support/read-csv.ts';
import { Box } from '../support/box.ts';
import { closeBrowser, noBrowser } from '../support/browser.ts';
import { Clinic } from '../support/clinic.ts';
import { local } from '../support/local.ts';
import { Patient, today } from '../support/patient.ts';
import { Visitor } from '../support/visitor.ts';

const missing = await noBrowser();
if (missing) console.warn(missing);
const Papers = z.object({ boxId: z.string(), certificatePem: z.string(), privateKeyPem: z.string() });

describe.skipIf(missing)('an administrator of a programme', () => {
  const tag = Date.now().toString(36);
  let clinic: Clinic;
  let other: Clinic;
  let admin: Visitor;
  /** Hours later: a desk that was left alone is locked. */
  const comesAgain = async () => {
    expect(admin.mishaps).toEqual([]);
    await admin.leave();
    admin = await Visitor.arrive();
    await admin.signInAsStaff(clinic.admin);
  };
  const atTheClinic = () => admin.page.getByLabel('Facility').selectOption(clinic.facilityId);

  beforeAll(async () => {
    clinic = await Clinic.open();
    // A second facility, so that there is one to choose.
    other = await Clinic.open();
    admin = await Visitor.arrive();
  });
  afterAll(async () => {
    expect(admin.mishaps).toEqual([]);
    await closeBrowser();
  });

  it('signs in, and reads first what only they can put right', async () => {
    await admin.signInAsStaff(clinic.admin);
    await admin.heading('Programme');
    await admin.heading('Alerts nobody owns');
    await admin.sees('Nobody was red.');
  });

  it('adds a facility below the country, and finds it where a facility is chosen', async () => {
    const name = `Block hospital ${tag}`;
    await admin.link('Organisation').click();
    await admin.press('Add below India');
    await admin.press('Facility');
    await admin.type('Name', name);
    const letter = () => String.fromCharCode(65 + Math.floor(Math.random() * 26));
    await admin.type('Three letters of its patient numbers', `${letter()}${letter()}${letter()}`);
    await admin.press('Save');
    await admin.page.getByRole('listitem').filter({ hasText: name }).getByText('Facility').waitFor();
    await admin.link('Teams').click();
    await admin.page.getByLabel('Facility').selectOption({ label: name });
    await admin.sees('No teams yet');
  });

  it('invites a colleague, who gets a code by e-mail', async () => {
    const email = `kiran.${tag}@clinic.example`;
    await admin.link('Staff').click();
    await admin.heading('Staff');
    await atTheClinic();
    await admin.press('Invite');
    await admin.type('Name', 'Kiran Horo');
    await admin.type('E-mail', 'kiran.clinic');
    await admin.press('Send the invitation');
    await admin.sees('That does not look like an e-mail address.');
    await admin.type('E-mail', email);
    await admin.page.getByLabel('Roles').selectOption('Health worker');
    await admin.press('Send the invitation');
    await admin.sees('Invitation is on its way.');
    await admin.page.getByRole('listitem').filter({ hasText: 'Kiran Horo' }).getByText('invited').waitFor();
    expect((await local.outbox({ to: email })).map(({ text }) => text)).toEqual([
      expect.stringMatching(/[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}/),
    ]);
  });

  it('makes a team with an owner', async () => {
    await admin.link('Teams').click();
    await atTheClinic();
    await admin.press('New team');
    await admin.type('Name', `Evening ${tag}`);
    await admin.press('Save');
    await admin.sees('Choose somebody.');
    await admin.page.getByLabel('Owner').selectOption(clinic.doctor.name);
    await admin.press('Save');
    await admin.page.getByRole('dialog').waitFor({ state: 'hidden' });
    await admin.link(`Evening ${tag}`).click();
    await admin.heading(`Evening ${tag}`);
    await admin.heading('When staff are told');
  });

  it('gives it members, hours and a cover, and takes a member away', async () => {
    const members = admin.page.getByRole('region', { name: 'Members' });
    await admin.press('Add a member');
    await admin.page.getByLabel('Who', { exact: true }).selectOption(clinic.nurse.name);
    await admin.page.getByRole('dialog').getByRole('button', { name: 'Add a member' }).click();
    await members.getByText(clinic.nurse.name).waitFor();

    await admin.press('Arrange cover');
    await admin.page.getByLabel('Who stands in').selectOption(clinic.nurse.name);
    const day = (await today(0)).slice(0, 10);
    await admin.type('Last day', day);
    await admin.page.getByRole('dialog').getByRole('button', { name: 'Arrange cover' }).click();
    await admin.sees(`${clinic.nurse.name} for ${clinic.doctor.name}`);
    await admin.sees(`Now: ${clinic.nurse.name}, who stands in`);
    await admin.press(`End the cover by ${clinic.nurse.name}`);
    await admin.sees('Nobody stands in for anybody.');

    await admin.press('Change hours');
    await admin.press('Remove Saturday from 09:00');
    await admin.type('Monday from', '10:30');
    await admin.press('The same every working day');
    await admin.press('Add a day off');
    await admin.type('Day', '2027-01-26');
    await admin.type('What for', 'Republic Day');
    await admin.page.getByLabel('Called outside these hours').selectOption(clinic.nurse.name);
    await admin.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await admin.sees(`Outside these hours ${clinic.nurse.name} is called for what cannot wait.`);
    await admin.page.getByRole('listitem').filter({ hasText: 'Friday' }).getByText('10:30–17:00').waitFor();
    await admin.page.getByRole('listitem').filter({ hasText: 'Saturday' }).getByText('closed').waitFor();

    await admin.press(`Remove ${clinic.nurse.name}`);
    await admin.sees(`Their open alerts go to ${clinic.doctor.name}.`);
    await admin.page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await admin.sees('Outside these hours nobody is called');
    await members.getByText(clinic.nurse.name).waitFor({ state: 'hidden' });
  });

  it('registers a box, and what is handed over once lets the box in', async () => {
    await admin.link('Boxes').click();
    await atTheClinic();
    await admin.press('Register a box');
    await admin.type('Code on the box', `CJ-${(Date.now() % 1e8).toString()}`);
    await admin.type('Model', 'CC-1');
    await admin.page.getByRole('dialog').getByRole('button', { name: 'Register a box' }).click();
    const [papers] = await Promise.all([
      admin.page.waitForEvent('download'),
      admin.link('Download certificate and key').click(),
    ]);
    const box = await Box.connect(z.parse(Papers, JSON.parse(await readFile(await papers.path(), 'utf8'))));
    await box.disconnect();
    await admin.press('Close');
    await admin.sees(box.papers.boxId);
  });

  it('reads who was turned away from what and why, and takes it along as a file', async () => {
    const { patientId } = await Patient.enrol(clinic, { withoutBox: true });
    expect((await other.nurse.ask('GET', `/api/identity/patients/${patientId}`)).status).toBe(403);
    await local.idle();
    await admin.goTo('/programme');
    await admin.sees(`Last: ${other.nurse.name}`);
    await admin.link('Who was refused what').click();
    await admin.heading('What was refused');
    const line = admin.page.getByRole('listitem').filter({ hasText: patientId });
    await line.getByText('Open a record · a patient’s record').waitFor();
    await line.getByText('Not theirs: not their team, patient or facility.').waitFor();
    const { name, text } = await admin.saves(() => admin.press('As a file'));
    expect(name).toMatch(/^refusals-\d{4}-\d\d-\d\d\.csv$/);
    const [, newest] = readCsv(text);
    expect(newest?.slice(1, 4)).toEqual([other.nurse.name, other.nurse.userId, 'Nurse']);
    expect(newest).toContain(patientId);
  });

  it('sees which facility’s boxes fell silent together, since when, and that it is over', async () => {
    const far = await Clinic.open();
    const patients = [];
    for (const _ of [1, 2, 3]) patients.push(await Patient.enrol(far, { uploadIntervalHours: 1 }));
    const hourly = { uploadIntervalHours: 1 };
    for (const patient of patients) await patient.boxSends(await patient.event('heartbeat', hourly));
    // The night looks at every facility.
    await local.goTo('02:00', 'Asia/Kolkata', { ticks: 'hours' });
    await local.goTo('06:00', 'Asia/Kolkata', { ticks: 'quarters' });
    await comesAgain();
    const incidents = () => admin.page.getByRole('region', { name: 'Boxes silent together' });
    const line = () =>
      incidents()
        .getByRole('listitem')
        .filter({ hasText: far.facilityId.replace('org_', '') });
    await line().getByText('3 of 3 boxes are silent, since').waitFor();
    await line()
      .getByText(/^Probably the network or the power\. Messages to patients/)
      .waitFor();
    for (const patient of patients) await patient.boxSends(await patient.event('heartbeat', hourly));
    await local.advance('PT1H', { ticks: 'quarters' });
    await comesAgain();
    await incidents().getByRole('button', { name: /^Over/ }).click();
    await line().getByText('at last').waitFor();
  });
});
