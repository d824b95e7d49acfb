import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks';

interface Act {
  word: string;
  run: () => void;
  /** It takes back what was just done: the key for that does it too. */
  undoes?: true;
}

interface Told {
  id: number;
  says: string;
  act?: Act | undefined;
}

interface Tell {
  /** One line over the head of the screen, spoken politely; with `act` it offers one way back, e.g. undo. */
  toast: (says: string, act?: Act) => void;
  /** Spoken only: what changed on the screen without moving the focus. */
  announce: (says: string) => void;
}

const TellContext = createContext<Tell>({ toast: () => undefined, announce: () => undefined });
export const useTell = () => useContext(TellContext);

const secondsShown = 8;
/** What can be pressed has to be found first, perhaps by ear or with the Tab key. */
const secondsOffered = 20;

/** `above`: what stands over the head of every screen. The toasts come after it, where the keyboard meets the head. */
export function TellProvider({ above, children }: { above: ComponentChildren; children: ComponentChildren }) {
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
  const gone = useCallback(() => setTold(undefined), []);
  const tell = useMemo(() => ({ toast, announce }), [toast, announce]);
  return (
    <TellContext.Provider value={tell}>
      {above}
      <div class="toasts" role="status" aria-live="polite">
        {told && <Toast key={told.id} told={told} onGone={gone} />}
      </div>
      {children}
      <p class="vh" role="status" aria-live="polite">
        {spoken}
      </p>
    </TellContext.Provider>
  );
}

function Toast({ told: { says, act }, onGone }: { told: Told; onGone: () => void }) {
  const [held, setHeld] = useState(false);
  const cameFrom = useRef<EventTarget | null>(null);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(onGone, (act ? secondsOffered : secondsShown) * 1000);
    return () => clearTimeout(timer);
  }, [held, act, onGone]);
  const leave = () => {
    onGone();
    backTo(cameFrom.current);
  };
  const take = () => {
    act?.run();
    leave();
  };
  useUndoKey(act?.undoes ? take : undefined);
  return (
    // Reading or reaching for the button stops the clock: nobody has to be fast. A pointer that only rests where the pressed
    // button was does neither: the line would stay for good.
    <div
      class="toast"
      onPointerMove={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocusIn={(event) => {
        cameFrom.current ??= event.relatedTarget;
        setHeld(true);
      }}
      onFocusOut={() => setHeld(false)}
    >
      <span>{says}</span>
      {act && (
        <button
          type="button"
          class="btn text"
          {...(act.undoes && { 'aria-keyshortcuts': 'Control+Z Meta+Z' })}
          onKeyDown={(event) => event.key === 'Escape' && leave()}
          onClick={take}
        >
          {act.word}
        </button>
      )}
    </div>
  );
}

/** A button that goes away must not take the focus with it. */
function backTo(from: EventTarget | null): void {
  if (document.activeElement?.closest('.toast') === null) return;
  const still = from instanceof HTMLElement && from.isConnected ? from : document.getElementById('main');
  still?.focus();
}

/** Control or Command with Z, as everywhere; a field keeps its own. */
function useUndoKey(undo: (() => void) | undefined): void {
  const latest = useRef(undo);
  latest.current = undo;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
      const inField = event.target instanceof HTMLElement && event.target.matches('input, textarea');
      if (!latest.current || !isUndo || inField || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
