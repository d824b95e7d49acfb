import { useState } from 'preact/hooks';
import type { PatientProfile } from '../../../functions/identity/contract.ts';
import { CheckedForm } from '../look/checked-form.tsx';
import { ChoiceField } from '../look/choice-field.tsx';
import { TextField } from '../look/fields.tsx';
import { useChecks } from '../look/use-checks.ts';
import { post } from '../shell/api.ts';
import { useSave } from '../shell/save.ts';
import { useText } from '../text/text.ts';

/** Asked first where the box is: one that is lost is never anybody's again. */
export function TakeBox(props: { patient: PatientProfile; boxId: string; onClose: () => void }) {
  const { boxId: box, patient } = props;
  const { patientId, teamId, name } = patient;
  const t = useText('work');
  const [where, setWhere] = useState<'box-here' | 'box-lost'>();
  const [reason, setReason] = useState('');
  const isLost = where === 'box-lost';
  const { busy, error, save } = useSave([patientId, teamId], props.onClose);
  const { checks, error: wrong } = useChecks({
    where: !where && t('choose'),
    reason: isLost && reason.trim().length < 2 && t('boxes.lost-why-missing'),
  });
  const take = () =>
    isLost
      ? save(
          () => post(`/api/devices/boxes/${box}/lost`, { reason: reason.trim() }),
          () => t('boxes.lost-done', { box }),
        )
      : save(
          () => post(`/api/devices/patients/${patientId}/box/return`, {}),
          () => t('boxes.taken', { box }),
        );
  return (
    <CheckedForm
      checks={checks}
      go={t(isLost ? 'boxes.lost-go' : 'boxes.take-go', { box })}
      busy={busy}
      error={error}
      onGo={take}
    >
      <p>{t('boxes.take-says', { box, name })}</p>
      <ChoiceField
        label={t('boxes.take-is')}
        choices={(['box-here', 'box-lost'] as const).map((value) => ({ value, label: t(`answer.${value}`) }))}
        value={where}
        onChange={setWhere}
        error={wrong('where')}
      />
      {isLost && (
        <>
          <TextField
            name="reason"
            label={t('boxes.lost-why')}
            value={reason}
            onInput={setReason}
            maxLength={300}
            error={wrong('reason')}
          />
          <p class="meta">{t('boxes.lost-says')}</p>
        </>
      )}
    </CheckedForm>
  );
}
