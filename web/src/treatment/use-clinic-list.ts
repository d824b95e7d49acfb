import { useState } from 'preact/hooks';
import { type ClinicDayView, ClinicListAnswer, type ClinicListInput } from '../../../functions/treatment/contract.ts';
import { useTell } from '../look/toast.tsx';
import { sayProblem } from '../shell/edges.tsx';
import { say } from '../shell/outbox.ts';
import { subjectChanged } from '../shell/queries.ts';
import { useText } from '../text/text.ts';
import type { ClinicDose, Known } from './clinic-dose.ts';

interface How {
  known: Known;
  isToday: boolean;
  reason: string;
}

/** Records ticked doses of a clinic day as one list, once, network or not. */
export function useClinicList(day: ClinicDayView) {
  const t = useText('work');
  const shell = useText('shell');
  const { toast } = useTell();
  const [busy, setBusy] = useState(false);
  /** The ids of what could not be recorded; nothing when the list was refused as a whole. */
  const record = async (doses: readonly ClinicDose[], how: How): Promise<string[] | undefined> => {
    setBusy(true);
    const outcome = await say({
      method: 'POST',
      path: `/api/treatment/teams/${day.teamId}/clinic-day`,
      body: listOf(day, doses, how),
      about: 'kept.watched',
      subjectId: day.teamId,
      formStays: true,
    });
    setBusy(false);
    if (outcome.what === 'refused') {
      toast(sayProblem(shell, outcome.problem));
      return undefined;
    }
    const failed = outcome.what === 'sent' ? failedIn(outcome.body) : new Set<string>();
    const left = doses.filter(({ patientId }) => failed.has(patientId));
    const done = t('clinic.done', { count: doses.length - left.length });
    toast(left.length === 0 ? done : `${done} ${t('clinic.left', { count: left.length })}`);
    subjectChanged(day.teamId);
    return left.map(({ id }) => id);
  };
  return { busy, record };
}

function listOf(day: ClinicDayView, doses: readonly ClinicDose[], { known, isToday, reason }: How): ClinicListInput {
  const slotsOf = new Map<string, string[]>();
  for (const { patientId, name } of doses) slotsOf.set(patientId, [...(slotsOf.get(patientId) ?? []), name]);
  return {
    listId: crypto.randomUUID(),
    localDate: day.localDate,
    inPerson: known === 'watched',
    ...(known === 'watched' && isToday && { watchedAt: new Date().toISOString() }),
    ...(known === 'later' && { reason }),
    ticks: [...slotsOf].map(([patientId, slots]) => ({ patientId, slots })),
  };
}

function failedIn(body: unknown): ReadonlySet<string> {
  const answer = ClinicListAnswer.safeParse(body);
  const results = answer.success ? answer.data.results : [];
  const isDone = (outcome: string) => outcome === 'recorded' || outcome === 'repeated';
  return new Set(results.filter(({ outcome }) => !isDone(outcome)).map(({ patientId }) => patientId));
}
