import { useState } from 'preact/hooks';
import { useTell } from '../look/toast.tsx';
import { useText } from '../text/text.ts';
import { sayProblem } from './edges.tsx';
import { subjectChanged } from './queries.ts';

/**
 * A form that saves now or not at all: busy while it runs, why it was refused as a sentence beside its button. Whatever shows
 * these subjects is then read again; the form closes when it holds.
 */
export function useSave(subjects: readonly string[], onSaved: () => void) {
  const shell = useText('shell');
  const { toast } = useTell();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const save = async <Answer>(send: () => Promise<Answer>, says?: (answer: Answer) => string) => {
    setBusy(true);
    setError(undefined);
    try {
      const answer = await send();
      toast(says ? says(answer) : shell('saved'));
      onSaved();
    } catch (problem) {
      setError(sayProblem(shell, problem));
    }
    // Also when it was refused: what the screen showed may be why.
    for (const subject of subjects) subjectChanged(subject);
    setBusy(false);
  };
  return { busy, error, save };
}

/** One press without a form, e.g. in a row of a list: what came of it is said at the foot of the screen. */
export function useAct(...subjects: readonly string[]) {
  const shell = useText('shell');
  const { toast } = useTell();
  return async <Answer>(send: () => Promise<Answer>, says?: (answer: Answer) => string) => {
    try {
      const answer = await send();
      toast(says ? says(answer) : shell('saved'));
    } catch (problem) {
      toast(sayProblem(shell, problem));
    }
    for (const subject of subjects) subjectChanged(subject);
  };
}
