import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { giveActivation } from '../../functions/identity/activation.ts';
import { enrolPatient } from '../../functions/identity/enrol-patient.ts';
import { confirmForgotPassword, forgotPassword } from '../../functions/identity/forgot-password.ts';
import { acceptInvitation, join, viewInvitation } from '../../functions/identity/join.ts';
import { patientProfile, supportersOf } from '../../functions/identity/patient-profile.ts';
import { supporterItem } from '../../functions/identity/patient-store.ts';
import { confirmPhoneCode, sendPhoneCode } from '../../functions/identity/phone-sign-in.ts';
import { confirmRegistration, register } from '../../functions/identity/register.ts';
import { type Stepped, signIn } from '../../functions/identity/sign-in.ts';
import { addSupporter, changeSupporter, removeSupporter } from '../../functions/identity/supporters.ts';
import { withdrawConsent } from '../../functions/identity/withdraw-consent.ts';
import { decide, type Need } from '../../functions/shared/access.ts';
import { readAccessCard, readActor } from '../../functions/shared/access-store.ts';
import { aClinic, type Clinic } from '../organisations/support/clinic.ts';
import { meanwhile } from '../support/meanwhile.ts';

const phone = '+919431180000';
const sister = '+919431180055';
const purposes = ['treatment', 'supporter'] as const;
let clinic: Clinic;
let patientId: string;
let card: string;

beforeEach(async () => {
  clinic = await aClinic();
  const done = await enrolPatient(clinic.as(await clinic.actor(clinic.meera)), {
    teamId: 'team_a',
    enrolmentId: 'bedside-1',
    given: {
      who: { name: 'Sushila Kujur', age: { kind: 'years', years: 41 }, sex: 'female', language: 'en' },
      consent: { consentId: 'con_1', way: 'on-paper', textVersion: '1', language: 'en', purposes: [...purposes] },
      reach: { use: 'own', phone },
    },
  });
  patientId = done.patientId ?? '';
  card = done.code ?? '';
  clinic.world.letters.length = 0;
});

const stateOf = ({ step }: Stepped) => ('state' in step ? step.state : `the step is ${step.step}`);
const userOf = ({ step }: Stepped) => (step.step === 'done' ? step.viewer.userId : `the step is ${step.step}`);
const may = async (userId: string, need: Need) => {
  const [actor, access] = await Promise.all([
    readActor(clinic.world, userId),
    readAccessCard(clinic.world, { kind: 'patient', id: patientId }),
  ]);
  return actor && access ? decide(actor, access, need, clinic.world.now()).allowed : false;
};

describe('a patient makes an account later', () => {
  const password = 'pahad aur nadi 42';

  it('with the card and the phone that the clinic knows', async () => {
    const { tools } = clinic.browser();
    const state = stateOf(await register(tools(), { card: card.toLowerCase(), phone }));
    const done = await confirmRegistration(tools(), { state, code: clinic.world.lastCode(phone), password });
    expect(done.step).toMatchObject({ step: 'done', viewer: { patientId, roles: ['patient'], zone: 'Asia/Kolkata' } });
    expect(await may(userOf(done), 'own')).toBe(true);
    expect((await patientProfile(clinic.world, patientId))?.userId).toBe(userOf(done));
    const again = await signIn(tools(), { name: card, password });
    expect(userOf(again)).toBe(userOf(done));
  });

  it('without a password, and then signs in by SMS code', async () => {
    const { tools } = clinic.browser();
    const state = stateOf(await register(tools(), { card, phone }));
    await confirmRegistration(tools(), { state, code: clinic.world.lastCode(phone) });
    clinic.world.advance(31);
    const later = clinic.browser();
    const sent = stateOf(await sendPhoneCode(later.tools(), { phone }));
    const done = await confirmPhoneCode(later.tools(), { state: sent, code: clinic.world.lastCode(phone) });
    expect(done.step).toMatchObject({ viewer: { patientId } });
  });

  it('with another phone only by an activation from the clinic', async () => {
    const other = '+919431187777';
    const { tools } = clinic.browser();
    await register(tools(), { card, phone: other });
    expect(clinic.world.letters).toEqual([]);
    clinic.world.advance(31);
    const profile = await patientProfile(clinic.world, patientId);
    if (!profile) throw new Error('no profile');
    const { activation } = await giveActivation(clinic.world, profile);
    const state = stateOf(await register(tools(), { card, phone: other, activation: activation.toLowerCase() }));
    const done = await confirmRegistration(tools(), { state, code: clinic.world.lastCode(other), password });
    expect(done.step.step).toBe('done');
  });

  it('is told the same for a card that does not exist', async () => {
    const { tools } = clinic.browser();
    const answer = await register(tools(), { card: 'GUM-9999-9', phone: '+919431181234' });
    expect(answer.step).toMatchObject({ step: 'code-sent', sentTo: 'phone' });
    const wrong = confirmRegistration(tools(), { state: stateOf(answer), code: '000000', password });
    await expect(wrong).rejects.toMatchObject({ code: 'wrong-code' });
  });

  it('guesses a code three times at most', async () => {
    const { tools } = clinic.browser();
    const state = stateOf(await register(tools(), { card, phone }));
    for (let count = 0; count < 3; count++)
      await confirmRegistration(tools(), { state, code: '000000', password }).catch(() => undefined);
    const right = confirmRegistration(tools(), { state, code: clinic.world.lastCode(phone), password });
    await expect(right).rejects.toMatchObject({ reason: 'too-many' });
  });

  it('forgets the password and sets a new one by code', async () => {
    const { tools } = clinic.browser();
    const state = stateOf(await register(tools(), { card, phone }));
    await confirmRegistration(tools(), { state, code: clinic.world.lastCode(phone), password });
    const forgot = stateOf(await forgotPassword(tools(), { name: card }));
    const code = clinic.world.lastCode(phone);
    await confirmForgotPassword(tools(), { state: forgot, code, password: 'nadi aur pahad 43' });
    await expect(signIn(tools(), { name: card, password })).rejects.toMatchObject({ code: 'wrong-credentials' });
    expect((await signIn(tools(), { name: card, password: 'nadi aur pahad 43' })).step.step).toBe('done');
    const again = confirmForgotPassword(tools(), { state: forgot, code, password: 'nadi aur pahad 44' });
    await expect(again).rejects.toMatchObject({ code: 'state-expired' });
  });
});

