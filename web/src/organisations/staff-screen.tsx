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
import { ErrorLine, SelectField, TextField } from '../look/fields.tsx';
import { Empty } from '../look/states.tsx';
import { onceKeyOf, post } from '../shell/api.ts';
import { usePage } from '../shell/page.ts';
import { Pages, usePages } from '../shell/pages.tsx';
import { useRead } from '../shell/queries.ts';
import { useAct, useSave } from '../shell/save.ts';
import { useViewer } from '../shell/session.ts';
import { useText } from '../text/text.ts';
import { useFacility } from './facility.tsx';
import { PersonField } from './team/person-field.tsx';

type StaffList = z.infer<typeof StaffListShape>;
type TeamsView = z.infer<typeof TeamsShape>;

/** Who works here: invite, invite again, close an account (after its patients have somebody else). */
export default function StaffScreen() {
  const t = useText('admin');
  const work = useText('work');
  const viewer = useViewer();
  usePage(t('staff.title'));
  const { facilityId, choose } = useFacility();
  const staff = usePages<StaffList>(
    [viewer.userId, facilityId, 'staff-pages'],
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
      <Pages of={staff} more={work('patients.more')}>
        {(pages) => <People staff={everybody(pages)} facilityId={facilityId} onClose={setClosing} />}
      </Pages>
      {inviting && <Invite facilityId={facilityId} onClose={() => setInviting(false)} />}
      {closing && (
        <CloseAccount
          person={closing}
          staff={everybody(staff.data?.pages ?? [])}
          facilityId={facilityId}
          onClose={() => setClosing(undefined)}
        />
      )}
    </main>
  );
}

const everybody = (pages: readonly StaffList[]) => pages.flatMap((page) => page.staff);

function People(props: { staff: readonly StaffView[]; facilityId: string; onClose: (person: StaffView) => void }) {
  const t = useText('admin');
  if (props.staff.length === 0) return <Empty title={t('staff.empty')} says={t('staff.empty-says')} />;
  return (
    <ul class="people">
      {props.staff.map((person) => (
        <Person
          key={person.userId}
          person={person}
          facilityId={props.facilityId}
          onClose={() => props.onClose(person)}
        />
      ))}
    </ul>
  );
}

function Person({ person, facilityId, onClose }: { person: StaffView; facilityId: string; onClose: () => void }) {
  const t = useText('admin');
  const act = useAct(facilityId);
  const send = (verb: 'invite' | 'enable', done?: () => string) =>
    act(() => post(`/api/organisations/organisations/${facilityId}/staff/${person.userId}/${verb}`, {}), done);
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
        <Button onClick={() => void send('invite', () => t('staff.invited'))}>{t('staff.again')}</Button>
      )}
      {person.state === 'disabled' ? (
        <Button onClick={() => void send('enable')}>{t('staff.enable')}</Button>
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
  const [once] = useState(() => crypto.randomUUID());
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<StaffRole>('nurse');
  const [teamId, setTeamId] = useState('');
  const { busy, error, save } = useSave([facilityId], onClose);
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
        <ErrorLine says={error} />
        <Button
          voice="go"
          wide
          busy={busy}
          disabled={!/.+@.+\..+/.test(email) || name.trim() === ''}
          onClick={() => void invite()}
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
  const [reason, setReason] = useState('');
  const [heirs, setHeirs] = useState<Record<string, string>>({});
  const { busy, error, save } = useSave([facilityId], onClose);
  const colleaguesIn = (teamId: string) =>
    staff.filter(
      (one) => one.userId !== person.userId && one.teams.some((team) => team.teamId === teamId && !team.coverUntil),
    );
  const ready = reason.trim().length >= 2 && person.teams.every((team) => heirs[team.teamId]);
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
      <div class="form">
        {person.teams.length > 0 && <p class="meta">{t('staff.reassign')}</p>}
        {person.teams.map((team) => (
          <PersonField
            key={team.teamId}
            label={team.name}
            people={colleaguesIn(team.teamId)}
            value={heirs[team.teamId] ?? ''}
            onInput={(userId) => setHeirs({ ...heirs, [team.teamId]: userId })}
          />
        ))}
        <TextField label={t('staff.reason')} value={reason} onInput={setReason} maxLength={300} />
        <ErrorLine says={error} />
        <Button voice="go" wide busy={busy} disabled={!ready} onClick={() => void close()}>
          {t('staff.disable')}
        </Button>
      </div>
    </Dialog>
  );
}
