import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type * as z from 'zod/mini';
import type { TeamsView as TeamsShape } from '../../../functions/organisations/contract.ts';
import { Button } from '../look/controls.tsx';
import { Empty } from '../look/states.tsx';
import { Read } from '../shell/edges.tsx';
import { usePage } from '../shell/page.ts';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useText } from '../text/text.ts';
import { useFacility } from './facility.tsx';
import { NewTeam } from './team/new-team.tsx';
import { TeamSettings } from './team/settings.tsx';

type TeamsView = z.infer<typeof TeamsShape>;

/** Caseloads of a facility; `?at=` opens one: members, cover, working hours, when staff are told. */
export default function TeamsScreen() {
  const { query } = useLocation();
  return query.at ? <TeamSettings teamId={query.at} /> : <Teams />;
}

function Teams() {
  const t = useText('team');
  const viewer = useViewer();
  usePage(t('title'));
  const { facilityId, choose } = useFacility();
  const [adding, setAdding] = useState(false);
  const teams = useRead<TeamsView>(
    [viewer.userId, facilityId, 'teams'],
    `/api/organisations/organisations/${facilityId}/teams`,
    { enabled: facilityId !== 'none' },
  );
  return (
    <main id="main" tabIndex={-1} class="sheet-page">
      <div class="h-row">
        <h1>{t('title')}</h1>
        <div class="end">
          {choose}
          <Button voice="go" icon="plus" onClick={() => setAdding(true)}>
            {t('new')}
          </Button>
        </div>
      </div>
      <Read of={teams}>
        {(view) => (view.teams.length === 0 ? <Empty title={t('empty')} says={t('empty-says')} /> : <List {...view} />)}
      </Read>
      {adding && <NewTeam facilityId={facilityId} onClose={() => setAdding(false)} />}
    </main>
  );
}

function List({ teams }: TeamsView) {
  const t = useText('team');
  return (
    <ul class="people">
      {teams.map((team) => (
        <li key={team.teamId}>
          <div class="who-name">
            <a href={`/teams?at=${team.teamId}`}>{team.name}</a>
            <p class="meta">
              {t('owner-is', { name: team.ownerName })} · {t('members', { count: team.members })}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
