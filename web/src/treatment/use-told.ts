import { useState } from 'preact/hooks';
import { useTell } from '../look/toast.tsx';
import { sayProblem } from '../shell/edges.tsx';
import { say } from '../shell/outbox.ts';
import { subjectChanged } from '../shell/queries.ts';
import type { TextKey } from '../text/text.ts';
import { useText } from '../text/text.ts';

/** Says something about a patient once, network or not; the sheet closes when it is said, and stays with the reason when it is refused. */
export function useTold(patientId: string, onClose: () => void) {
  const t = useText('work');
  const shell = useText('shell');
  const { toast } = useTell();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const send = async (path: string, body: unknown, about: string, done: TextKey<'work'>) => {
    setBusy(true);
    setError(undefined);
    const outcome = await say({
      method: 'POST',
      path: `/api/treatment/patients/${patientId}/${path}`,
      body,
      about,
      subjectId: patientId,
      formStays: true,
    });
    setBusy(false);
    if (outcome.what === 'refused') {
      setError(sayProblem(shell, outcome.problem));
      return;
    }
    subjectChanged(patientId);
    toast(t(done));
    onClose();
  };
  return { busy, error, send };
}