describe('a supporter', () => {
  const invited = { supporterId: 'sup_sister', name: 'Anjali', phone: sister, invite: true };
  const token = () => /#([\w-]+)/.exec(clinic.world.letters.at(-1)?.text ?? '')?.[1] ?? 'no link was sent';
  async function joined() {
    await addSupporter(clinic.as(await clinic.actor(clinic.meera)), patientId, invited);
    return userOf(await join(clinic.browser().tools(), { token: token(), name: 'Anjali' }));
  }

  it('is invited by a link that names no illness and no family name', async () => {
    await addSupporter(clinic.as(await clinic.actor(clinic.meera)), patientId, invited);
    const [letter] = clinic.world.letters;
    expect(letter?.text).toMatch(/^Sushila asks/);
    expect(letter?.text.split('#')[0]).not.toMatch(/Kujur|TB|clinic|medicine|patient/i);
    expect(await viewInvitation(clinic.browser().tools(), token())).toMatchObject({ forWhom: 'Sushila' });
  });

  it('is nobody, while the patient does not agree that somebody helps', async () => {
    const as = clinic.as(await clinic.actor(clinic.meera));
    await withdrawConsent(as, patientId, 'con_1', ['supporter']);
    await expect(addSupporter(as, patientId, invited)).rejects.toMatchObject({ code: 'consent-needed' });
    expect(clinic.world.letters).toEqual([]);
  });

  it('keeps their account, whatever id somebody else gives to a supporter of theirs', async () => {
    const userId = await joined();
    const meera = clinic.as(await clinic.actor(clinic.meera));
    const done = await enrolPatient(meera, {
      teamId: 'team_a',
      enrolmentId: 'bedside-2',
      given: {
        who: { name: 'Imtiyaz Ansari', age: { kind: 'years', years: 30 }, sex: 'male', language: 'en' },
        consent: { consentId: 'con_2', way: 'on-paper', textVersion: '1', language: 'en', purposes: [...purposes] },
      },
    });
    await addSupporter(meera, done.patientId ?? '', { ...invited, name: 'Other', phone: '+919431180077' });
    const other = userOf(await join(clinic.browser().tools(), { token: token(), name: 'Other' }));
    expect(other).not.toBe(userId);
    expect(await may(other, 'today')).toBe(false);
    expect(await may(userId, 'today')).toBe(true);
  });

  it('is asked by a patient six times a day at most, and ten help at most', async () => {
    const meera = clinic.as(await clinic.actor(clinic.meera));
    const add = (n: number, invite: boolean) =>
      addSupporter(meera, patientId, { supporterId: `sup_${n}`, name: `Helper ${n}`, phone: sister, invite });
    for (let n = 0; n < 6; n++) await add(n, true);
    await expect(add(6, true)).rejects.toMatchObject({ reason: 'too-many' });
    for (let n = 6; n < 10; n++) await add(n, false);
    await expect(add(10, false)).rejects.toMatchObject({ code: 'too-many-supporters' });
    await removeSupporter(meera, patientId, 'sup_0');
    await add(10, false);
  });

  describe('of whom there are ten at most', () => {
    const helper = (n: number) => ({ supporterId: `sup_${n}`, name: `Helper ${n}`, invite: false });
    const add = async (n: number) =>
      await addSupporter(clinic.as(await clinic.actor(clinic.meera)), patientId, helper(n));
    const addAll = async (...ns: number[]) => {
      const all = await Promise.allSettled(ns.map(add));
      return all.map((one) => (one.status === 'fulfilled' ? 'added' : one.reason.code)).sort();
    };

    it('is not the eleventh when two are added at the same moment', async () => {
      for (let n = 0; n < 9; n++) await add(n);
      expect(await addAll(9, 10)).toEqual(['added', 'too-many-supporters']);
      expect(await supportersOf(clinic.world, patientId)).toHaveLength(10);
    });

    it('is not the eleventh when somebody else adds the tenth between counting and writing', async () => {
      for (let n = 0; n < 9; n++) await add(n);
      meanwhile(clinic.world, async () => await add(9));
      await expect(add(10)).rejects.toMatchObject({ code: 'too-many-supporters' });
      expect(await supportersOf(clinic.world, patientId)).toHaveLength(10);
    });

    it('is one person, however often the same id is sent at once', async () => {
      expect(await addAll(1, 1, 1)).toEqual(['added', 'added', 'added']);
      expect(await supportersOf(clinic.world, patientId)).toHaveLength(1);
    });

    it('counts who was there before anybody was counted', async () => {
      for (let n = 0; n < 10; n++) {
        const { invite: _, ...rest } = helper(n);
        const sees = { medicines: false, diagnosis: false, history: false };
        const Item = supporterItem(patientId, { ...rest, language: 'en', state: 'contact', sees });
        await clinic.world.db.send(new PutCommand({ TableName: clinic.world.tableName, Item }));
      }
      await expect(add(10)).rejects.toMatchObject({ code: 'too-many-supporters' });
      await removeSupporter(clinic.as(await clinic.actor(clinic.meera)), patientId, 'sup_3');
      expect(await addAll(10, 11)).toEqual(['added', 'too-many-supporters']);
    });

    it('is nobody, when the patient takes back their consent in the same moment', async () => {
      const meera = clinic.as(await clinic.actor(clinic.meera));
      meanwhile(clinic.world, async () => await withdrawConsent(meera, patientId, 'con_1', ['supporter']));
      await expect(add(1)).rejects.toMatchObject({ code: 'consent-needed' });
      expect(await supportersOf(clinic.world, patientId)).toEqual([]);
    });
  });

  it('sees today and nothing else until the patient turns it on', async () => {
    const userId = await joined();
    const seen = async () =>
      await Promise.all((['today', 'medicines', 'history', 'record'] as const).map((need) => may(userId, need)));
    expect(await seen()).toEqual([true, false, false, false]);
    const sees = { medicines: true, diagnosis: false, history: false };
    await changeSupporter(clinic.as(await clinic.actor(clinic.meera)), patientId, 'sup_sister', sees);
    expect(await seen()).toEqual([true, true, false, false]);
  });

  it('is removed at once, with open screens', async () => {
    const userId = await joined();
    await removeSupporter(clinic.as(await clinic.actor(clinic.meera)), patientId, 'sup_sister');
    expect(await may(userId, 'today')).toBe(false);
    expect(clinic.world.sent).toContainEqual({ queue: 'live', message: { body: { order: 'end-all-of', userId } } });
    expect(await supportersOf(clinic.world, patientId)).toEqual([]);
  });

  it('cannot join by a link that was used or taken back', async () => {
    await joined();
    const again = join(clinic.browser().tools(), { token: token(), name: 'Somebody' });
    await expect(again).rejects.toMatchObject({ reason: 'not-found' });
    await addSupporter(clinic.as(await clinic.actor(clinic.meera)), patientId, { ...invited, supporterId: 'sup_2' });
    const unused = token();
    await removeSupporter(clinic.as(await clinic.actor(clinic.meera)), patientId, 'sup_2');
    const late = join(clinic.browser().tools(), { token: unused, name: 'Somebody' });
    await expect(late).rejects.toMatchObject({ reason: 'not-found' });
  });

  it('who has an account already accepts with it', async () => {
    const rosa = await clinic.actor(clinic.rosa);
    await addSupporter(clinic.as(await clinic.actor(clinic.meera)), patientId, invited);
    await acceptInvitation(clinic.as(rosa), token());
    expect((await supportersOf(clinic.world, patientId))[0]).toMatchObject({ state: 'joined', userId: clinic.rosa });
  });

  it('may be a person to call, without phone of their own and without an account', async () => {
    const contact = { supporterId: 'sup_uncle', name: 'Uncle', invite: false };
    await addSupporter(clinic.as(await clinic.actor(clinic.meera)), patientId, contact);
    expect(clinic.world.letters).toEqual([]);
    expect(await supportersOf(clinic.world, patientId)).toMatchObject([{ state: 'contact' }]);
  });
});
