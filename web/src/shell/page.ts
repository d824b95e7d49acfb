import { useEffect } from 'preact/hooks';
import { useTell } from '../look/toast.tsx';

let first = true;

/** Names the page for the tab and for readers, and moves the focus to its beginning when somebody came from another one. */
export function usePage(title: string): void {
  const { announce } = useTell();
  useEffect(() => {
    document.title = title === 'CareConnect' ? title : `${title} · CareConnect`;
  }, [title]);
  useEffect(() => {
    if (first) {
      first = false;
      return;
    }
    document.getElementById('main')?.focus({ preventScroll: true });
    announce(title);
  }, []);
}
