import type { Tools } from '../shared/tools.ts';
import { changeDay } from './change-day.ts';

export type TellOnce = { readonly patientId: string; readonly localDate: string; readonly step: string };

/**
 * Notes on the day that something has been told (`remind.sms`), once: whoever gets 'first' may tell, everybody else has
 * 'already'. A crash between the note and the message loses that message, never doubles it.
 */
export async function tellOnce(
  tools: Tools,
  { patientId, localDate, step }: TellOnce,
): Promise<'first' | 'already' | 'no-plan'> {
  const changed = await changeDay(tools, patientId, localDate, (day) =>
    day.told[step] === undefined ? { ...day, told: { ...day.told, [step]: tools.now() } } : undefined,
  );
  if (changed === 'no-plan') return 'no-plan';
  return changed.outcome === 'changed' ? 'first' : 'already';
}

export type ClinicHeard = {
  readonly patientId: string;
  readonly localDate: string;
  /** First name or display name of who read it, as the patient knows them. */
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
