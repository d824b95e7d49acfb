import { useState } from 'preact/hooks';
import type { CannotReason, DoseSlotView, TodayView } from '../../../functions/treatment/contract.ts';
import { useTell } from '../look/toast.tsx';
import { sayProblem } from '../shell/edges.tsx';
import { drop, outbox, say, type Waiting } from '../shell/outbox.ts';
import { subjectChanged } from '../shell/queries.ts';
import { useStore } from '../shell/store.ts';
import { useText } from '../text/text.ts';

interface SlotBody {
  kind?: string;
  localDate: string;
  slot: string;
  reason?: string;
}

const isSlotBody = (body: unknown): body is SlotBody =>
  typeof body === 'object' && body !== null && 'localDate' in body && 'slot' in body;

/** What was said on this phone about a slot, until the clinic's own answer shows it. */
export interface Said {
  what: 'taken' | 'cannot-take';
  reason: string | undefined;
  at: string;
  /** Still on this phone: the place in the queue from which it can be taken back. */
  place: number | undefined;
}

export interface Sayings {
  /** The slot that the card is about, while it can still be answered. */
  open: DoseSlotView | undefined;
  said: Said | undefined;
  taken(): void;
  cannot(reason: CannotReason, note: string): void;
  /** Pressed by mistake and still here: it never leaves. */
  takeBack(): void;
}

/** What the patient can say about the slot of the card, and what they have said that still waits on this phone. */
export function useSayings(view: TodayView): Sayings {
  const t = useText('patient');
  const s = useText('shell');
  const { toast, announce } = useTell();
  const waiting = useStore(outbox);
  const slot = 'slot' in view.card ? view.card.slot : undefined;
  const [sent, setSent] = useState<Said>();
  const said = (slot && findUnsent(waiting, view.patientId, view.localDate, slot.name)) ?? sent;
  const root = `/api/treatment/patients/${view.patientId}`;

  async function tell(what: Said['what'], path: string, body: object, reason?: CannotReason) {
    setSent({ what, reason, at: new Date().toISOString(), place: undefined });
    const about = `kept.${what}` as const;
    const outcome = await say({ method: 'POST', path: `${root}/${path}`, body, about, subjectId: view.patientId });
    if (outcome.what === 'refused') toast(sayProblem(s, outcome.problem));
    else announce(t(outcome.what === 'kept' ? 'said.kept' : 'heard.title'));
    // Between the clinic's "heard" and the new card the screen must not fall back to the question.
    await subjectChanged(view.patientId);
    setSent(undefined);
  }

  const about = () => ({ evidenceId: crypto.randomUUID(), localDate: view.localDate, slot: slot?.name ?? '' });
  return {
    open: slot,
    said,
    taken: () => void tell('taken', 'evidence', { kind: 'taken', ...about(), takenAt: new Date().toISOString() }),
    cannot: (reason, note) =>
      void tell('cannot-take', 'cannot-take', { ...about(), reason, ...(note && { note }) }, reason),
    takeBack: () => {
      if (said?.place === undefined) return;
      setSent(undefined);
      void drop(said.place);
    },
  };
}

/** The last thing said about this slot that has not left the phone. */
function findUnsent(all: readonly Waiting[], patientId: string, localDate: string, slot: string): Said | undefined {
  const mine = all.filter(
    ({ subjectId, body, refused }) =>
      !refused && subjectId === patientId && isSlotBody(body) && body.localDate === localDate && body.slot === slot,
  );
  const last = mine.at(-1);
  if (!last || !isSlotBody(last.body)) return undefined;
  return {
    what: last.about === 'kept.taken' ? 'taken' : 'cannot-take',
    reason: last.body.reason,
    at: last.saidAt,
    place: last.place,
  };
}
