import { useState } from 'preact/hooks';
import { useTell } from '../look/toast.tsx';
import { sayProblem } from '../shell/edges.tsx';
import type { KeptKey } from '../shell/kept.ts';
import { say } from '../shell/outbox.ts';
import { subjectChanged } from '../shell/queries.ts';
import type { TextKey } from '../text/text.ts';
import { useText } from '../text/text.ts';

/** What is said once it was heard, from the answer; without one while it waits on this device. */
type Said = (body: unknown) => string;

/** Says something about a patient once, network or not; the sheet closes when it is said, and stays with the reason when it is refused. */
export function useTold(patientId: string, onClose: () => void, context: 'treatment' | 'alerts' = 'treatment') {
  const t = useText('work');
  const shell = useText('shell');
  const { toast } = useTell();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const send = async (path: string, body: unknown, about: KeptKey, done: TextKey<'work'> | Said) => {
    setBusy(true);
    setError(undefined);
    const outcome = await say({
      method: 'POST',
      path: `/api/${context}/patients/${patientId}/${path}`,
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
    toast(typeof done === 'string' ? t(done) : done(outcome.what === 'sent' ? outcome.body : undefined));
    onClose();
  };
  return { busy, error, send };
}
