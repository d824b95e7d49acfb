import { returnBox } from '../devices/allocate.ts';
import { giveBox } from '../devices/give-box.ts';
import type { Team } from '../organisations/team.ts';
import { organisationOf } from '../organisations/team-of.ts';
import { audit } from '../shared/audit.ts';
import { notFound, Refusal } from '../shared/refusal.ts';
import { localDateOf } from '../shared/time.ts';
import { createPlan } from '../treatment/revise-plan.ts';
import { changeProfile } from './change-profile.ts';
import { addConsent, consentOf } from './consents.ts';
import type { EnrolmentView, EnrolStep, PatientProfile } from './contract.ts';
import type { EnrolTools } from './enrol-patient.ts';
import { isIssuable, medicalCode } from './medical-code.ts';
import { putPatient, readProfile, takeNumber } from './patient-store.ts';
import { type Sitting, sittingOf } from './sitting.ts';
import { addSupporter } from './supporters.ts';

type Gain = Partial<Pick<EnrolmentView, 'planId' | 'boxSince'>>;

/** Does every saved step that can be done, in order, and says of each how it went. Safe to repeat. */
export async function carryOut(tools: EnrolTools, team: Team, enrolment: EnrolmentView): Promise<EnrolmentView> {
  let now = await makePatient(tools, team, enrolment);
  if (now.patientId === undefined) return now;
  const { patientId } = now;
  const sitting = sittingOf(tools, patientId, now.teamId);
  const attempt = async (step: EnrolStep, act: () => Promise<Gain>) => {
    now = await attempted(now, sitting, step, act);
  };
  await attempt('who', async () => await correctWho(tools, now, patientId));
  await attempt('consent', async () => {
    if (now.given.consent) await addConsent(tools, patientId, now.given.consent, sitting);
    return {};
  });
  await attempt('reach', async () => await giveReach(tools, now, patientId));
  await attempt('plan', async () => await givePlan(tools, now, patientId, sitting));
  await attempt('box', async () => await exchangeBox(tools, now, patientId, sitting));
  await attempt('supporter', async () => {
    if (now.given.supporter) await addSupporter(tools, patientId, now.given.supporter, sitting);
    return {};
  });
  return now;
}

/** The patient exists from name and consent on: code, access card, profile and consent in one transaction. */
async function makePatient(tools: EnrolTools, team: Team, enrolment: EnrolmentView): Promise<EnrolmentView> {
  const { who, consent, reach } = enrolment.given;
  if (enrolment.patientId !== undefined || !who || !consent) return enrolment;
  if (!consent.purposes.includes('treatment'))
    return refused(enrolment, 'consent', 'treatment-needed', 'Without consent to treatment nobody can be enrolled.');
  const now = tools.now();
  const zone = who.zone ?? team.calendar.zone;
  // Computed, so that a repeat after a crash finds the patient that it made.
  const patientId = `pat_${enrolment.enrolmentId}`;
  const profile: PatientProfile = {
    patientId,
    code: await newCode(tools, team.facilityId),
    name: who.name,
    age: who.age,
    ageSaidOn: localDateOf(now, zone),
    sex: who.sex,
    language: who.language,
    zone,
    ...(who.address && { address: who.address }),
    reach: reach ?? { use: 'none' },
    teamId: team.teamId,
    facilityId: team.facilityId,
    enrolledAt: now,
    enrolledBy: tools.actor.userId,
    version: 1,
  };
  const card = { path: team.path, teamId: team.teamId, supporters: {} };
  const stored = await putPatient(tools, { profile, card, consent: consentOf(consent, tools.actor, now) });
  const made = stored === 'stored' ? profile : await readProfile(tools, patientId);
  if (made?.teamId !== team.teamId)
    throw new Refusal('conflict', 'enrolment-id-used', 'This enrolment id was used before. Start a new one.');
  if (stored === 'stored') await auditEnrolment(tools, patientId);
  const steps: EnrolmentView['steps'] = { ...enrolment.steps, who: 'done', consent: 'done' };
  if (reach) steps.reach = 'done';
  return { ...enrolment, patientId, code: made.code, steps };
}

async function newCode(tools: EnrolTools, facilityId: string): Promise<string> {
  const prefix = (await organisationOf(tools, facilityId))?.prefix;
  if (prefix === undefined) throw new Error('a facility has a prefix');
  for (;;) {
    const number = await takeNumber(tools, prefix);
    if (isIssuable(prefix, number)) return medicalCode(prefix, number);
  }
}

