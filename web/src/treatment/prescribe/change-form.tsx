import { useState } from 'preact/hooks';
import type { MedicationPlan } from '../../../../functions/treatment/contract.ts';
import { CheckedForm } from '../../look/checked-form.tsx';
import { ErrorLine, TextField } from '../../look/fields.tsx';
import { useChecks } from '../../look/use-checks.ts';
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
  const { checks, error: wrong } = useChecks({
    drugs: !prescription && t('drugs-missing'),
    from: from === '' && t('day-missing'),
    end: end !== '' && from !== '' && end < from && t('end-early'),
    reason: reason.trim().length < 2 && t('reason-missing'),
  });
  return (
    <CheckedForm
      checks={checks}
      go={t('change-save')}
      busy={busy}
      error={error}
      onGo={() =>
        save(async () => (await ask<MedicationPlan>(path, { method: 'PATCH', body, version: plan.version })).body)
      }
    >
      <PrescriptionEditor draft={draft} onChange={setDraft} medicines={medicines} />
      <ErrorLine says={wrong('drugs')} />
      <div class="two">
        <TextField
          name="from"
          error={wrong('from')}
          label={t('change-from')}
          type="date"
          value={from}
          onInput={setFrom}
          {...(last && { min: last.from })}
        />
        <TextField
          name="end"
          label={t('end')}
          type="date"
          value={end}
          onInput={setEnd}
          min={from}
          error={wrong('end')}
        />
      </div>
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
