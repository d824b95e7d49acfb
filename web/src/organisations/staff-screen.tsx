import { useState } from 'preact/hooks';
import type * as z from 'zod/mini';
import {
  type StaffList as StaffListShape,
  StaffRole,
  type StaffView,
} from '../../../functions/organisations/contract.ts';
import { Button } from '../look/controls.tsx';
import { Empty } from '../look/states.tsx';
import { post } from '../shell/api.ts';
import { usePage } from '../shell/page.ts';
import { Pages, usePages } from '../shell/pages.tsx';
import { useAct } from '../shell/save.ts';
import { useViewer } from '../shell/session.ts';
import { useText } from '../text/text.ts';
import { CloseAccount } from './close-account.tsx';
import { useFacility } from './facility.tsx';
import { InviteStaff } from './invite-staff.tsx';

type StaffList = z.infer<typeof StaffListShape>;

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
      {inviting && <InviteStaff facilityId={facilityId} onClose={() => setInviting(false)} />}
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
