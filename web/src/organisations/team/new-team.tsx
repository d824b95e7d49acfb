import { useState } from 'preact/hooks';
import type * as z from 'zod/mini';
import type { StaffList as StaffListShape } from '../../../../functions/organisations/contract.ts';
import { CheckedForm } from '../../look/checked-form.tsx';
import { Dialog } from '../../look/dialog.tsx';
import { TextField } from '../../look/fields.tsx';
import { useChecks } from '../../look/use-checks.ts';
import { post } from '../../shell/api.ts';
import { useRead } from '../../shell/queries.ts';
import { useSave } from '../../shell/save.ts';
import { useViewer } from '../../shell/session.ts';
import { useText } from '../../text/text.ts';
import { canCare, PersonField } from './person-field.tsx';

type StaffList = z.infer<typeof StaffListShape>;

/** A caseload needs one owner from its first minute; the supervisor joins it as a member. */
export function NewTeam({ facilityId, onClose }: { facilityId: string; onClose: () => void }) {
  const t = useText('team');
  const shell = useText('shell');
  const viewer = useViewer();
  const staff = useRead<StaffList>(
    [viewer.userId, facilityId, 'staff'],
    `/api/organisations/organisations/${facilityId}/staff`,
  );
  const [teamId] = useState(`team_${crypto.randomUUID()}`);
  const [name, setName] = useState('');
  const [ownerId, setOwner] = useState('');
  const [supervisorId, setSupervisor] = useState('');
  const { busy, error, save } = useSave([facilityId], onClose);
  const { checks, error: wrong } = useChecks({
    name: !name.trim() && t('name-missing'),
    owner: !ownerId && t('person-missing'),
  });
  const people = (staff.data?.staff ?? []).filter((one) => one.state !== 'disabled' && canCare(one));
  const add = () =>
    save(() =>
      post(`/api/organisations/organisations/${facilityId}/teams`, {
        teamId,
        name: name.trim(),
        ownerId,
        ...(supervisorId && { supervisorId }),
      }),
    );
  return (
    <Dialog title={t('new')} closeWord={shell('close')} onClose={onClose}>
      <CheckedForm checks={checks} go={shell('save')} busy={busy} error={error} onGo={add}>
        <TextField
          name="name"
          label={t('name')}
          value={name}
          onInput={setName}
          maxLength={120}
          autocomplete="off"
          error={wrong('name')}
        />
        <PersonField label={t('owner')} people={people} value={ownerId} onInput={setOwner} error={wrong('owner')} />
        <PersonField
          label={t('supervisor')}
          nobody={t('nobody')}
          people={people}
          value={supervisorId}
          onInput={setSupervisor}
        />
      </CheckedForm>
    </Dialog>
  );
}
