import { useState } from 'preact/hooks';
import { furthestAheadDays, type MedicationPlan } from '../../../../functions/treatment/contract.ts';
import { CheckedForm } from '../../look/checked-form.tsx';
import { Button } from '../../look/controls.tsx';
import { ErrorLine, TextField } from '../../look/fields.tsx';
import { useChecks } from '../../look/use-checks.ts';
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
  const tooEarly =
    from !== '' && from < plan.start ? t('hold-too-early', { date: dates.dated(plan.start) }) : undefined;
  const { checks, error: wrong } = useChecks({
    from: from === '' ? t('day-missing') : tooEarly,
    reason: reason.trim().length < 2 && t('reason-missing'),
  });
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
  return (
    <CheckedForm
      checks={checks}
      go={t('hold-save')}
      busy={busy}
      error={error}
      onGo={() => send('hold', { holdId: crypto.randomUUID(), from, reason: reason.trim() })}
    >
      <TextField
        label={t('hold-from')}
        type="date"
        value={from}
        onInput={setFrom}
        min={plan.start}
        max={addDays(today, furthestAheadDays)}
        name="from"
        error={tooEarly ?? wrong('from')}
      />
      {!tooEarly && from !== '' && from < today && (
        <p class="meta" role="status">
          {t('hold-past', { count: daysBetween(from, today) })}
        </p>
      )}
      <TextField
        name="reason"
        label={t('hold-reason')}
        value={reason}
        onInput={setReason}
        maxLength={300}
        error={wrong('reason')}
      />
    </CheckedForm>
  );
}
