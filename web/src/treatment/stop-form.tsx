import { useState } from 'preact/hooks';
import { type MedicationPlan, StopReason } from '../../../functions/treatment/contract.ts';
import { Button, Chips } from '../look/controls.tsx';
import { TextArea } from '../look/fields.tsx';
import { useTell } from '../look/toast.tsx';
import { post } from '../shell/api.ts';
import { sayProblem } from '../shell/edges.tsx';
import { subjectChanged, useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useText } from '../text/text.ts';
import type { FormProps } from './patient-actions.tsx';

/** Stopping cancels everything pending in the same act, so it needs the network and is never queued. */
export function StopForm({ patientId, onClose }: FormProps) {
  const t = useText('work');
  const shell = useText('shell');
  const viewer = useViewer();
  const { toast } = useTell();
  const plans = useRead<{ plans: MedicationPlan[] }>(
    [viewer.userId, patientId, 'plans'],
    `/api/treatment/patients/${patientId}/plans`,
  );
  const plan = plans.data?.plans.find((one) => one.status === 'active' || one.status === 'on-hold');
  const [reason, setReason] = useState<StopReason>();
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const stop = async () => {
    if (!plan) return;
    setBusy(true);
    try {
      await post(
        `/api/treatment/patients/${patientId}/plans/${plan.planId}/stop`,
        { reason, ...(note.trim() && { note: note.trim() }) },
        { version: plan.version },
      );
      subjectChanged(patientId);
      toast(t('stop.done'));
      onClose();
    } catch (problem) {
      setError(sayProblem(shell, problem));
      void plans.refetch();
    } finally {
      setBusy(false);
    }
  };
  if (plans.data && !plan) return <p class="form">{t('plan.none')}</p>;
  return (
    <div class="form">
      <p class="meta">{t('stop.says')}</p>
      <Chips
        class="next"
        label={t('stop.title')}
        choices={StopReason.options.map((value) => ({ value, label: t(`stop.${value}`) }))}
        value={reason}
        onChange={setReason}
      />
      <TextArea label={t('alert.note')} value={note} onInput={setNote} rows={2} maxLength={500} />
      {error && (
        <p class="err" role="alert">
          {error}
        </p>
      )}
      <Button voice="go" wide busy={busy} disabled={!reason || !plan} onClick={() => void stop()}>
        {t('stop.confirm')}
      </Button>
    </div>
  );
}
