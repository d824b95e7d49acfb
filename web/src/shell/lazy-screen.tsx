import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Area } from '../text/areas.ts';
import { loadWords } from '../text/text.ts';
import { Crash, Opening } from './edges.tsx';

/** A screen in its own chunk, drawn once its code and its words are here; when they do not come, it says so and tries again. */
export function lazyScreen<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
  ...areas: Area[]
) {
  let screen: ComponentType<Props> | undefined;
  const fetchAll = () => Promise.all([load(), loadWords(...areas)]);
  /** Fetches the screen before it is needed, so that it opens without a network too. */
  Lazy.preload = () => fetchAll().then(() => undefined);
  return Lazy;

  function Lazy(props: Props) {
    const [, drawAgain] = useState(0);
    const [error, setError] = useState<unknown>();
    const [tries, setTries] = useState(0);
    useEffect(() => {
      if (screen) return;
      let gone = false;
      fetchAll().then(
        ([module]) => {
          screen = module.default;
          if (!gone) drawAgain((times) => times + 1);
        },
        (reason: unknown) => {
          if (!gone) setError(reason);
        },
      );
      return () => {
        gone = true;
      };
    }, [tries]);
    if (screen) {
      const Screen = screen;
      return <Screen {...props} />;
    }
    if (!error) return <Opening />;
    return (
      <Crash
        error={error}
        retry={() => {
          setError(undefined);
          setTries(tries + 1);
        }}
      />
    );
  }
}
