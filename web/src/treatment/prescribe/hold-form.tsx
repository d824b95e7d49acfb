import { useState } from 'preact/hooks';
import type { MedicationPlan } from '../../../../functions/treatment/contract.ts';
import { Button } from '../../look/controls.tsx';
import { ErrorLine, TextField } from '../../look/fields.tsx';
import { post } from '../../shell/api.ts';
import { useSave } from '../../shell/save.ts';
import { useDates } from '../../text/dates.ts';
import { useText } from '../../text/text.ts';

/** Pauses the whole plan from a day on with a reason, or goes on with it today. */
export function HoldForm(props: { plan: MedicationPlan; patientId: string; zone: string; onClose: () => void }) {
  const { plan, patientId, zone } = props;
  const t = useText('prescribe');
  const today = useDates().localDate(new Date().toISOString(), zone);
  const hold = plan.holds.find((one) => one.to === undefined);
  const [from, setFrom] = useState(today);
  const [reason, setReason] = useState('');
  const { busy, error, save } = useSave([patientId], props.onClose);
  const send = (verb: 'hold' | 'resume', body: unknown) =>
    void save(() =>
      post(`/api/treatment/patients/${patientId}/plans/${plan.planId}/${verb}`, body, { version: plan.version }),
    );
  if (hold)
    return (
      <>
        <ErrorLine says={error} />
        <Button wide busy={busy} onClick={() => send('resume', { holdId: hold.id, on: today })}>
          {t('resume')}
        </Button>
      </>
    );
  return (
    <>
      <TextField label={t('hold-from')} type="date" value={from} onInput={setFrom} />
      <TextField label={t('hold-reason')} value={reason} onInput={setReason} maxLength={300} />
      <ErrorLine says={error} />
      <Button
        wide
        busy={busy}
        disabled={reason.trim().length < 2}
        onClick={() => send('hold', { holdId: crypto.randomUUID(), from, reason: reason.trim() })}
      >
        {t('hold-save')}
      </Button>
    </>
  );
}
