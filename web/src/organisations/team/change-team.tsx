import { useState } from 'preact/hooks';
import type { TeamView } from '../../../../functions/organisations/contract.ts';
import { Button } from '../../look/controls.tsx';
import { Dialog } from '../../look/dialog.tsx';
import { ErrorLine, TextField } from '../../look/fields.tsx';
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
  return (
    <Dialog title={t('change')} closeWord={shell('close')} onClose={onClose}>
      <div class="form">
        <TextField label={t('name')} value={name} onInput={setName} maxLength={120} />
        <SelectOwner team={team} value={ownerId} onInput={setOwner} />
        <PersonField
          label={t('supervisor')}
          nobody={t('nobody')}
          people={team.members}
          value={supervisorId}
          onInput={setSupervisor}
        />
        <p class="meta">{t('supervisor-says')}</p>
        <ErrorLine says={error} />
        <Button
          voice="go"
          wide
          busy={busy}
          disabled={body.name === '' || !ownerId}
          onClick={() =>
            void save(() =>
              ask(`/api/organisations/teams/${team.teamId}`, { method: 'PATCH', body, version: team.version }),
            )
          }
        >
          {shell('save')}
        </Button>
      </div>
    </Dialog>
  );
}

function SelectOwner(props: { team: TeamView; value: string; onInput: (userId: string) => void }) {
  const t = useText('team');
  return (
    <>
      <PersonField label={t('owner')} people={props.team.members} value={props.value} onInput={props.onInput} />
      {props.value !== props.team.ownerId && <p class="meta">{t('owner-says')}</p>}
    </>
  );
}
