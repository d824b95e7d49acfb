import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks';

interface Told {
  id: number;
  says: string;
  act?: { word: string; run: () => void } | undefined;
}

interface Tell {
  /** One line at the foot, spoken politely; with `act` it offers one way back, e.g. undo. */
  toast: (says: string, act?: { word: string; run: () => void }) => void;
  /** Spoken only: what changed on the screen without moving the focus. */
  announce: (says: string) => void;
}

const TellContext = createContext<Tell>({ toast: () => undefined, announce: () => undefined });
export const useTell = () => useContext(TellContext);

const secondsShown = 8;

export function TellProvider({ children }: { children: ComponentChildren }) {
  const [told, setTold] = useState<Told>();
  const [spoken, setSpoken] = useState('');
  const next = useRef(0);
  const toast = useCallback<Tell['toast']>((says, act) => {
    next.current += 1;
    setTold({ id: next.current, says, act });
  }, []);
  const announce = useCallback((says: string) => {
    // The same sentence twice is still news: an empty region in between makes readers say it again.
    setSpoken('');
    setTimeout(() => setSpoken(says), 50);
  }, []);
  const tell = useMemo(() => ({ toast, announce }), [toast, announce]);
  return (
    <TellContext.Provider value={tell}>
      {children}
      <p class="vh" role="status" aria-live="polite">
        {spoken}
      </p>
      <div class="toasts" role="status" aria-live="polite">
        {told && <Toast key={told.id} told={told} onGone={() => setTold(undefined)} />}
      </div>
    </TellContext.Provider>
  );
}

function Toast({ told, onGone }: { told: Told; onGone: () => void }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(onGone, secondsShown * 1000);
    return () => clearTimeout(timer);
  }, [held, onGone]);
  return (
    // Reading or reaching for the button stops the clock: nobody has to be fast. A pointer that only rests where the pressed
    // button was does neither: the line would stay for good.
    <div
      class="toast"
      onPointerMove={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocusIn={() => setHeld(true)}
      onFocusOut={() => setHeld(false)}
    >
      <span>{told.says}</span>
      {told.act && (
        <button
          type="button"
          class="btn text"
          onClick={() => {
            told.act?.run();
            onGone();
          }}
        >
          {told.act.word}
        </button>
      )}
    </div>
  );
}
