import { useState } from 'preact/hooks';
import type { StaffView } from '../../../functions/organisations/contract.ts';
import { CheckedForm } from '../look/checked-form.tsx';
import { Dialog } from '../look/dialog.tsx';
import { TextField } from '../look/fields.tsx';
import { useChecks } from '../look/use-checks.ts';
import { post } from '../shell/api.ts';
import { useSave } from '../shell/save.ts';
import { useText } from '../text/text.ts';
import { PersonField } from './team/person-field.tsx';

/** Closes an account once somebody else has its patients in each of its teams. */
export function CloseAccount({
  person,
  staff,
  facilityId,
  onClose,
}: {
  person: StaffView;
  staff: readonly StaffView[];
  facilityId: string;
  onClose: () => void;
}) {
  const t = useText('admin');
  const shell = useText('shell');
  const [reason, setReason] = useState('');
  const [heirs, setHeirs] = useState<Record<string, string>>({});
  const { busy, error, save } = useSave([facilityId], onClose);
  const colleaguesIn = (teamId: string) =>
    staff.filter(
      (one) => one.userId !== person.userId && one.teams.some((team) => team.teamId === teamId && !team.coverUntil),
    );
  const { checks, error: wrong } = useChecks({
    heirs: person.teams.some((team) => !heirs[team.teamId]) && t('staff.heir-missing'),
    reason: reason.trim().length < 2 && t('staff.reason-missing'),
  });
  const reassign = Object.entries(heirs).map(([teamId, toUserId]) => ({ teamId, toUserId }));
  const close = () =>
    save(
      () =>
        post(`/api/organisations/organisations/${facilityId}/staff/${person.userId}/disable`, {
          reason: reason.trim(),
          ...(reassign.length > 0 && { reassign }),
        }),
      () => t('staff.disabled'),
    );
  return (
    <Dialog title={`${t('staff.disable')}: ${person.name}`} closeWord={shell('close')} onClose={onClose}>
      <CheckedForm checks={checks} go={t('staff.disable')} busy={busy} error={error} onGo={close}>
        {person.teams.length > 0 && <p class="meta">{t('staff.reassign')}</p>}
        {person.teams.map((team) => (
          <PersonField
            key={team.teamId}
            label={team.name}
            people={colleaguesIn(team.teamId)}
            value={heirs[team.teamId] ?? ''}
            onInput={(userId) => setHeirs({ ...heirs, [team.teamId]: userId })}
            error={heirs[team.teamId] ? undefined : wrong('heirs')}
          />
        ))}
        <TextField
          name="reason"
          label={t('staff.reason')}
          value={reason}
          onInput={setReason}
          maxLength={300}
          error={wrong('reason')}
        />
      </CheckedForm>
    </Dialog>
  );
}
