import { useState } from 'preact/hooks';
import { type MedicationPlan, StopReason } from '../../../functions/treatment/contract.ts';
import { CheckedForm } from '../look/checked-form.tsx';
import { ChoiceField } from '../look/choice-field.tsx';
import { TextArea, TextField } from '../look/fields.tsx';
import { useChecks } from '../look/use-checks.ts';
import { post } from '../shell/api.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';
import { useDateError } from './date-error.ts';
import type { FormProps } from './patient-actions.tsx';
import { usePlanSave, usePlans } from './prescribe/plans.ts';

/** Stopping cancels everything pending in the same act, so it needs the network and is never queued. It says of whom first. */
export function StopForm({ patientId, name, zone, onClose }: FormProps) {
  const t = useText('work');
  const plans = usePlans(patientId);
  const plan = plans.data?.plans.find((one) => one.status === 'active' || one.status === 'on-hold');
  const [reason, setReason] = useState<StopReason>();
  const dates = useDates();
  const today = dates.localDate(new Date().toISOString(), zone);
  const [on, setOn] = useState(today);
  const dateError = useDateError(on, plan?.start, today);
  const [note, setNote] = useState('');
  const { checks, error: wrong } = useChecks({
    reason: !reason && t('choose'),
    on: on === '' ? t('date.missing') : dateError,
  });
  const { busy, error, save } = usePlanSave(patientId, onClose);
  const stop = (running: MedicationPlan) =>
    save(
      () =>
        post<MedicationPlan>(
          `/api/treatment/patients/${patientId}/plans/${running.planId}/stop`,
          { reason, on, ...(note.trim() && { note: note.trim() }) },
          { version: running.version },
        ),
      () => t('stop.done'),
    );
  if (plans.data && !plan) return <p class="form">{t('plan.none')}</p>;
  return (
    <CheckedForm checks={checks} go={t('stop.confirm')} busy={busy} error={error} onGo={() => plan && stop(plan)}>
      <p class="meta">{t('stop.says')}</p>
      <ChoiceField
        label={t('stop.why')}
        choices={StopReason.options.map((value) => ({ value, label: t(`stop.${value}`) }))}
        value={reason}
        onChange={setReason}
        error={wrong('reason')}
      />
      <TextField
        name="on"
        label={t(reason === 'died' ? 'stop.on-died' : 'stop.on')}
        type="date"
        {...(plan && { min: plan.start })}
        max={today}
        value={on}
        onInput={setOn}
        error={dateError ?? wrong('on')}
      />
      <TextArea label={t('alert.note')} value={note} onInput={setNote} rows={2} maxLength={500} />
      {reason && on && !dateError && (
        <p class="strong" role="status">
          {t(`stop.sure-${reason}`, { name, date: dates.dated(on) })}
        </p>
      )}
    </CheckedForm>
  );
}
