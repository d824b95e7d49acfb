import type { ClinicDayRow, ClinicDayView } from '../../../functions/treatment/contract.ts';

/** One dose of one patient on the list of a clinic day. */
export type ClinicDose = ClinicDayRow['slots'][number] & { readonly id: string; readonly patientId: string };

/** How staff know of what they tick. */
export type Known = 'watched' | 'later';

/** A line a dose, patients as they come and each one's doses in order of time: who takes twice a day stands there twice. */
export function dosesOf(day: ClinicDayView): ClinicDose[] {
  return day.rows.flatMap(({ patientId, slots }) =>
    slots.map((slot) => ({ ...slot, patientId, id: `${patientId}/${slot.name}` })),
  );
}

/** Not answered, and it can be taken now. */
export function isOpenNow({ status, opensAt, closesAt }: ClinicDose, now: string): boolean {
  return status === 'yet' && opensAt <= now && now < closesAt;
}

/** What is watched is open now; what is written later has at least begun. */
export function isTickable({ opensAt, closesAt }: ClinicDose, known: Known, now: string): boolean {
  return opensAt <= now && (known === 'later' || now < closesAt);
}
