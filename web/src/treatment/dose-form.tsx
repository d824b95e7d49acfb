import { useState } from 'preact/hooks';
import { usualDayRollsAt } from '../../../functions/treatment/contract.ts';
import { CheckedForm } from '../look/checked-form.tsx';
import { ChoiceField } from '../look/choice-field.tsx';
import { SelectField, TextArea, TextField } from '../look/fields.tsx';
import { useChecks } from '../look/use-checks.ts';
import { addDays, dosingDate } from '../text/days.ts';
import { useText } from '../text/text.ts';
import type { FormProps } from './patient-actions.tsx';
import { slotTitle } from './slot-title.ts';
import { useTold } from './use-told.ts';

const kinds = ['watched', 'typed-later', 'not-taken', 'opened-not-taken'] as const;

/** What staff knows of a dose: watched today is observed, everything else is claimed with a reason, or confirmed as missed. */
export function DoseForm({ patientId, zone, course, onClose }: FormProps) {
  const t = useText('work');
  const today = dosingDate(new Date().toISOString(), zone, course?.plan?.dayRollsAt ?? usualDayRollsAt);
  const slots = course?.plan?.slots ?? [];
  const [localDate, setLocalDate] = useState(today);
  const [slot, setSlot] = useState(slots[0]?.name ?? 'morning');
  const [kind, setKind] = useState<(typeof kinds)[number]>();
  const [reason, setReason] = useState('');
  const { busy, error, send } = useTold(patientId, onClose);
  const asksReason = kind !== undefined && kind !== 'watched';
  const { checks, error: wrong } = useChecks({
    date: localDate === '' ? t('date.missing') : localDate > today && t('date.future'),
    kind: !kind && t('choose'),
    reason: asksReason && reason.trim().length < 3 && t('dose.reason-missing'),
  });
  const body = () => ({
    kind,
    evidenceId: crypto.randomUUID(),
    localDate,
    slot,
    ...(asksReason && { reason: reason.trim() }),
    ...(kind === 'opened-not-taken' && { found: 'patient-said' }),
    ...(kind === 'watched' && localDate === today && { watchedAt: new Date().toISOString() }),
  });
  return (
    <CheckedForm
      checks={checks}
      go={t('dose.save')}
      busy={busy}
      error={error}
      onGo={() => send('evidence', body(), 'kept.dose', 'dose.done')}
    >
      <TextField
        name="date"
        label={t('dose.date')}
        type="date"
        value={localDate}
        max={today}
        min={addDays(today, -60)}
        onInput={setLocalDate}
        error={wrong('date')}
      />
      {slots.length > 1 && (
        <SelectField label={t('dose.slot')} value={slot} onInput={setSlot}>
          {slots.map((one) => (
            <option key={one.name} value={one.name}>
              {slotTitle(one.name, t)} {one.time}
            </option>
          ))}
        </SelectField>
      )}
      <ChoiceField
        label={t('dose.kind')}
        choices={kinds.map((value) => ({ value, label: t(`dose.${value}`) }))}
        value={kind}
        onChange={setKind}
        error={wrong('kind')}
      />
      {kind === 'watched' && <p class="meta">{t('dose.watched-says')}</p>}
      {kind === 'typed-later' && <p class="meta">{t('dose.typed-says')}</p>}
      {asksReason && (
        <TextArea
          name="reason"
          label={t('dose.reason')}
          value={reason}
          onInput={setReason}
          rows={2}
          maxLength={500}
          required
          error={wrong('reason')}
        />
      )}
    </CheckedForm>
  );
}
