import { Nothing, noContent, type Route, reply, route } from '../shared/http.ts';
import { notFound } from '../shared/refusal.ts';
import type { Tools } from '../shared/tools.ts';
import { giveActivation } from './activation.ts';
import { changeProfile } from './change-profile.ts';
import { readConsents } from './consent-store.ts';
import { addConsent } from './consents.ts';
import {
  ActivationView,
  ConsentInput,
  ConsentsView,
  ConsentView,
  PatientProfile,
  ProfileChange,
  SupporterChange,
  SupporterInput,
  SupportersView,
  SupporterView,
  WithdrawInput,
} from './contract.ts';
import type { IdentityTools } from './identity-tools.ts';
import { supportersOf } from './patient-profile.ts';
import { readProfile } from './patient-store.ts';
import { addSupporter, changeSupporter, removeSupporter } from './supporters.ts';
import { withdrawConsent } from './withdraw-consent.ts';

const record = { who: 'patient', need: 'record' } as const;
const care = { who: 'patient', need: 'care' } as const;
/** Who sees what, and who may not any more, is the patient's own to say; staff help those without an account. */
const say = { who: 'patient', need: 'record' } as const;
const base = '/api/identity/patients/{patientId}';

/** A patient's profile, consents and supporters. */
export function patientRoutes({ post }: Pick<IdentityTools, 'post'>): Route[] {
  return [...profileRoutes(), ...consentRoutes(), ...supporterRoutes({ post })];
}

function profileRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: base,
      summary: 'Open a patient',
      access: record,
      answer: PatientProfile,
      act: async (tools, { path }) => {
        const profile = await known(tools, path.patientId);
        return reply(profile, { version: profile.version });
      },
    }),
    route({
      method: 'PATCH',
      path: base,
      summary: 'Change a patient',
      access: care,
      body: ProfileChange,
      answer: PatientProfile,
      ifMatch: 'required',
      act: async (tools, { path, body, version }) => {
        const profile = await changeProfile(tools, path.patientId ?? '', body, version);
        return reply(profile, { version: profile.version });
      },
    }),
    route({
      method: 'POST',
      path: `${base}/activation`,
      summary: 'Give an activation for a patient account',
      access: care,
      sensitive: true,
      answer: ActivationView,
      act: async (tools, { path }) => await giveActivation(tools, await known(tools, path.patientId)),
    }),
  ];
}

function consentRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: `${base}/consents`,
      summary: 'See consents',
      access: record,
      answer: ConsentsView,
      act: async (tools, { path }) => {
        const consents = await readConsents(tools, path.patientId ?? '');
        return { consents: consents.sort((a, b) => (a.at > b.at ? -1 : 1)) };
      },
    }),
    route({
      method: 'POST',
      path: `${base}/consents`,
      summary: 'Record consent',
      access: { who: 'patient', need: ['care', 'own'] },
      sensitive: true,
      body: ConsentInput,
      answer: ConsentView,
      idempotency: 'natural',
      act: async (tools, { path, body }) => await addConsent(tools, path.patientId ?? '', body),
    }),
    route({
      method: 'POST',
      path: `${base}/consents/{consentId}/withdraw`,
      summary: 'Withdraw consent',
      access: say,
      sensitive: true,
      body: WithdrawInput,
      answer: ConsentView,
      act: async (tools, { path, body }) =>
        reply(await withdrawConsent(tools, path.patientId ?? '', path.consentId ?? '', body.purposes), { status: 200 }),
    }),
  ];
}

function supporterRoutes({ post }: Pick<IdentityTools, 'post'>): Route[] {
  const one = `${base}/supporters/{supporterId}`;
  return [
    route({
      method: 'GET',
      path: `${base}/supporters`,
      summary: 'See supporters',
      access: record,
      answer: SupportersView,
      act: async (tools, { path }) => ({ supporters: [...(await supportersOf(tools, path.patientId ?? ''))] }),
    }),
    route({
      method: 'POST',
      path: `${base}/supporters`,
      summary: 'Add a supporter',
      access: say,
      sensitive: true,
      body: SupporterInput,
      answer: SupporterView,
      idempotency: 'natural',
      act: async (tools, { path, body }) => await addSupporter({ ...tools, post }, path.patientId ?? '', body),
    }),
    route({
      method: 'PATCH',
      path: one,
      summary: 'Change what a supporter sees',
      access: say,
      sensitive: true,
      body: SupporterChange,
      answer: SupporterView,
      act: async (tools, { path, body }) =>
        await changeSupporter(tools, path.patientId ?? '', path.supporterId ?? '', body.sees),
    }),
    route({
      method: 'DELETE',
      path: one,
      summary: 'Remove a supporter',
      access: say,
      answer: Nothing,
      act: async (tools, { path }) => {
        await removeSupporter(tools, path.patientId ?? '', path.supporterId ?? '');
        return noContent;
      },
    }),
  ];
}

async function known(tools: Tools, patientId: string | undefined): Promise<PatientProfile> {
  const profile = await readProfile(tools, patientId ?? '');
  if (!profile) throw notFound('patient');
  return profile;
}
