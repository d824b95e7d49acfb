import { useState } from 'preact/hooks';
import { furthestAheadDays, type MedicationPlan } from '../../../../functions/treatment/contract.ts';
import { Button } from '../../look/controls.tsx';
import { ErrorLine, TextField } from '../../look/fields.tsx';
import { post } from '../../shell/api.ts';
import { useDates } from '../../text/dates.ts';
import { addDays, daysBetween } from '../../text/days.ts';
import { useText } from '../../text/text.ts';
import { usePlanSave } from './plans.ts';

/** Pauses the whole plan from a day on with a reason, goes on with it from a day on, or takes back a hold that was a mistake. */
export function HoldForm(props: { plan: MedicationPlan; patientId: string; zone: string; onClose: () => void }) {
  const { plan, patientId, zone } = props;
  const t = useText('prescribe');
  const dates = useDates();
  const today = dates.localDate(new Date().toISOString(), zone);
  const hold = plan.holds.find((one) => one.to === undefined);
  const [from, setFrom] = useState(today);
  const [reason, setReason] = useState('');
  const { busy, error, save } = usePlanSave(patientId, props.onClose);
  const send = (verb: 'hold' | 'resume', body: unknown) =>
    void save(() =>
      post<MedicationPlan>(`/api/treatment/patients/${patientId}/plans/${plan.planId}/${verb}`, body, {
        version: plan.version,
      }),
    );
  if (hold)
    return (
      <>
        <ErrorLine says={error} />
        <Button wide busy={busy} onClick={() => send('resume', { holdId: hold.id, on: today })}>
          {t('resume')}
        </Button>
        <p class="meta">{t('hold-undo-says', { date: dates.dated(hold.from) })}</p>
        <Button wide busy={busy} onClick={() => send('resume', { holdId: hold.id, on: hold.from })}>
          {t('hold-undo')}
        </Button>
      </>
    );
  const tooEarly = from !== '' && from < plan.start;
  return (
    <>
      <TextField
        label={t('hold-from')}
        type="date"
        value={from}
        onInput={setFrom}
        min={plan.start}
        max={addDays(today, furthestAheadDays)}
        error={tooEarly ? t('hold-too-early', { date: dates.dated(plan.start) }) : undefined}
      />
      {!tooEarly && from !== '' && from < today && (
        <p class="meta" role="status">
          {t('hold-past', { count: daysBetween(from, today) })}
        </p>
      )}
      <TextField label={t('hold-reason')} value={reason} onInput={setReason} maxLength={300} />
      <ErrorLine says={error} />
      <Button
        wide
        busy={busy}
        disabled={reason.trim().length < 2 || from === '' || tooEarly}
        onClick={() => send('hold', { holdId: crypto.randomUUID(), from, reason: reason.trim() })}
      >
        {t('hold-save')}
      </Button>
    </>
  );
}
