import { useState } from 'preact/hooks';
import type { AwayReason, TodayView } from '../../../functions/treatment/contract.ts';
import { Button } from '../look/controls.tsx';
import { Dialog } from '../look/dialog.tsx';
import { Glyph } from '../look/glyph.tsx';
import { useTell } from '../look/toast.tsx';
import { sayProblem } from '../shell/edges.tsx';
import { say } from '../shell/outbox.ts';
import { subjectChanged } from '../shell/queries.ts';
import { useDates } from '../text/dates.ts';
import { addDays } from '../text/days.ts';
import { useText } from '../text/text.ts';
import { Stepper } from './stepper.tsx';

const reasons: readonly AwayReason[] = ['travelling-without-box', 'left-at-home', 'admitted', 'box-broken'];
/** Until when, if nobody says otherwise; the clinic asks "back with the box?" the day after. */
const usualDays: Record<AwayReason, number> = {
  'travelling-without-box': 7,
  'left-at-home': 1,
  admitted: 7,
  'box-broken': 3,
};

type AwayCardView = Extract<TodayView['card'], { kind: 'away' }>;

/** Says something about where box and tablets are; one line tells how it went. */
export function useTelling(patientId: string) {
  const t = useText('patient');
  const s = useText('shell');
  const { toast } = useTell();
  return async (what: 'away' | 'back' | 'pocket', path: string, body: object) => {
    const outcome = await say({
      method: 'POST',
      path: `/api/treatment/patients/${patientId}/${path}`,
      body,
      about: `kept.${what}`,
      subjectId: patientId,
    });
    toast(
      outcome.what === 'refused'
        ? sayProblem(s, outcome.problem)
        : t(outcome.what === 'kept' ? 'said.kept' : 'heard.title'),
    );
    await subjectChanged(patientId);
  };
}

/** Away: no reminders about the box; its end asks one question. */
export function AwayCard({ view, card }: { view: TodayView; card: AwayCardView }) {
  const t = useText('patient');
  const dates = useDates();
  const tell = useTelling(view.patientId);
  const end = (backWithBox: boolean) =>
    void tell('back', `away/${card.away.awayId}/end`, { to: view.localDate, backWithBox });
  return (
    <section class="now" aria-labelledby="now-title">
      <p class="when">{dates.long(view.localDate)}</p>
      <div class="done away">
        <Glyph name="away" size="l" />
        <div>
          <h1 id="now-title">{t(card.askBackWithBox ? 'away.ask' : 'away.title')}</h1>
          <p class="meta">{t(`away.${card.away.reason}`)}</p>
        </div>
      </div>
      {card.away.expectedEnd && !card.askBackWithBox && (
        <p class="meta after">{t('away.until', { day: dates.long(card.away.expectedEnd) })}</p>
      )}
      <Button voice={card.askBackWithBox ? 'go' : 'outline'} wide class="take" onClick={() => end(true)}>
        {t('away.back')}
      </Button>
    </section>
  );
}

/** Away in two taps: why, and (already filled in) until when. */
export function AwayDialog(props: { patientId: string; localDate: string; onClose: () => void }) {
  const t = useText('patient');
  const s = useText('shell');
  const dates = useDates();
  const tell = useTelling(props.patientId);
  const [reason, setReason] = useState<AwayReason>();
  const [days, setDays] = useState(7);
  const choose = (chosen: AwayReason) => {
    setReason(chosen);
    setDays(usualDays[chosen]);
  };
  const send = () => {
    if (!reason) return;
    void tell('away', 'away', {
      awayId: crypto.randomUUID(),
      reason,
      from: props.localDate,
      expectedEnd: addDays(props.localDate, days),
      recordedBy: reason === 'admitted' ? 'ward' : 'patient',
    });
    props.onClose();
  };
  return (
    <Dialog title={t('away.why')} closeWord={s('close')} onClose={props.onClose}>
      {reason ? (
        <>
          <p class="chosen">{t(`away.${reason}`)}</p>
          <Stepper
            says={t('away.until', { day: dates.long(addDays(props.localDate, days)) })}
            at={days}
            min={1}
            max={60}
            onChange={setDays}
          />
          <Button voice="go" wide class="take" onClick={send}>
            {t('away.send')}
          </Button>
          <Button wide onClick={() => setReason(undefined)}>
            {s('back')}
          </Button>
        </>
      ) : (
        <div class="reasons">
          {reasons.map((one) => (
            <Button key={one} wide onClick={() => choose(one)}>
              {t(`away.${one}`)}
            </Button>
          ))}
        </div>
      )}
    </Dialog>
  );
}
