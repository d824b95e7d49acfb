import { useState } from 'preact/hooks';
import type * as z from 'zod/mini';
import type {
  Colleagues as ColleaguesShape,
  MemberView,
  TeamView,
} from '../../../../functions/organisations/contract.ts';
import { CheckedForm } from '../../look/checked-form.tsx';
import { Button } from '../../look/controls.tsx';
import { Dialog } from '../../look/dialog.tsx';
import { ErrorLine } from '../../look/fields.tsx';
import { useChecks } from '../../look/use-checks.ts';
import { CallLink } from '../../look/worklist.tsx';
import { ask, post } from '../../shell/api.ts';
import { useRead } from '../../shell/queries.ts';
import { useSave } from '../../shell/save.ts';
import { useViewer } from '../../shell/session.ts';
import { useText } from '../../text/text.ts';
import { PersonField, rolesOf } from './person-field.tsx';

/** The open staff accounts of the team's facility that could join it or stand in. */
export function useColleagues(teamId: string) {
  const viewer = useViewer();
  return useRead<z.infer<typeof ColleaguesShape>>(
    [viewer.userId, teamId, 'colleagues'],
    `/api/organisations/teams/${teamId}/colleagues`,
  );
}

/** Who belongs to the team, and the way to reach them; with `manage` also who comes and who leaves. */
export function Members({ team, manage }: { team: TeamView; manage?: boolean }) {
  const t = useText('team');
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<MemberView>();
  return (
    <section class="sec" aria-label={t('members-title')}>
      <header>
        <h2>{t('members-title')}</h2>
        <span class="n">{team.members.length}</span>
        {manage && (
          <Button icon="plus" onClick={() => setAdding(true)}>
            {t('member-add')}
          </Button>
        )}
      </header>
      <ul class="people">
        {team.members.map((member) => (
          <Member key={member.userId} member={member} team={team} onLeave={manage ? setLeaving : undefined} />
        ))}
      </ul>
      {adding && <AddMember team={team} onClose={() => setAdding(false)} />}
      {leaving && <RemoveMember team={team} member={leaving} onClose={() => setLeaving(undefined)} />}
    </section>
  );
}

function Member(props: { member: MemberView; team: TeamView; onLeave: ((member: MemberView) => void) | undefined }) {
  const t = useText('team');
  const viewer = useViewer();
  const { member, team, onLeave } = props;
  const owner = member.userId === team.ownerId;
  return (
    <li>
      <div class="who-name">
        <b class="strong">{member.name}</b>
        <p class="meta">
          {[
            ...rolesOf(member.roles).map((role) => t(`role.${role}`)),
            owner && t('is-owner'),
            member.userId === team.supervisorId && t('is-supervisor'),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {member.phone && member.userId !== viewer.userId && (
        <CallLink phone={member.phone} label={t('call-name', { name: member.name })} word={t('call')} />
      )}
      {onLeave && !owner && (
        <Button aria-label={t('member-remove-name', { name: member.name })} onClick={() => onLeave(member)}>
          {t('member-remove')}
        </Button>
      )}
    </li>
  );
}

function AddMember({ team, onClose }: { team: TeamView; onClose: () => void }) {
  const t = useText('team');
  const shell = useText('shell');
  const colleagues = useColleagues(team.teamId);
  const [userId, setUserId] = useState('');
  const { busy, error, save } = useSave([team.teamId, team.facilityId], onClose);
  const { checks, error: wrong } = useChecks({ who: !userId && t('person-missing') });
  const outside = (colleagues.data?.colleagues ?? []).filter(
    (one) => !team.members.some((member) => member.userId === one.userId),
  );
  return (
    <Dialog title={t('member-add')} closeWord={shell('close')} onClose={onClose}>
      {colleagues.data && outside.length === 0 ? (
        <p class="form">{t('member-all')}</p>
      ) : (
        <CheckedForm
          checks={checks}
          go={t('member-add')}
          busy={busy}
          error={error}
          onGo={() => save(() => post(`/api/organisations/teams/${team.teamId}/members`, { userId }))}
        >
          <PersonField label={t('who')} people={outside} value={userId} onInput={setUserId} error={wrong('who')} />
        </CheckedForm>
      )}
    </Dialog>
  );
}

function RemoveMember({ team, member, onClose }: { team: TeamView; member: MemberView; onClose: () => void }) {
  const t = useText('team');
  const shell = useText('shell');
  const { busy, error, save } = useSave([team.teamId, team.facilityId], onClose);
  const owner = team.members.find(({ userId }) => userId === team.ownerId);
  return (
    <Dialog title={t('member-remove-name', { name: member.name })} closeWord={shell('close')} onClose={onClose}>
      <div class="form">
        <p>{t('member-remove-says', { owner: owner?.name ?? '' })}</p>
        <ErrorLine says={error} />
        <Button
          voice="go"
          wide
          busy={busy}
          onClick={() =>
            void save(() =>
              ask(`/api/organisations/teams/${team.teamId}/members/${member.userId}`, { method: 'DELETE' }),
            )
          }
        >
          {t('member-remove')}
        </Button>
        <Button wide onClick={onClose}>
          {shell('cancel')}
        </Button>
      </div>
    </Dialog>
  );
}
