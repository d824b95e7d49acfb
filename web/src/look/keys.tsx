import { useEffect, useRef, useState } from 'preact/hooks';
import { Dialog } from './dialog.tsx';

export interface Shortcut {
  /** One key as `KeyboardEvent.key` gives it, e.g. `j`, `/`, `?`. */
  key: string;
  word: string;
  run: () => void;
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select, [role="slider"]'));

/** One-key shortcuts of a screen: never with a modifier, never while somebody types, all of them listed under "?". */
function useShortcuts(shortcuts: readonly Shortcut[]) {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const hit = latest.current.find(({ key }) => key.toLowerCase() === event.key.toLowerCase());
      if (!hit) return;
      event.preventDefault();
      hit.run();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

/** The foot of the rail: the keys that matter here, and "?" for all of them. */
export function KeyHints({ items }: { items: readonly { keys: readonly string[]; word: string }[] }) {
  return (
    <div class="tools">
      {items.map(({ keys, word }) => (
        <div key={word}>
          {keys.map((key) => (
            <kbd key={key}>{key.toUpperCase()}</kbd>
          ))}{' '}
          {word}
        </div>
      ))}
    </div>
  );
}

/** Opens on "?": every shortcut of this screen, in words. */
export function ShortcutList(props: {
  title: string;
  closeWord: string;
  showWord: string;
  shortcuts: readonly Shortcut[];
}) {
  const [open, setOpen] = useState(false);
  useShortcuts([...props.shortcuts, { key: '?', word: props.showWord, run: () => setOpen(true) }]);
  if (!open) return null;
  return (
    <Dialog title={props.title} closeWord={props.closeWord} onClose={() => setOpen(false)}>
      <dl class="key-list">
        {[...props.shortcuts, { key: '?', word: props.showWord }].map(({ key, word }) => (
          <div key={key}>
            <dt>
              <kbd>{key.length === 1 ? key.toUpperCase() : key}</kbd>
            </dt>
            <dd>{word}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
