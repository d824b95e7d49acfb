import { useState } from 'preact/hooks';
import type { TeamView } from '../../../../functions/organisations/contract.ts';
import { CheckedForm } from '../../look/checked-form.tsx';
import { Dialog } from '../../look/dialog.tsx';
import { TextField } from '../../look/fields.tsx';
import { useChecks } from '../../look/use-checks.ts';
import { ask } from '../../shell/api.ts';
import { useSave } from '../../shell/save.ts';
import { useText } from '../../text/text.ts';
import { PersonField } from './person-field.tsx';

/** Name, owner, supervisor. A new owner takes over what the old one had open. */
export function ChangeTeam({ team, onClose }: { team: TeamView; onClose: () => void }) {
  const t = useText('team');
  const shell = useText('shell');
  const [name, setName] = useState(team.name);
  const [ownerId, setOwner] = useState(team.ownerId);
  const [supervisorId, setSupervisor] = useState(team.supervisorId ?? '');
  const { busy, error, save } = useSave([team.teamId, team.facilityId], onClose);
  const body = { name: name.trim(), ownerId, supervisorId: supervisorId || null };
  const { checks, error: wrong } = useChecks({
    name: body.name === '' && t('name-missing'),
    owner: !ownerId && t('person-missing'),
  });
  const change = () =>
    save(() => ask(`/api/organisations/teams/${team.teamId}`, { method: 'PATCH', body, version: team.version }));
  return (
    <Dialog title={t('change')} closeWord={shell('close')} onClose={onClose}>
      <CheckedForm checks={checks} go={shell('save')} busy={busy} error={error} onGo={change}>
        <TextField name="name" label={t('name')} value={name} onInput={setName} maxLength={120} error={wrong('name')} />
        <PersonField
          label={t('owner')}
          people={team.members}
          value={ownerId}
          onInput={setOwner}
          error={wrong('owner')}
        />
        {ownerId !== team.ownerId && <p class="meta">{t('owner-says')}</p>}
        <PersonField
          label={t('supervisor')}
          nobody={t('nobody')}
          people={team.members}
          value={supervisorId}
          onInput={setSupervisor}
        />
        <p class="meta">{t('supervisor-says')}</p>
      </CheckedForm>
    </Dialog>
  );
}
