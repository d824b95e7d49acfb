import { useState } from 'preact/hooks';
import type * as z from 'zod/mini';
import { StaffRole, type TeamsView as TeamsShape } from '../../../functions/organisations/contract.ts';
import { isEmail } from '../identity/typed.ts';
import { CheckedForm } from '../look/checked-form.tsx';
import { Dialog } from '../look/dialog.tsx';
import { SelectField, TextField } from '../look/fields.tsx';
import { useChecks } from '../look/use-checks.ts';
import { onceKeyOf, post } from '../shell/api.ts';
import { useRead } from '../shell/queries.ts';
import { useSave } from '../shell/save.ts';
import { useViewer } from '../shell/session.ts';
import { useText } from '../text/text.ts';

type TeamsView = z.infer<typeof TeamsShape>;

/** A colleague gets a code by e-mail; role and first team are theirs from the start. */
export function InviteStaff({ facilityId, onClose }: { facilityId: string; onClose: () => void }) {
  const t = useText('admin');
  const shell = useText('shell');
  const viewer = useViewer();
  const [once] = useState(() => crypto.randomUUID());
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<StaffRole>('nurse');
  const [teamId, setTeamId] = useState('');
  const { busy, error, save } = useSave([facilityId], onClose);
  const { checks, error: wrong } = useChecks({
    name: !name.trim() && t('enrol.name-missing'),
    email: !isEmail(email) && t('staff.email-bad'),
  });
  const teams = useRead<TeamsView>(
    [viewer.userId, facilityId, 'teams'],
    `/api/organisations/organisations/${facilityId}/teams`,
  );
  const body = { email: email.trim(), name: name.trim(), roles: [role], ...(teamId && { teamIds: [teamId] }) };
  const invite = () =>
    save(
      () => post(`/api/organisations/organisations/${facilityId}/staff`, body, { onceKey: onceKeyOf(once, body) }),
      () => t('staff.invited'),
    );
  return (
    <Dialog title={t('staff.invite')} closeWord={shell('close')} onClose={onClose}>
      <CheckedForm checks={checks} go={t('staff.send')} busy={busy} error={error} onGo={invite}>
        <TextField
          name="name"
          label={t('staff.name')}
          value={name}
          onInput={setName}
          autocomplete="off"
          maxLength={120}
          error={wrong('name')}
        />
        <TextField
          name="email"
          error={wrong('email')}
          label={t('staff.email')}
          value={email}
          onInput={setEmail}
          type="email"
          inputMode="email"
          autocomplete="off"
        />
        <SelectField
          label={t('staff.roles')}
          value={role}
          onInput={(value) => setRole(StaffRole.options.find((known) => known === value) ?? 'nurse')}
        >
          {StaffRole.options.map((known) => (
            <option key={known} value={known}>
              {t(`staff.role.${known}`)}
            </option>
          ))}
        </SelectField>
        <SelectField label={t('staff.team')} value={teamId} onInput={setTeamId}>
          <option value="">{t('staff.no-team')}</option>
          {teams.data?.teams.map((team) => (
            <option key={team.teamId} value={team.teamId}>
              {team.name}
            </option>
          ))}
        </SelectField>
      </CheckedForm>
    </Dialog>
  );
}
