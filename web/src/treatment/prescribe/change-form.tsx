import { useState } from 'preact/hooks';
import type { MedicationPlan } from '../../../../functions/treatment/contract.ts';
import { Button } from '../../look/controls.tsx';
import { ErrorLine, TextField } from '../../look/fields.tsx';
import { ask } from '../../shell/api.ts';
import { useDates } from '../../text/dates.ts';
import { useText } from '../../text/text.ts';
import { draftOf, emptyDraft, prescribed } from './draft.ts';
import type { PrescribeProps } from './plan-form.tsx';
import { usePlanSave } from './plans.ts';
import { PrescriptionEditor } from './prescription-editor.tsx';

/** A new version of the running plan from a day on, with its reason. What was before stays as it was prescribed. */
export function ChangeForm({ plan, patientId, zone, medicines, onClose }: PrescribeProps & { plan: MedicationPlan }) {
  const t = useText('prescribe');
  const last = plan.versions.at(-1);
  const today = useDates().localDate(new Date().toISOString(), zone);
  const [draft, setDraft] = useState(() => (last ? draftOf(last) : emptyDraft));
  const [from, setFrom] = useState(today);
  const [end, setEnd] = useState(plan.end ?? '');
  const [reason, setReason] = useState('');
  const { busy, error, save } = usePlanSave(patientId, onClose);
  const prescription = prescribed(draft);
  const path = `/api/treatment/patients/${patientId}/plans/${plan.planId}`;
  const body = { from, reason: reason.trim(), ...prescription, ...(end && { end }) };
  return (
    <>
      <PrescriptionEditor draft={draft} onChange={setDraft} medicines={medicines} />
      <div class="two">
        <TextField
          label={t('change-from')}
          type="date"
          value={from}
          onInput={setFrom}
          {...(last && { min: last.from })}
        />
        <TextField label={t('end')} type="date" value={end} onInput={setEnd} min={from} />
      </div>
      <TextField label={t('hold-reason')} value={reason} onInput={setReason} maxLength={300} />
      <ErrorLine says={error} />
      <Button
        voice="go"
        wide
        busy={busy}
        disabled={!prescription || from === '' || reason.trim().length < 2}
        onClick={() =>
          void save(
            async () => (await ask<MedicationPlan>(path, { method: 'PATCH', body, version: plan.version })).body,
          )
        }
      >
        {t('change-save')}
      </Button>
    </>
  );
}
