import { useState } from 'preact/hooks';
import { type Away, AwayReason } from '../../../functions/treatment/contract.ts';
import { CheckedForm } from '../look/checked-form.tsx';
import { ChoiceField } from '../look/choice-field.tsx';
import { Button } from '../look/controls.tsx';
import { ErrorLine, TextField } from '../look/fields.tsx';
import { useChecks } from '../look/use-checks.ts';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';
import { useDateError } from './date-error.ts';
import type { FormProps } from './patient-actions.tsx';
import { useTold } from './use-told.ts';

const recorders = ['patient', 'supporter', 'ward', 'clinic', 'nobody'] as const;

/** Away in two taps: why, then set. An open one offers the way back instead. */
export function AwayForm({ patientId, zone, course, onClose }: FormProps) {
  const t = useText('work');
  const viewer = useViewer();
  const dates = useDates();
  const today = dates.localDate(new Date().toISOString(), zone);
  const known = useRead<{ away: Away[] }>(
    [viewer.userId, patientId, 'away'],
    `/api/treatment/patients/${patientId}/away`,
  );
  const open = known.data?.away.find((away) => away.to === undefined);
  const [reason, setReason] = useState<AwayReason>();
  const [from, setFrom] = useState(today);
  const [until, setUntil] = useState('');
  const [recordedBy, setRecordedBy] = useState<(typeof recorders)[number]>('patient');
  const dateError = useDateError(from, course?.plan?.start, today);
  const { checks, error: wrong } = useChecks({
    reason: !reason && t('choose'),
    from: from === '' ? t('date.missing') : dateError,
    until: until !== '' && from !== '' && until < from && t('away.until-early'),
  });
  const { busy, error, send } = useTold(patientId, onClose);
  if (open) {
    return (
      <div class="form">
        <p>
          {t(`away.${open.reason}`)}, {dates.dated(open.from)}
        </p>
        <Button
          voice="go"
          wide
          busy={busy}
          onClick={() =>
            void send(`away/${open.awayId}/end`, { to: today, backWithBox: true }, 'kept.back', 'away.ended')
          }
        >
          {t('away.back')}
        </Button>
        <ErrorLine says={error} />
      </div>
    );
  }
  const save = () =>
    send(
      'away',
      { awayId: crypto.randomUUID(), reason, from, ...(until && { expectedEnd: until }), recordedBy },
      'kept.away',
      'away.done',
    );
  return (
    <CheckedForm checks={checks} go={t('away.save')} busy={busy} error={error} onGo={save}>
      <p class="meta">{t('away.says')}</p>
      <ChoiceField
        label={t('away.why')}
        choices={AwayReason.options.map((value) => ({ value, label: t(`away.${value}`) }))}
        value={reason}
        onChange={setReason}
        error={wrong('reason')}
      />
      <div class="two">
        <TextField
          name="from"
          label={t('away.from')}
          type="date"
          {...(course?.plan && { min: course.plan.start })}
          max={today}
          value={from}
          onInput={setFrom}
          error={dateError ?? wrong('from')}
        />
        <TextField
          name="until"
          label={t('away.until')}
          type="date"
          min={from || today}
          value={until}
          onInput={setUntil}
          error={wrong('until')}
        />
      </div>
      <ChoiceField
        label={t('away.recorded-by')}
        choices={recorders.map((value) => ({ value, label: t(`away.by-${value}`) }))}
        value={recordedBy}
        onChange={setRecordedBy}
      />
    </CheckedForm>
  );
}
