import type { Told } from './contract.ts';

/** Who could be told about a patient at an instant. */
export type People = {
  readonly patient: { readonly id: string; readonly reachable: boolean };
  readonly supporters: readonly { readonly id: string; readonly reachable: boolean }[];
  /** Who answers now: on call outside working hours, else the owner or who covers. There is always somebody. */
  readonly ownerId: string;
  /** Clinical members of the team in the order in which they are asked. */
  readonly staffIds: readonly string[];
  readonly supervisorId?: string;
};

/**
 * An alert opens, worsens or reaches a gate: the patient and the supporter hear that the clinic will call, the owner hears
 * at once. A rung without a channel is skipped at once and says so.
 */
export function firstRungs(people: People, step: Told['step'], at: string): Told[] {
  const patient: Told = {
    at,
    step,
    rung: 'patient',
    userId: people.patient.id,
    ...(!people.patient.reachable && { skipped: 'no-channel' }),
  };
  const supporters: Told[] =
    people.supporters.length === 0
      ? [{ at, step, rung: 'supporter', skipped: 'not-there' }]
      : people.supporters.map(({ id, reachable }) => ({
          at,
          step,
          rung: 'supporter',
          userId: id,
          ...(!reachable && { skipped: 'no-channel' }),
        }));
  return [patient, ...supporters, { at, step, rung: 'owner', userId: people.ownerId }];
}

/** Staff only: for what the patient was told of already. */
export function ownerRung(people: People, step: Told['step'], at: string): Told[] {
  return [{ at, step, rung: 'owner', userId: people.ownerId }];
}

export type Climb = {
  readonly ownerId: string;
  /** How often it has climbed now. */
  readonly rung: number;
  readonly told: readonly Told[];
  /** Whether a further rung is left, so that a new deadline makes sense. */
  readonly more: boolean;
};

const lastRung = 2;

/**
 * Nobody said "I'm on it" in time: the next person has it. First a colleague, then the supervisor, who sees it and hears
 * of it in the daily summary. Rungs with nobody on them are skipped at once and say so; at the top it stays with whoever
 * had it last, late and in sight: an alert never loses its owner.
 */
export function climb(now: { ownerId: string; rung: number }, people: People, at: string): Climb {
  const told: Told[] = [];
  for (let rung = now.rung + 1; rung <= lastRung; rung++) {
    const name = rung === 1 ? 'health-worker' : 'supervisor';
    const next = rung === 1 ? colleague(now.ownerId, people) : people.supervisorId;
    if (next === undefined) told.push({ at, step: 'climb', rung: name, skipped: 'not-there' });
    else if (next === now.ownerId) told.push({ at, step: 'climb', rung: name, userId: next, skipped: 'is-owner' });
    else {
      told.push({ at, step: 'climb', rung: name, userId: next });
      return { ownerId: next, rung, told, more: rung < lastRung };
    }
  }
  return { ownerId: now.ownerId, rung: lastRung, told, more: false };
}

function colleague(ownerId: string, people: People): string | undefined {
  return people.staffIds.find((id) => id !== ownerId && id !== people.supervisorId);
}
