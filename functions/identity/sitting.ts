import { whileOfTeam } from '../shared/access-store.ts';
import { notFound, type Refusal } from '../shared/refusal.ts';
import type { Entry } from '../shared/table.ts';
import type { Tools } from '../shared/tools.ts';
import { treatmentEnded } from '../treatment/revise-plan.ts';
import { isStillTreated, whileTreated } from '../treatment/still-treated.ts';
import { readProfile } from './patient-store.ts';

/** What must be so of a patient in the moment of a write, and the refusal if it is not so any more. */
type Asked = { readonly checks: readonly Entry[]; over(): Promise<Refusal | undefined> };

/**
 * One request of a sitting writes one thing after another for a patient, and each write asks again: nobody works on for a team
 * that the patient has left, or for somebody whose treatment ended meanwhile.
 */
export type Sitting = Asked & {
  readonly teamId: string;
  /** For what may still be said of somebody whose treatment ended, and for a write that holds the plan itself. */
  readonly ofTeam: Asked;
  /** For a write that asks of the team by itself. */
  readonly treated: Entry;
};

export function sittingOf(tools: Tools, patientId: string, teamId: string): Sitting {
  const ofTeam: Asked = {
    checks: [whileOfTeam(tools, patientId, teamId)],
    over: async () => ((await readProfile(tools, patientId))?.teamId === teamId ? undefined : notFound('enrolment')),
  };
  const treated = whileTreated(tools, patientId);
  return {
    teamId,
    ofTeam,
    treated,
    checks: [...ofTeam.checks, treated],
    over: async () =>
      (await ofTeam.over()) ?? ((await isStillTreated(tools, patientId)) ? undefined : treatmentEnded()),
  };
}
