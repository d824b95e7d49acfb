import type { PatientProfile } from '../identity/contract.ts';
import { supportersOf } from '../identity/patient-profile.ts';
import { onCallNow, ownerNow, standInFor, type Team } from '../organisations/team.ts';
import type { Tools } from '../shared/tools.ts';
import type { People } from './ladder.ts';

const clinical = ['health-worker', 'nurse', 'doctor'] as const;

/** Who could be told about a patient now. Whether a message then reaches them is the delivery log's to say. */
export async function peopleAround(tools: Tools, profile: PatientProfile, team: Team): Promise<People> {
  const supporters = await supportersOf(tools, profile.patientId);
  const now = tools.now();
  return {
    patient: {
      id: profile.patientId,
      reachable: profile.userId !== undefined || (profile.reach.use !== 'none' && profile.reach.phone !== undefined),
    },
    supporters: supporters.map(({ supporterId, phone, userId }) => ({
      id: supporterId,
      reachable: phone !== undefined || userId !== undefined,
    })),
    ownerId: ownerOf(team, now),
    staffIds: staffOf(team),
    ...(team.supervisorId !== undefined && { supervisorId: standInFor(team, team.supervisorId, now) }),
  };
}

/** On call outside working hours, else the owner or who covers for them. */
export function ownerOf(team: Team, now: string): string {
  return onCallNow(team, now) ?? ownerNow(team, now).userId;
}

/** Health workers before nurses before doctors, as the ladder goes. */
function staffOf(team: Team): string[] {
  return clinical.flatMap((role) =>
    team.members.filter((member) => firstRole(member.roles) === role).map((member) => member.userId),
  );
}

function firstRole(roles: readonly string[]): string | undefined {
  return clinical.find((role) => roles.includes(role));
}
