import { useState } from 'preact/hooks';
import { useTell } from '../../look/toast.tsx';
import { sayProblem } from '../../shell/edges.tsx';
import { subjectChanged } from '../../shell/queries.ts';
import { useText } from '../../text/text.ts';

/** Saves a prescription at once or not at all: it never waits for a network. The sheet closes when it holds. */
export function usePlanSave(patientId: string, onClose: () => void) {
  const shell = useText('shell');
  const { toast } = useTell();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const save = async (send: () => Promise<unknown>) => {
    setBusy(true);
    setError(undefined);
    try {
      await send();
      subjectChanged(patientId);
      toast(shell('saved'));
      onClose();
    } catch (problem) {
      setError(sayProblem(shell, problem));
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, save };
}
