import { useViewer } from '../shell/session.ts';
import { createStore, useStore } from '../shell/store.ts';

const chosen = createStore<string | undefined>(undefined);
export const chooseHelped = (patientId: string) => chosen.set(patientId);

/** Whom the supporter looks after now; the first, until they choose another. */
export function useHelped() {
  const viewer = useViewer();
  const id = useStore(chosen);
  return viewer.supports.find(({ patientId }) => patientId === id) ?? viewer.supports[0];
}
