import { useState } from 'preact/hooks';
import type * as z from 'zod/mini';
import {
  type StaffList as StaffListShape,
  StaffRole,
  type StaffView,
  type TeamsView as TeamsShape,
} from '../../../functions/organisations/contract.ts';
import { Button } from '../look/controls.tsx';
import { Dialog } from '../look/dialog.tsx';
import { SelectField, TextField } from '../look/fields.tsx';
import { Empty } from '../look/states.tsx';
import { useTell } from '../look/toast.tsx';
import { post } from '../shell/api.ts';
import { Read, sayProblem } from '../shell/edges.tsx';
import { usePage } from '../shell/page.ts';
import { isProblem } from '../shell/problem.ts';
import { subjectChanged, useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useText } from '../text/text.ts';
import { useFacility } from './facility.tsx';

type StaffList = z.infer<typeof StaffListShape>;
type TeamsView = z.infer<typeof TeamsShape>;

/** Who works here: invite, invite again, close an account (after its patients have somebody else). */
export default function StaffScreen() {
  const t = useText('admin');
  const viewer = useViewer();
  usePage(t('staff.title'));
  const { facilityId, choose } = useFacility();
  const staff = useRead<StaffList>(
    [viewer.userId, facilityId, 'staff'],
    `/api/organisations/organisations/${facilityId}/staff`,
    { enabled: facilityId !== 'none' },
  );
  const [inviting, setInviting] = useState(false);
  const [closing, setClosing] = useState<StaffView>();
  return (
    <main id="main" tabIndex={-1} class="sheet-page">
      <div class="h-row">
        <h1>{t('staff.title')}</h1>
        <div class="end">
          {choose}
          <Button voice="go" icon="plus" onClick={() => setInviting(true)}>
            {t('staff.invite')}
          </Button>
        </div>
      </div>
      <Read of={staff}>
        {(list) =>
          list.staff.length === 0 ? (
            <Empty title={t('staff.empty')} says={t('staff.empty-says')} />
          ) : (
            <ul class="people">
              {list.staff.map((person) => (
                <Person
                  key={person.userId}
                  person={person}
                  facilityId={facilityId}
                  onClose={() => setClosing(person)}
                />
              ))}
            </ul>
          )
        }
      </Read>
      {inviting && <Invite facilityId={facilityId} onClose={() => setInviting(false)} />}
      {closing && (
        <CloseAccount
          person={closing}
          staff={staff.data?.staff ?? []}
          facilityId={facilityId}
          onClose={() => setClosing(undefined)}
        />
      )}
    </main>
  );
}

function Person({ person, facilityId, onClose }: { person: StaffView; facilityId: string; onClose: () => void }) {
  const t = useText('admin');
  const shell = useText('shell');
  const { toast } = useTell();
  const send = async (verb: 'invite' | 'enable', done: string) => {
    try {
      await post(`/api/organisations/organisations/${facilityId}/staff/${person.userId}/${verb}`, {});
      subjectChanged(facilityId);
      toast(done);
    } catch (error) {
      toast(sayProblem(shell, error));
    }
  };
  const roles = person.roles
    .flatMap((role) => StaffRole.options.filter((known) => known === role))
    .map((role) => t(`staff.role.${role}`));
  return (
    <li>
      <div class="who-name">
        <b class="strong">{person.name}</b>
        <p class="meta">
          {[
            ...roles,
            ...person.teams.map((team) => team.name),
            person.state !== 'active' && t(`staff.state.${person.state}`),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {person.state === 'invited' && (
        <Button onClick={() => void send('invite', t('staff.invited'))}>{t('staff.again')}</Button>
      )}
      {person.state === 'disabled' ? (
        <Button onClick={() => void send('enable', shell('saved'))}>{t('staff.enable')}</Button>
      ) : (
        <Button onClick={onClose}>{t('staff.disable')}</Button>
      )}
    </li>
  );
}

function Invite({ facilityId, onClose }: { facilityId: string; onClose: () => void }) {
  const t = useText('admin');
  const shell = useText('shell');
  const viewer = useViewer();
  const { toast } = useTell();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<StaffRole>('nurse');
  const [teamId, setTeamId] = useState('');
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const teams = useRead<TeamsView>(
    [viewer.userId, facilityId, 'teams'],
    `/api/organisations/organisations/${facilityId}/teams`,
  );
  const save = async () => {
    setBusy(true);
    try {
      await post(
        `/api/organisations/organisations/${facilityId}/staff`,
        { email: email.trim(), name: name.trim(), roles: [role], ...(teamId && { teamIds: [teamId] }) },
        { onceKey: crypto.randomUUID() },
      );
      subjectChanged(facilityId);
      toast(t('staff.invited'));
      onClose();
    } catch (problem) {
      setError(sayProblem(shell, problem));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('staff.invite')} closeWord={shell('close')} onClose={onClose}>
      <div class="form">
        <TextField label={t('staff.name')} value={name} onInput={setName} autocomplete="off" maxLength={120} />
        <TextField
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
        {error && (
          <p class="err" role="alert">
            {error}
          </p>
        )}
        <Button
          voice="go"
          wide
          busy={busy}
          disabled={!/.+@.+\..+/.test(email) || name.trim() === ''}
          onClick={() => void save()}
        >
          {t('staff.send')}
        </Button>
      </div>
    </Dialog>
  );
}

function CloseAccount({
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
  const { toast } = useTell();
  const owned = person.teams.filter((team) => team.owner);
  const [reason, setReason] = useState('');
  const [heirs, setHeirs] = useState<Record<string, string>>({});
  const [error, setError] = useState<string>();
  const others = staff.filter((one) => one.userId !== person.userId && one.state === 'active');
  const ready = reason.trim().length >= 2 && owned.every((team) => heirs[team.teamId]);
  const close = async () => {
    try {
      const reassign = Object.entries(heirs).map(([teamId, toUserId]) => ({ teamId, toUserId }));
      await post(`/api/organisations/organisations/${facilityId}/staff/${person.userId}/disable`, {
        reason: reason.trim(),
        ...(reassign.length > 0 && { reassign }),
      });
      subjectChanged(facilityId);
      toast(t('staff.disabled'));
      onClose();
    } catch (problem) {
      setError(isProblem(problem, 'owns-patients') ? t('staff.reassign') : sayProblem(shell, problem));
    }
  };
  return (
    <Dialog title={`${t('staff.disable')}: ${person.name}`} closeWord={shell('close')} onClose={onClose}>
      <div class="form">
        {owned.length > 0 && <p class="meta">{t('staff.reassign')}</p>}
        {owned.map((team) => (
          <SelectField
            key={team.teamId}
            label={team.name}
            value={heirs[team.teamId] ?? ''}
            onInput={(userId) => setHeirs({ ...heirs, [team.teamId]: userId })}
          >
            <option value="" />
            {others.map((one) => (
              <option key={one.userId} value={one.userId}>
                {one.name}
              </option>
            ))}
          </SelectField>
        ))}
        <TextField label={t('staff.reason')} value={reason} onInput={setReason} maxLength={300} />
        {error && (
          <p class="err" role="alert">
            {error}
          </p>
        )}
        <Button voice="go" wide disabled={!ready} onClick={() => void close()}>
          {t('staff.disable')}
        </Button>
      </div>
    </Dialog>
  );
}
