import type { ResolveInput, TaskDoneInput, WorkRow } from '../../../functions/alerts/contract.ts';
import { useTell } from '../look/toast.tsx';
import { say } from '../shell/outbox.ts';
import { subjectChanged } from '../shell/queries.ts';
import { useText } from '../text/text.ts';

type Work = {
  readonly id: string;
  readonly patientId: string;
  readonly teamId?: string;
  readonly kind: 'alert' | 'task';
};

export function workOf(row: WorkRow, teamId: string): Work {
  return { id: row.rowId, patientId: row.patient.patientId, teamId, kind: row.kind };
}

/** What staff do with an alert or a task. Said once, with or without a network; a closing can be taken back. */
export function useWork() {
  const t = useText('work');
  const shell = useText('shell');
  const { toast } = useTell();

  async function send(work: Work, verb: string, body: unknown, about: string): Promise<boolean> {
    const path = `/api/alerts/patients/${work.patientId}/${work.kind === 'alert' ? 'alerts' : 'tasks'}/${work.id}/${verb}`;
    const outcome = await say({ method: 'POST', path, body, about, subjectId: work.patientId });
    subjectChanged(work.patientId);
    if (work.teamId) subjectChanged(work.teamId);
    if (outcome.what === 'refused') toast(outcome.problem.message);
    return outcome.what !== 'refused';
  }

  const undo = (work: Work) => ({ word: shell('undo'), run: () => void send(work, 'undo', {}, 'kept.outcome') });

  return {
    acknowledge: async (work: Work) => {
      if (await send(work, 'acknowledge', {}, 'kept.acknowledge')) toast(t('work.yours'));
    },
    resolve: async (work: Work, input: ResolveInput) => {
      const done = await send(work, 'resolve', input, 'kept.outcome');
      if (done) toast(t('work.closed'), undo(work));
      return done;
    },
    answer: async (work: Work, input: TaskDoneInput) => {
      const done = await send(work, 'done', input, 'kept.task');
      if (done) toast(t('work.done'), undo(work));
      return done;
    },
  };
}
