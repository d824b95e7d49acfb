import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Icon } from './icon.tsx';

/**
 * A question or a short form over the screen. The browser's own <dialog> gives the focus trap, Escape and the inert page
 * behind; on a phone it is a sheet from below.
 */
export function Dialog(props: {
  title: string;
  closeWord: string;
  onClose: () => void;
  children: ComponentChildren;
  wide?: boolean;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={props.wide ? 'sheet-dialog wide' : 'sheet-dialog'}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
      onClick={({ target, currentTarget }) => target === currentTarget && !hasWriting(currentTarget) && props.onClose()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div class="sheet-in">
        <header>
          <h2 id={titleId}>{props.title}</h2>
          <button type="button" class="btn text sq" aria-label={props.closeWord} onClick={props.onClose}>
            <Icon name="cross" />
          </button>
        </header>
        {props.children}
      </div>
    </dialog>
  );
}

/** A tap beside a sheet by mistake does not throw away what was written in it; Escape and the cross are meant. */
function hasWriting(sheet: HTMLElement): boolean {
  return [...sheet.querySelectorAll('textarea')].some((field) => field.value.trim() !== '');
}
