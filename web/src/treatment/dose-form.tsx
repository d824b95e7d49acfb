import { useState } from 'preact/hooks';
import { Button, Chips } from '../look/controls.tsx';
import { ErrorLine, SelectField, TextArea, TextField } from '../look/fields.tsx';
import { useDates } from '../text/dates.ts';
import { addDays } from '../text/days.ts';
import { useText } from '../text/text.ts';
import type { FormProps } from './patient-actions.tsx';
import { slotTitle } from './slot-title.ts';
import { useTold } from './use-told.ts';

const kinds = ['watched', 'typed-later', 'not-taken', 'opened-not-taken'] as const;

/** What staff knows of a dose: watched today is observed, everything else is claimed with a reason, or confirmed as missed. */
export function DoseForm({ patientId, zone, course, onClose }: FormProps) {
  const t = useText('work');
  const dates = useDates();
  const today = dates.localDate(new Date().toISOString(), zone);
  const slots = course?.plan?.slots ?? [];
  const [localDate, setLocalDate] = useState(today);
  const [slot, setSlot] = useState(slots[0]?.name ?? 'morning');
  const [kind, setKind] = useState<(typeof kinds)[number]>();
  const [reason, setReason] = useState('');
  const { busy, error, send } = useTold(patientId, onClose);
  const asksReason = kind !== undefined && kind !== 'watched';
  const ready = kind !== undefined && (!asksReason || reason.trim().length >= 3);
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
    <div class="form">
      <TextField
        label={t('dose.date')}
        type="date"
        value={localDate}
        max={today}
        min={addDays(today, -60)}
        onInput={setLocalDate}
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
      <p class="strong">{t('dose.kind')}</p>
      <Chips
        class="next"
        label={t('dose.kind')}
        choices={kinds.map((value) => ({ value, label: t(`dose.${value}`) }))}
        value={kind}
        onChange={setKind}
      />
      {kind === 'watched' && <p class="meta">{t('dose.watched-says')}</p>}
      {kind === 'typed-later' && <p class="meta">{t('dose.typed-says')}</p>}
      {asksReason && (
        <TextArea label={t('dose.reason')} value={reason} onInput={setReason} rows={2} maxLength={500} required />
      )}
      <ErrorLine says={error} />
      <Button
        voice="go"
        wide
        busy={busy}
        disabled={!ready}
        onClick={() => void send('evidence', body(), 'kept.dose', 'dose.done')}
      >
        {t('dose.save')}
      </Button>
    </div>
  );
}
