import { useState } from 'preact/hooks';
import { Button } from '../look/controls.tsx';
import { Dialog } from '../look/dialog.tsx';
import { useDates } from '../text/dates.ts';
import { addDays } from '../text/days.ts';
import { useText } from '../text/text.ts';
import { useTelling } from './away.tsx';
import { Stepper } from './stepper.tsx';

/** Tablets taken along, said before the days: on those the box will stay shut, and nobody asks why. */
export function PocketDialog(props: { patientId: string; localDate: string; onClose: () => void }) {
  const t = useText('patient');
  const s = useText('shell');
  const dates = useDates();
  const tell = useTelling(props.patientId);
  const [from, setFrom] = useState(1);
  const [days, setDays] = useState(1);
  const first = addDays(props.localDate, from);
  const last = addDays(first, days - 1);
  const send = () => {
    void tell('pocket', 'pocket-doses', { declarationId: crypto.randomUUID(), from: first, to: last });
    props.onClose();
  };
  return (
    <Dialog title={t('pocket')} closeWord={s('close')} onClose={props.onClose}>
      <p class="meta">{t('pocket.says')}</p>
      <Stepper says={t('pocket.from', { day: dates.long(first) })} at={from} min={0} max={30} onChange={setFrom} />
      <Stepper says={t('pocket.days', { count: days })} at={days} min={1} max={14} onChange={setDays} />
      <Button voice="go" wide class="take" onClick={send}>
        {t('away.send')}
      </Button>
    </Dialog>
  );
}
