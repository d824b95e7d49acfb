import { useState } from 'preact/hooks';
import { sayProblem } from '../shell/edges.tsx';
import { useText } from '../text/text.ts';
import { doorProblem } from './auth.ts';

/** One attempt at a door at a time: busy while it runs, one sentence when it is refused. */
export function useDoor(wrongCredentials: 'staff.wrong' | 'card.wrong' = 'staff.wrong') {
  const t = useText('sign-in');
  const s = useText('shell');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  async function attempt(run: () => Promise<void>, onError?: (error: unknown) => void) {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await run();
    } catch (caught) {
      const words = doorProblem(caught);
      setError(words ? t(words === 'staff.wrong' ? wrongCredentials : words) : sayProblem(s, caught));
      onError?.(caught);
    } finally {
      setBusy(false);
    }
  }
  return { busy, error, setError, attempt };
}
