import { AlertView, type ResolveInput, type TaskDoneInput, type WorkRow } from '../../../functions/alerts/contract.ts';
import { useTell } from '../look/toast.tsx';
import { sayProblem } from '../shell/edges.tsx';
import type { KeptKey } from '../shell/kept.ts';
import { say } from '../shell/outbox.ts';
import { subjectChanged } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
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
  const dates = useDates();
  const viewer = useViewer();
  const { toast } = useTell();

  async function send(work: Work, verb: string, body: unknown, about: KeptKey): Promise<boolean> {
    return (await sent(work, verb, body, about)).what !== 'refused';
  }

  async function sent(work: Work, verb: string, body: unknown, about: KeptKey) {
    const path = `/api/alerts/patients/${work.patientId}/${work.kind === 'alert' ? 'alerts' : 'tasks'}/${work.id}/${verb}`;
    const outcome = await say({ method: 'POST', path, body, about, subjectId: work.patientId, formStays: true });
    subjectChanged(work.patientId);
    if (work.teamId) subjectChanged(work.teamId);
    if (outcome.what === 'refused') toast(sayProblem(shell, outcome.problem));
    return outcome;
  }

  const undo = (work: Work) => ({
    word: shell('undo'),
    undoes: true as const,
    run: () => void send(work, 'undo', {}, 'kept.undo'),
  });

  return {
    acknowledge: async (work: Work) => {
      const outcome = await sent(work, 'acknowledge', {}, 'kept.acknowledge');
      if (outcome.what === 'refused') return;
      const other = outcome.what === 'sent' ? onItBy(outcome.body) : undefined;
      if (other === undefined || other.by === viewer.userId) toast(t('work.yours'));
      else toast(t('alert.on-it-since', { name: other.byName, time: dates.clock(other.at, viewer.zone) }));
    },
    resolve: async (work: Work, input: ResolveInput) => {
      const done = await send(work, 'resolve', input, 'kept.outcome');
      if (done) toast(t('work.closed'), undo(work));
      return done;
    },
    note: async (work: Work, text: string) => {
      const done = await send(work, 'notes', { noteId: crypto.randomUUID(), text }, 'kept.note');
      if (done) toast(t('more.noted'));
      return done;
    },
    give: async (work: Work, ownerId: string, name: string) => {
      const done = await send(work, 'reassign', { ownerId }, 'kept.given');
      if (done) toast(t('more.given', { name }));
      return done;
    },
    answer: async (work: Work, input: TaskDoneInput) => {
      const done = await send(work, 'done', input, 'kept.task');
      if (done) toast(t('work.done'), undo(work));
      return done;
    },
  };
}

/** Of two who say "I'm on it" the first has it: the answer to the second says who. */
function onItBy(body: unknown) {
  const alert = AlertView.safeParse(body);
  return alert.success ? alert.data.acknowledged : undefined;
}
