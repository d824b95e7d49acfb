import { useState } from 'preact/hooks';
import type { CoverView, TeamView } from '../../../../functions/organisations/contract.ts';
import { CheckedForm } from '../../look/checked-form.tsx';
import { Button } from '../../look/controls.tsx';
import { Dialog } from '../../look/dialog.tsx';
import { TextField } from '../../look/fields.tsx';
import { useChecks } from '../../look/use-checks.ts';
import { ask, post } from '../../shell/api.ts';
import { useAct, useSave } from '../../shell/save.ts';
import { useViewer } from '../../shell/session.ts';
import { useDates } from '../../text/dates.ts';
import { addDays, startOfDay } from '../../text/days.ts';
import { useText } from '../../text/text.ts';
import { useColleagues } from './members.tsx';
import { PersonField } from './person-field.tsx';

/** Who stands in for whom, in whole days of the team's zone; arranged by its members and by who manages it. */
export function Covers({ team, manage }: { team: TeamView; manage?: boolean }) {
  const t = useText('team');
  const viewer = useViewer();
  const arranges = manage || team.members.some(({ userId }) => userId === viewer.userId);
  const [adding, setAdding] = useState(false);
  return (
    <section class="sec" aria-label={t('cover')}>
      <header>
        <h2>{t('cover')}</h2>
        {arranges && (
          <Button icon="plus" onClick={() => setAdding(true)}>
            {t('cover-add')}
          </Button>
        )}
      </header>
      {team.covers.length === 0 ? (
        <p class="none">{t('cover-none')}</p>
      ) : (
        <ul class="people">
          {team.covers.map((cover) => (
            <Cover key={cover.coverId} cover={cover} team={team} arranges={arranges} />
          ))}
        </ul>
      )}
      {adding && <AddCover team={team} onClose={() => setAdding(false)} />}
    </section>
  );
}

function Cover({ cover, team, arranges }: { cover: CoverView; team: TeamView; arranges: boolean }) {
  const t = useText('team');
  const dates = useDates();
  const act = useAct(team.teamId);
  const lastMoment = new Date(Date.parse(cover.to) - 1).toISOString();
  return (
    <li>
      <div class="who-name">
        <b class="strong">{t('cover-line', { by: cover.byName, for: cover.forName })}</b>
        <p class="meta">
          {dates.range(dates.localDate(cover.from, team.zone), dates.localDate(lastMoment, team.zone))}
        </p>
      </div>
      {arranges && (
        <Button
          aria-label={t('cover-end-of', { name: cover.byName })}
          onClick={() =>
            void act(() => ask(`/api/organisations/teams/${team.teamId}/covers/${cover.coverId}`, { method: 'DELETE' }))
          }
        >
          {t('cover-end')}
        </Button>
      )}
    </li>
  );
}

function AddCover({ team, onClose }: { team: TeamView; onClose: () => void }) {
  const t = useText('team');
  const shell = useText('shell');
  const viewer = useViewer();
  const dates = useDates();
  const colleagues = useColleagues(team.teamId);
  const today = dates.localDate(new Date().toISOString(), team.zone);
  const [coverId] = useState(() => crypto.randomUUID());
  const [forUserId, setFor] = useState(
    team.members.some(({ userId }) => userId === viewer.userId) ? viewer.userId : team.ownerId,
  );
  const [byUserId, setBy] = useState('');
  const [first, setFirst] = useState(today);
  const [last, setLast] = useState('');
  const { busy, error, save } = useSave([team.teamId], onClose);
  const others = (colleagues.data?.colleagues ?? []).filter(({ userId }) => userId !== forUserId);
  const { checks, error: wrong } = useChecks({
    by: (byUserId === '' || byUserId === forUserId) && t('person-missing'),
    first: first === '' && t('day-missing'),
    last: last === '' ? t('day-missing') : last < first && t('cover-last-early'),
  });
  const add = () =>
    save(() =>
      post(`/api/organisations/teams/${team.teamId}/covers`, {
        coverId,
        forUserId,
        byUserId,
        from: startOfDay(first, team.zone),
        to: startOfDay(addDays(last, 1), team.zone),
      }),
    );
  return (
    <Dialog title={t('cover-add')} closeWord={shell('close')} onClose={onClose}>
      <CheckedForm checks={checks} go={t('cover-add')} busy={busy} error={error} onGo={add}>
        <p class="meta">{t('cover-says')}</p>
        <PersonField label={t('cover-for')} people={team.members} value={forUserId} onInput={setFor} />
        <PersonField label={t('cover-by')} people={others} value={byUserId} onInput={setBy} error={wrong('by')} />
        <div class="two">
          <TextField
            name="first"
            label={t('cover-first')}
            type="date"
            min={today}
            value={first}
            onInput={setFirst}
            error={wrong('first')}
          />
          <TextField
            name="last"
            label={t('cover-last')}
            type="date"
            min={first || today}
            value={last}
            onInput={setLast}
            error={wrong('last')}
          />
        </div>
      </CheckedForm>
    </Dialog>
  );
}
