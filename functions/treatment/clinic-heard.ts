import type { Tools } from '../shared/tools.ts';
import { changeDay } from './change-day.ts';

export type ClinicHeard = {
  readonly patientId: string;
  readonly localDate: string;
  /** Display name of who read it, as the patient knows them. */
  readonly by: string;
  /** "She will call before 1 o'clock." */
  readonly before?: string;
};

/** Somebody at the clinic has read what the patient said on this day: the strip "the clinic heard you". */
export async function clinicHeard(
  tools: Tools,
  { patientId, localDate, by, before }: ClinicHeard,
): Promise<'shown' | 'already' | 'no-plan'> {
  const changed = await changeDay(tools, patientId, localDate, (day) => {
    if (day.heard?.by === by && day.heard.before === before) return undefined;
    return { ...day, heard: { by, at: tools.now(), ...(before !== undefined && { before }) } };
  });
  if (changed === 'no-plan') return 'no-plan';
  return changed.outcome === 'changed' ? 'shown' : 'already';
}
