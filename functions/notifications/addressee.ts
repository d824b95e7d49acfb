import { agreedPurposes } from '../identity/consents.ts';
import { contactOf } from '../identity/contact-of.ts';
import { patientProfile, supportersOf } from '../identity/patient-profile.ts';
import type { Team } from '../organisations/team.ts';
import type { Tools } from '../shared/tools.ts';
import type { QuietHours } from './contract.ts';
import type { About, MessageRequest } from './message.ts';
import { type Preferences, quietAround, usualPreferences } from './preferences.ts';
import { type Device, readDevices, readPreferences, type StoredPreferences } from './reach-store.ts';

/** Who a message goes to, as known at the moment of sending. */
export type Addressee = {
  readonly language: string;
  readonly zone: string;
  readonly preferences: Preferences;
  readonly quiets: readonly (QuietHours | undefined)[];
  readonly devices: readonly Device[];
  /** Whose devices they are. */
  readonly userId?: string;
  readonly phone?: string;
  readonly email?: string;
};

/** Undefined when there is nobody to tell any more: a closed account, a removed supporter, no consent, a death. */
export async function addresseeOf(tools: Tools, request: MessageRequest, team: Team): Promise<Addressee | undefined> {
  const { kind, id } = request.to;
  if (kind === 'patient') return await patient(tools, id);
  if (kind === 'supporter') return await supporter(tools, id, patientOf(request.about), team.calendar.zone);
  return await staff(tools, id, team.calendar.zone);
}

async function patient(tools: Tools, patientId: string): Promise<Addressee | undefined> {
  // Asked for in one moment, these travel together, and with those of other messages.
  const [profile, agreed, stored] = await Promise.all([
    patientProfile(tools, patientId),
    agreedPurposes(tools, patientId),
    readPreferences(tools, { kind: 'patient', id: patientId }),
  ]);
  if (!profile || profile.diedOn !== undefined || !agreed.has('messages')) return undefined;
  const { language, zone, reach, userId, email } = profile;
  const phone = reach.use === 'none' ? undefined : reach.phone;
  const common = await chosen(tools, stored, language, userId);
  return {
    ...common,
    zone,
    quiets: [common.preferences.quietHours, quietAround(reach.safeHours)],
    ...(phone !== undefined && { phone }),
    ...(email !== undefined && { email }),
  };
}

async function supporter(
  tools: Tools,
  supporterId: string,
  patientId: string | undefined,
  zone: string,
): Promise<Addressee | undefined> {
  if (patientId === undefined) return undefined;
  const [profile, agreed, helpers] = await Promise.all([
    patientProfile(tools, patientId),
    agreedPurposes(tools, patientId),
    supportersOf(tools, patientId),
  ]);
  const found = helpers.find((one) => one.supporterId === supporterId);
  if (!found || !profile || profile.diedOn !== undefined || !agreed.has('supporter')) return undefined;
  const { language, userId, phone, email } = found;
  const stored = readPreferences(tools, { kind: 'user', id: userId ?? supporterId });
  const common = await chosen(tools, stored, language, userId);
  return {
    ...common,
    zone,
    quiets: [common.preferences.quietHours],
    ...(phone !== undefined && { phone }),
    ...(email !== undefined && { email }),
  };
}

async function staff(tools: Tools, userId: string, zone: string): Promise<Addressee | undefined> {
  const contact = await contactOf(tools, userId);
  if (!contact) return undefined;
  const { language, phone, email } = contact;
  const stored = readPreferences(tools, { kind: 'user', id: userId });
  const common = await chosen(tools, stored, language, userId);
  return {
    ...common,
    zone,
    quiets: [common.preferences.quietHours],
    ...(phone !== undefined && { phone }),
    ...(email !== undefined && { email }),
  };
}

type Chosen = StoredPreferences | undefined;

async function chosen(tools: Tools, choice: Chosen | Promise<Chosen>, language: string, userId: string | undefined) {
  const [stored, devices] = await Promise.all([choice, userId === undefined ? [] : readDevices(tools, userId)]);
  const preferences = stored ?? usualPreferences(language);
  return { preferences, devices, language: preferences.language, ...(userId !== undefined && { userId }) };
}

export function patientOf(about: About): string | undefined {
  return about.kind === 'team' ? undefined : about.patientId;
}