/** Only after the patient exists: until then `makePatient` takes the words as they are. */
async function correctWho(tools: EnrolTools, { given, teamId }: EnrolmentView, patientId: string): Promise<Gain> {
  const profile = await profileOf(tools, patientId, teamId);
  if (given.who)
    await changeProfile(tools, patientId, { ...given.who, address: given.who.address ?? null }, profile.version);
  return {};
}

/** A hand-over is a new version of the profile: what is written over this one is of this team. */
async function profileOf(tools: EnrolTools, patientId: string, teamId: string): Promise<PatientProfile> {
  const profile = await readProfile(tools, patientId);
  if (profile?.teamId !== teamId) throw notFound('enrolment');
  return profile;
}

async function giveReach(tools: EnrolTools, enrolment: EnrolmentView, patientId: string): Promise<Gain> {
  const profile = await profileOf(tools, patientId, enrolment.teamId);
  if (enrolment.given.reach) await changeProfile(tools, patientId, { reach: enrolment.given.reach }, profile.version);
  return {};
}

async function givePlan(
  tools: EnrolTools,
  enrolment: EnrolmentView,
  patientId: string,
  { ofTeam }: Sitting,
): Promise<Gain> {
  const { plan } = enrolment.given;
  const profile = await profileOf(tools, patientId, enrolment.teamId);
  if (!plan) return {};
  const planId = `plan_${enrolment.enrolmentId}`;
  const { templateId, start, weightKg, times } = plan;
  const more = { ...(weightKg !== undefined && { weightKg }), ...(times && { times }) };
  const input = { planId, templateId, start, zone: profile.zone, ...more };
  await createPlan(tools, { patientId, author: tools.actor.userId, input, firstWhile: ofTeam.checks });
  return { planId };
}

/** A box that this sitting gave is exchanged for another, once that one is known to be free; or it is taken back. */
async function exchangeBox(
  tools: EnrolTools,
  enrolment: EnrolmentView,
  patientId: string,
  { teamId, treated }: Sitting,
): Promise<Gain> {
  const boxId = enrolment.given.box?.boxId;
  const { boxSince: heldSince } = enrolment;
  const actorId = tools.actor.userId;
  const takesBack = async () =>
    heldSince !== undefined && (await returnBox(tools, { patientId, actorId, heldSince })).outcome === 'returned';
  if (boxId === undefined) {
    await takesBack();
    return {};
  }
  const wanted = { boxId, patientId, actorId, ofTeam: teamId, checks: [treated] };
  let { outcome, from } = await giveBox(tools, wanted);
  if (outcome === 'has-box' && (await takesBack())) ({ outcome, from } = await giveBox(tools, wanted));
  if (outcome === 'allocated' || outcome === 'already-theirs') return { boxSince: from };
  throw new Refusal('conflict', outcome, boxWords[outcome]);
}

const boxWords = {
  'unknown-box': 'No box has this code.',
  'other-facility': 'This box belongs to another facility.',
  'not-active': 'This box is lost or retired.',
  held: 'Somebody else holds this box.',
  'has-box': 'This patient holds another box.',
  'in-future': 'A box cannot be handed over in the future.',
  'too-early': 'Somebody else still held the box then.',
} as const;

async function attempted(
  enrolment: EnrolmentView,
  sitting: Sitting,
  step: EnrolStep,
  act: () => Promise<Gain>,
): Promise<EnrolmentView> {
  if (enrolment.steps[step] !== 'saved' && enrolment.steps[step] !== 'refused') return enrolment;
  try {
    const gain = await act();
    return { ...without(enrolment, step), ...gain, steps: { ...enrolment.steps, [step]: 'done' } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, message } = (await sitting.over()) ?? error;
    return refused(enrolment, step, code, message);
  }
}

function refused(enrolment: EnrolmentView, step: EnrolStep, code: string, detail: string): EnrolmentView {
  const { problems } = without(enrolment, step);
  return {
    ...enrolment,
    steps: { ...enrolment.steps, [step]: 'refused' },
    problems: [...problems, { step, code, detail }],
  };
}

function without(enrolment: EnrolmentView, step: EnrolStep): EnrolmentView {
  return { ...enrolment, problems: enrolment.problems.filter((problem) => problem.step !== step) };
}

async function auditEnrolment(tools: EnrolTools, patientId: string): Promise<void> {
  const actorRole = tools.actor.roles[0];
  await audit(tools, {
    subjectId: patientId,
    actorId: tools.actor.userId,
    ...(actorRole && { actorRole }),
    action: 'enrol patient',
    outcome: 'allowed',
    why: 'care team',
  });
}
