import { isZone } from '../organisations/calendar.ts';
import type { Actor } from '../shared/access.ts';
import { invalid, notFound, Refusal } from '../shared/refusal.ts';
import { localDateOf } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import type { PatientProfile, ProfileChange } from './contract.ts';
import { readProfile, replaceProfile } from './patient-store.ts';

/** Changes what the clinic knows of a person. `version` is the one that was seen; another one in between is refused. */
export async function changeProfile(
  tools: Tools & { readonly actor: Actor },
  patientId: string,
  change: ProfileChange,
  version: number,
): Promise<PatientProfile> {
  const profile = await readProfile(tools, patientId);
  if (!profile) throw notFound('patient');
  if (profile.version !== version) throw stale();
  checkFields(change);
  const next = changed(profile, change, tools.now());
  if ((await replaceProfile(tools, next)) === 'conflict') throw stale();
  return { ...next, version: version + 1 };
}

function changed(profile: PatientProfile, change: ProfileChange, now: string): PatientProfile {
  const { address: _, ...rest } = profile;
  const address = change.address === undefined ? profile.address : change.address;
  const zone = change.zone ?? profile.zone;
  return {
    ...rest,
    name: change.name ?? profile.name,
    sex: change.sex ?? profile.sex,
    language: change.language ?? profile.language,
    reach: change.reach ?? profile.reach,
    zone,
    ...(change.age && { age: change.age, ageSaidOn: localDateOf(now, zone) }),
    ...(address && { address }),
  };
}

export function checkFields(change: Pick<ProfileChange, 'zone' | 'reach'>): void {
  if (change.zone !== undefined && !isZone(change.zone)) throw invalid('/zone', 'There is no such time zone.');
  const { reach } = change;
  if (reach && reach.use !== 'none' && reach.phone === undefined) throw invalid('/reach/phone', 'Which number is it?');
  if (reach?.use === 'none' && reach.phone !== undefined)
    throw invalid('/reach/phone', 'A number is given, but nobody may be called on it.');
}

function stale(): Refusal {
  return new Refusal('stale', 'changed-meanwhile', 'Somebody else changed this meanwhile. Look again.');
}
