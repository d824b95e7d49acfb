import { beforeEach, describe, expect, it } from 'vitest';
import { allocateBox } from '../../functions/devices/allocate.ts';
import { registerBox } from '../../functions/devices/register.ts';
import { readHolds } from '../../functions/devices/store.ts';
import { changeProfile } from '../../functions/identity/change-profile.ts';
import { readConsents } from '../../functions/identity/consent-store.ts';
import { agreedPurposes } from '../../functions/identity/consents.ts';
import type { ConsentInput, EnrolRequest, Who } from '../../functions/identity/contract.ts';
import { enrolmentOf, enrolPatient, finishEnrolment, openEnrolments } from '../../functions/identity/enrol-patient.ts';
import { readEnrolment } from '../../functions/identity/enrolment-store.ts';
import { readMedicalCode } from '../../functions/identity/medical-code.ts';
import { patientProfile } from '../../functions/identity/patient-profile.ts';
import { withdrawConsent } from '../../functions/identity/withdraw-consent.ts';
import { handOver } from '../../functions/organisations/hand-over.ts';
import { decide } from '../../functions/shared/access.ts';
import { readAccessCard } from '../../functions/shared/access-store.ts';
import { situation } from '../../functions/treatment/situation.ts';
import { stopTreatment } from '../../functions/treatment/stop-treatment.ts';
import { aRegistry } from '../devices/support/given.ts';
import { aClinic, type Clinic } from '../organisations/support/clinic.ts';
import { meanwhile } from '../support/meanwhile.ts';

let clinic: Clinic;
beforeEach(async () => {
  clinic = await aClinic();
});

const who: Who = {
  name: 'Shivnarayan Lakshminarasimhan Hembrom',
  age: { kind: 'years', years: 29 },
  sex: 'male',
  language: 'hi',
};
const consent: ConsentInput = {
  consentId: 'con_0001',
  way: 'spoken',
  textVersion: '2026-1',
  language: 'hi',
  purposes: ['treatment', 'box', 'messages'],
};
const asMeera = async () => clinic.as(await clinic.actor(clinic.meera));
const todaysPlan = async (patientId: string) => (await situation(clinic.world, patientId, 0))?.plan;
const enrol = async (given: EnrolRequest, enrolmentId = 'bedside-1') =>
  await enrolPatient(await asMeera(), { teamId: 'team_a', enrolmentId, given });

