import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'preact/hooks';
import type { PatientBoxView } from '../../../functions/devices/contract.ts';
import type { PatientProfile } from '../../../functions/identity/contract.ts';
import { Button } from '../look/controls.tsx';
import { Dialog } from '../look/dialog.tsx';
import { Read } from '../shell/edges.tsx';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';
import { Condition } from './condition.tsx';
import { GiveBox } from './give-box.tsx';
import { TakeBox } from './take-box.tsx';

/** On a patient's page: the box that they have, which is taken back here; or none, and one is given. Both make an exchange. */
export function PatientBox(props: {
  patient: PatientProfile;
  box: UseQueryResult<PatientBoxView, Error>;
  /** Whose treatment has ended gets no other box. */
  stopped: boolean;
}) {
  const { patient, stopped } = props;
  const t = useText('work');
  const shell = useText('shell');
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <Read of={props.box} rows={1}>
      {(box) => (
        <section class="before">
          <h2>{t('boxes.theirs')}</h2>
          <Facts box={box} zone={patient.zone} />
          {(box.boxId !== undefined || !stopped) && (
            <Button icon="box" class="box-open" onClick={() => setOpen(true)}>
              {t(box.boxId === undefined ? 'boxes.give' : 'boxes.take')}
            </Button>
          )}
          {open && (
            <Dialog
              title={t(box.boxId === undefined ? 'boxes.give' : 'boxes.take')}
              closeWord={shell('close')}
              onClose={close}
            >
              {box.boxId === undefined ? (
                <GiveBox patient={patient} onClose={close} />
              ) : (
                <TakeBox patient={patient} boxId={box.boxId} onClose={close} />
              )}
            </Dialog>
          )}
        </section>
      )}
    </Read>
  );
}

function Facts({ box, zone }: { box: PatientBoxView; zone: string }) {
  const t = useText('work');
  const dates = useDates();
  if (box.boxId === undefined) return <p class="meta">{t('boxes.none')}</p>;
  return (
    <>
      <p>
        <b class="strong">{box.boxId}</b>
      </p>
      {box.condition && <Condition of={box.condition} />}
      {box.since && <p class="meta">{t('boxes.since', { date: dates.dated(dates.localDate(box.since, zone)) })}</p>}
    </>
  );
}
