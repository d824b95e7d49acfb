import type { OutcomeKind, ResolveInput } from '../../../functions/alerts/contract.ts';
import { useViewer } from '../shell/session.ts';
import { createStore, useStore } from '../shell/store.ts';

export type Why = NonNullable<ResolveInput['why']>;
export type Next = 'call' | 'visit' | 'none';

/** What somebody has begun to write about an alert, kept while the session lasts: another screen does not lose it. */
export interface Draft {
  readonly patientId: string;
  readonly alertId: string;
  readonly outcome?: OutcomeKind;
  readonly why?: Why;
  readonly note?: string;
  readonly next?: Next;
  readonly on?: string;
}

const drafts = createStore<ReadonlyMap<string, Draft>>(new Map());

/** The drafts of this person about one patient; nobody else on the same device sees them. */
export function useDrafts(patientId: string) {
  const { userId } = useViewer();
  const all = useStore(drafts);
  const keyOf = (alertId: string) => `${userId} ${alertId}`;
  return {
    mine: [...all]
      .filter(([key, one]) => key === keyOf(one.alertId) && one.patientId === patientId)
      .map(([, one]) => one),
    change: (alertId: string, part: Omit<Partial<Draft>, 'patientId' | 'alertId'>) => {
      const before = drafts.get().get(keyOf(alertId));
      const next: Draft = { ...before, ...part, patientId, alertId };
      drafts.set(new Map(drafts.get()).set(keyOf(alertId), next));
    },
    drop: (alertId: string) => {
      drafts.set(new Map([...drafts.get()].filter(([key]) => key !== keyOf(alertId))));
    },
  };
}