describe('enrolment at the bedside', () => {
  it('needs no phone and no e-mail, and gives a code with a check character', async () => {
    const done = await enrol({ who, consent: consent });
    expect(done.steps).toMatchObject({ who: 'done', consent: 'done', plan: 'empty', box: 'empty' });
    expect(readMedicalCode(done.code ?? '')).toBe(done.code);
    expect(done.code).toMatch(/^GUM-\d{4}-[0-9A-Z]$/);
    const profile = await patientProfile(clinic.world, done.patientId ?? '');
    expect(profile).toMatchObject({ name: who.name, zone: 'Asia/Kolkata', reach: { use: 'none' }, teamId: 'team_a' });
  });

  it('keeps what was typed when the sitting is broken off, and makes no patient without consent', async () => {
    const first = await enrol({ who });
    expect(first).toMatchObject({ state: 'open', steps: { who: 'saved' } });
    expect(first.patientId).toBeUndefined();
    expect(await openEnrolments(clinic.world, 'team_a')).toHaveLength(1);
    const second = await enrol({ consent: consent });
    expect(second.given.who?.name).toBe(who.name);
    expect(second.patientId).toBeDefined();
  });

  it('gives no box and adds nobody who helps to a patient who did not agree to that', async () => {
    const given = {
      ...{ who, consent: { ...consent, purposes: ['treatment' as const] }, box: { boxId: 'CC-4471' } },
      supporter: { supporterId: 'sup_1', name: 'Sumitra', invite: false },
    };
    const done = await enrol(given);
    expect(done.steps).toMatchObject({ who: 'done', consent: 'done', box: 'refused', supporter: 'refused' });
    expect(done.problems.map(({ step, code }) => [step, code])).toEqual([
      ['box', 'consent-needed'],
      ['supporter', 'consent-needed'],
    ]);
  });

  it('makes one patient however often it is sent', async () => {
    const given = { who, consent: consent };
    const first = await enrol(given);
    const again = await enrol(given);
    expect(again).toMatchObject({ patientId: first.patientId, code: first.code });
    expect(await readConsents(clinic.world, first.patientId ?? '')).toHaveLength(1);
  });

  it('says who heard a spoken consent', async () => {
    const done = await enrol({ who, consent: consent });
    const [kept] = await readConsents(clinic.world, done.patientId ?? '');
    expect(kept).toMatchObject({ way: 'spoken', heardBy: 'meera', recordedBy: clinic.meera, textVersion: '2026-1' });
  });

  it('carries out a plan from a template, and says why a box was refused without losing the rest', async () => {
    const done = await enrol({
      who,
      consent: consent,
      plan: { templateId: 'bpalm', start: '2026-11-30', weightKg: 54 },
      box: { boxId: 'CC-9999' },
      reach: { use: 'shared', phone: '+919431180000' },
    });
    expect(done.problems.map((problem) => problem.step)).toEqual(['box']);
    expect(done.steps).toMatchObject({ plan: 'done', reach: 'done', box: 'refused' });
    expect(done.planId).toBe('plan_bedside-1');
  });

  it('forgets a box that was refused, and a supporter, once the nurse takes them back', async () => {
    const box = { boxId: 'CC-9999' };
    const supporter = { supporterId: 'sup_1', name: 'Sumitra', invite: false };
    const refused = await enrol({ who, consent, box, supporter });
    expect(refused.steps).toMatchObject({ box: 'refused', supporter: 'refused' });
    const done = await enrol({ box: null, supporter: null });
    expect(done).toMatchObject({ steps: { box: 'empty', supporter: 'empty' }, problems: [] });
    expect(done.given).not.toHaveProperty('box');
    expect(await enrolmentOf(clinic.world, 'team_a', 'bedside-1')).toMatchObject({
      given: { who: { name: who.name } },
    });
  });

  it('exchanges a box that does not answer, keeps it when the other is not free, and takes it back', async () => {
    const box = { facilityId: 'org_gumla', path: ['org_in', 'org_jh', 'org_gumla'], model: 'evriMED500' };
    for (const serial of ['CC-1001', 'CC-1002'])
      await registerBox(clinic.world, aRegistry(), { ...box, serial, uploadIntervalHours: 1, actorId: 'usr_admin' });
    const { patientId = '' } = await enrol({ who, consent, box: { boxId: 'CC-1001' } });
    const held = async () => (await readHolds(clinic.world, patientId))?.boxId;
    expect(await held()).toBe('CC-1001');
    clinic.world.advance(60);
    expect(await enrol({ box: { boxId: 'CC-9999' } })).toMatchObject({
      steps: { box: 'refused' },
      problems: [{ step: 'box', code: 'unknown-box' }],
    });
    expect(await held()).toBe('CC-1001');
    const exchanged = await enrol({ box: { boxId: 'CC-1002' } });
    expect(exchanged).toMatchObject({ steps: { box: 'done' }, problems: [], boxSince: clinic.world.now() });
    expect(await held()).toBe('CC-1002');
    clinic.world.advance(60);
    expect(await enrol({ box: null })).toMatchObject({ steps: { box: 'done' }, problems: [] });
    expect(await held()).toBeUndefined();
    // Given by another way since: no business of this sitting.
    await allocateBox(clinic.world, { boxId: 'CC-1001', patientId, actorId: clinic.meera });
    clinic.world.advance(60);
    await enrol({ box: null });
    expect(await enrol({ box: { boxId: 'CC-1002' } })).toMatchObject({ problems: [{ code: 'has-box' }] });
    expect(await held()).toBe('CC-1001');
  });

  it('adds what the patient agrees to later, and then does what that had held up', async () => {
    const supporter = { supporterId: 'sup_1', name: 'Sumitra', invite: false };
    const { patientId = '' } = await enrol({ who, consent, supporter });
    const same = { ...consent, purposes: [...consent.purposes, 'supporter' as const] };
    expect((await enrol({ consent: same })).given.consent?.purposes).toEqual(consent.purposes);
    const more = { ...consent, consentId: 'con_0002', purposes: [...consent.purposes, 'supporter' as const] };
    const done = await enrol({ consent: more });
    expect(done).toMatchObject({ steps: { consent: 'done', supporter: 'done' }, problems: [] });
    expect(await agreedPurposes(clinic.world, patientId)).toContain('supporter');
    expect(await readConsents(clinic.world, patientId)).toHaveLength(2);
    await enrol({ consent: { ...more, consentId: 'con_0003', purposes: ['treatment'] } });
    expect(await readConsents(clinic.world, patientId)).toHaveLength(2);
  });

  it('records anew what was taken back meanwhile and agreed to again, and not what was only sent again', async () => {
    const { patientId = '' } = await enrol({ who, consent });
    await withdrawConsent(await asMeera(), patientId, consent.consentId, ['messages']);
    await enrol({ consent, reach: { use: 'none' } });
    expect(await agreedPurposes(clinic.world, patientId)).toEqual(new Set(['treatment', 'box']));
    clinic.world.advance(60);
    await enrol({ consent: { ...consent, consentId: 'con_0002' } });
    expect(await agreedPurposes(clinic.world, patientId)).toEqual(new Set(['treatment', 'box', 'messages']));
  });

  it('keeps a supporter who was added, whatever is sent after', async () => {
    const supporter = { supporterId: 'sup_1', name: 'Sumitra', invite: false };
    await enrol({ who, consent: { ...consent, purposes: ['treatment', 'supporter'] }, supporter });
    expect(await enrol({ supporter: null })).toMatchObject({ steps: { supporter: 'done' }, given: { supporter } });
  });

  it('corrects the profile when the nurse goes back to name and phone, and leaves a later correction alone', async () => {
    const reach = { use: 'own' as const, phone: '+919431180000' };
    const { patientId = '' } = await enrol({ who: { ...who, address: 'Gumla' }, consent, reach });
    const done = await enrol({ who: { ...who, name: 'Shivnarayan Hembrom' }, reach: { use: 'none' } });
    expect(done.steps).toMatchObject({ who: 'done', reach: 'done' });
    const profile = await patientProfile(clinic.world, patientId);
    expect(profile).toMatchObject({ name: 'Shivnarayan Hembrom', reach: { use: 'none' } });
    expect(profile).not.toHaveProperty('address');
    await changeProfile(await asMeera(), patientId, { name: 'Shiv' }, profile?.version ?? 0);
    await enrol({ who: { ...who, name: 'Shivnarayan Hembrom' }, consent });
    expect(await patientProfile(clinic.world, patientId)).toMatchObject({ name: 'Shiv' });
  });

  it('does not enrol without consent to treatment', async () => {
    const refused = await enrol({ who, consent: { ...consent, purposes: ['research'] } });
    expect(refused.problems).toMatchObject([{ step: 'consent', code: 'treatment-needed' }]);
    expect(refused.patientId).toBeUndefined();
  });

  it('opens the record to the team at once and to no other', async () => {
    const done = await enrol({ who, consent: consent });
    const card = await readAccessCard(clinic.world, { kind: 'patient', id: done.patientId ?? '' });
    if (!card) throw new Error('no card');
    const now = clinic.world.now();
    expect(decide(await clinic.actor(clinic.meera), card, 'record', now)).toEqual({ allowed: true, why: 'care team' });
    expect(decide(await clinic.actor(clinic.anil), card, 'record', now).allowed).toBe(false);
  });

  it('is over for a team once its patient was handed over', async () => {
    const done = await enrol({ who, consent });
    const patientId = done.patientId ?? '';
    await handOver(clinic.tools, 'team_a', { toTeamId: 'team_b', patientIds: [patientId], reason: 'Moved' });
    const more = enrol({ reach: { use: 'own', phone: '+919999900077' } });
    await expect(more).rejects.toMatchObject({ code: 'enrolment-not-found' });
    await expect(enrolmentOf(clinic.world, 'team_a', 'bedside-1')).rejects.toMatchObject({ reason: 'not-found' });
    await expect(finishEnrolment(await asMeera(), 'team_a', 'bedside-1')).rejects.toMatchObject({
      reason: 'not-found',
    });
    expect(await openEnrolments(clinic.world, 'team_a')).toEqual([]);
    expect(await patientProfile(clinic.world, patientId)).toMatchObject({ reach: { use: 'none' } });
  });

  describe('of a patient who leaves in the moment between reading and writing', () => {
    const reach = { use: 'own' as const, phone: '+919999900077' };
    const move = async (patientId: string) =>
      await handOver(clinic.tools, 'team_a', { toTeamId: 'team_b', patientIds: [patientId], reason: 'Moved' });

    it('is over for the team, and nothing of it is written', async () => {
      const { patientId = '', version } = await enrol({ who, consent });
      meanwhile(clinic.world, async () => await move(patientId));
      await expect(enrol({ reach })).rejects.toMatchObject({ code: 'enrolment-not-found' });
      expect(await readEnrolment(clinic.world, 'team_a', 'bedside-1')).toMatchObject({ version, given: { consent } });
      expect(await patientProfile(clinic.world, patientId)).toMatchObject({ teamId: 'team_b', reach: { use: 'none' } });
    });

    it('cannot be finished either', async () => {
      const { patientId = '' } = await enrol({ who, consent });
      meanwhile(clinic.world, async () => await move(patientId));
      const finish = finishEnrolment(await asMeera(), 'team_a', 'bedside-1');
      await expect(finish).rejects.toMatchObject({ code: 'enrolment-not-found' });
      expect(await readEnrolment(clinic.world, 'team_a', 'bedside-1')).toMatchObject({ state: 'open' });
    });

    it('gives nothing more to somebody whose treatment ended by death, and can be finished', async () => {
      const plan = { templateId: 'bpalm', start: '2026-11-30', weightKg: 54 };
      const { patientId = '', planId = '' } = await enrol({ who, consent, plan });
      const version = (await todaysPlan(patientId))?.version ?? 0;
      const stop = async () =>
        await stopTreatment(
          clinic.world,
          { patientId, planId, version, author: clinic.meera },
          { reason: 'died', on: '2026-11-30' },
        );
      meanwhile(clinic.world, stop);
      await expect(enrol({ reach })).rejects.toMatchObject({ code: 'treatment-ended' });
      await expect(enrol({ box: { boxId: 'CC-1001' } })).rejects.toMatchObject({ code: 'treatment-ended' });
      expect(await patientProfile(clinic.world, patientId)).toMatchObject({ reach: { use: 'none' } });
      expect(await finishEnrolment(await asMeera(), 'team_a', 'bedside-1')).toMatchObject({ state: 'finished' });
    });
  });

  it('cannot be finished before there is a patient', async () => {
    await enrol({ who });
    await expect(finishEnrolment(await asMeera(), 'team_a', 'bedside-1')).rejects.toMatchObject({
      code: 'not-enrolled',
    });
  });

  it('gives every patient another code', async () => {
    const codes = new Set<string | undefined>();
    for (let count = 0; count < 5; count++) {
      const given = { who, consent: consent };
      codes.add((await enrol(given, `bedside-${count}-x`)).code);
    }
    expect(codes.size).toBe(5);
  });
});

describe('consent', () => {
  it('is taken back in part or as a whole, and stays on record', async () => {
    const done = await enrol({ who, consent: consent });
    const patientId = done.patientId ?? '';
    const tools = await asMeera();
    await withdrawConsent(tools, patientId, 'con_0001', ['messages']);
    expect(await agreedPurposes(clinic.world, patientId)).toEqual(new Set(['treatment', 'box']));
    await withdrawConsent(tools, patientId, 'con_0001', undefined);
    expect(await agreedPurposes(clinic.world, patientId)).toEqual(new Set());
    const [kept] = await readConsents(clinic.world, patientId);
    expect(kept?.purposes).toEqual(['treatment', 'box', 'messages']);
  });
});
