import { beforeEach, describe, expect, it } from 'vitest';
import { registerBox } from '../../functions/devices/register.ts';
import { readHolds } from '../../functions/devices/store.ts';
import { readConsents } from '../../functions/identity/consent-store.ts';
import type { ConsentInput, EnrolRequest, Who } from '../../functions/identity/contract.ts';
import { enrolPatient } from '../../functions/identity/enrol-patient.ts';
import { readSupporters } from '../../functions/identity/patient-store.ts';
import { handOver } from '../../functions/organisations/hand-over.ts';
import { createPlan } from '../../functions/treatment/revise-plan.ts';
import { stopTreatment } from '../../functions/treatment/stop-treatment.ts';
import { readPlans } from '../../functions/treatment/store.ts';
import { aRegistry } from '../devices/support/given.ts';
import { aClinic, type Clinic } from '../organisations/support/clinic.ts';
import { meanwhile } from '../support/meanwhile.ts';

const who: Who = { name: 'Shivnarayan Hembrom', age: { kind: 'years', years: 29 }, sex: 'male', language: 'hi' };
const consent: ConsentInput = {
  consentId: 'con_0001',
  way: 'spoken',
  textVersion: '2026-1',
  language: 'hi',
  purposes: ['treatment', 'box', 'supporter'],
};
const plan = { templateId: 'bpalm', start: '2026-11-30', weightKg: 54 };
const box = { facilityId: 'org_gumla', path: ['org_in', 'org_jh', 'org_gumla'], model: 'evriMED500' };

let clinic: Clinic;
beforeEach(async () => {
  clinic = await aClinic();
  await registerBox(clinic.world, aRegistry(), {
    ...box,
    serial: 'CC-1001',
    uploadIntervalHours: 1,
    actorId: 'usr_admin',
  });
});

const enrol = async (given: EnrolRequest) =>
  await enrolPatient(clinic.as(await clinic.actor(clinic.meera)), {
    teamId: 'team_a',
    enrolmentId: 'bedside-1',
    given,
  });

async function moves(patientId: string): Promise<void> {
  await handOver(clinic.tools, 'team_a', { toTeamId: 'team_b', patientIds: [patientId], reason: 'Moved' });
}

async function dies(patientId: string): Promise<void> {
  const ref = { patientId, planId: 'plan_other', author: clinic.meera };
  await createPlan(clinic.world, { ...ref, input: { planId: 'plan_other', zone: 'Asia/Kolkata', ...plan } });
  await stopTreatment(clinic.world, { ...ref, version: 1 }, { reason: 'died', on: '2026-11-30' });
}

/** What this sitting may have written: the consent after the first one, its own plan, a box, a supporter. */
async function written(patientId: string) {
  const [consents, plans, holds, supporters] = await Promise.all([
    readConsents(clinic.world, patientId),
    readPlans(clinic.world, patientId),
    readHolds(clinic.world, patientId),
    readSupporters(clinic.world, patientId),
  ]);
  return {
    consent: consents.find(({ consentId }) => consentId !== consent.consentId),
    plan: plans.find(({ planId }) => planId === 'plan_bedside-1'),
    box: holds,
    supporter: supporters[0],
  };
}

const steps: ['consent' | 'plan' | 'box' | 'supporter', EnrolRequest, string][] = [
  ['consent', { consent: { ...consent, consentId: 'con_0002', purposes: ['treatment', 'research'] } }, 'CONSENT#'],
  ['plan', { plan }, 'PLAN#plan_bedside-1'],
  ['box', { box: { boxId: 'CC-1001' } }, 'HOLDER'],
  ['supporter', { supporter: { supporterId: 'sup_1', name: 'Sumitra', invite: false } }, 'SUPPORTER#'],
];

describe('each write of a sitting asks again whether the patient is still there', () => {
  describe.each(steps)('%s', (step, given, sortKey) => {
    it('is written while nothing happens', async () => {
      await enrol({ who, consent });
      const done = await enrol(given);
      expect(done).toMatchObject({ steps: { [step]: 'done' }, problems: [] });
      expect((await written(done.patientId ?? ''))[step]).toBeDefined();
    });

    it.each([
      ['goes to another team', moves, 'enrolment-not-found'],
      ['is said to have died', dies, 'treatment-ended'],
    ])('is not written when the patient %s in that moment', async (_, happens, code) => {
      const { patientId = '' } = await enrol({ who, consent });
      meanwhile(clinic.world, async () => await happens(patientId), sortKey);
      expect(await enrol(given)).toMatchObject({ steps: { [step]: 'refused' }, problems: [{ step, code }] });
      expect((await written(patientId))[step]).toBeUndefined();
    });
  });
});
