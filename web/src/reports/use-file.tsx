import { useEffect, useState } from 'preact/hooks';
import { ErrorLine } from '../look/fields.tsx';
import { useTell } from '../look/toast.tsx';
import { sayProblem } from '../shell/edges.tsx';
import { useText } from '../text/text.ts';

interface Made {
  name: string;
  csv: string;
  /** What is said when it is saved. */
  says: string;
}

interface Going {
  done: number;
  of: number;
}

export type Make = (signal: AbortSignal, onGoing: (done: number, of: number) => void) => Promise<Made>;

/** A file that is made of many answers: how far it is, why it did not come. Leaving the screen ends it. */
export function useFile() {
  const shell = useText('shell');
  const { toast } = useTell();
  const [leaving] = useState(() => new AbortController());
  const [going, setGoing] = useState<Going>();
  const [error, setError] = useState<string>();
  useEffect(() => () => leaving.abort(), [leaving]);

  async function make(how: Make) {
    setError(undefined);
    setGoing({ done: 0, of: 0 });
    try {
      const { name, csv, says } = await how(leaving.signal, (done, of) => setGoing({ done, of }));
      if (leaving.signal.aborted) return;
      save(name, csv);
      toast(says);
    } catch (problem) {
      if (!leaving.signal.aborted) setError(sayProblem(shell, problem));
    }
    setGoing(undefined);
  }
  return { going, error, make };
}

/** Beside the button: how far it is, or why it did not come. */
export function FileState({ of: { going, error } }: { of: { going: Going | undefined; error: string | undefined } }) {
  const t = useText('files');
  return (
    <>
      <p class="meta" role="status">
        {going && (going.of === 0 ? t('begins') : t('going', { done: going.done, of: going.of }))}
      </p>
      <ErrorLine says={error} />
    </>
  );
}

/** Hands a text to the browser to be saved under this name. */
function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
