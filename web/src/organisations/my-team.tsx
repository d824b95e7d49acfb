import { useLocation } from 'preact-iso';
import type { TeamView } from '../../../functions/organisations/contract.ts';
import { useTeam } from '../alerts/team.ts';
import { Read } from '../shell/edges.tsx';
import { usePage } from '../shell/page.ts';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useText } from '../text/text.ts';
import { Covers } from './team/covers.tsx';
import { Members } from './team/members.tsx';
import { ActsNow } from './team/settings.tsx';
import { WorkingHours } from './team/working-hours.tsx';

/** My own team: who acts now, whom I can call, who stands in for whom; `?at=` chooses among several. */
export default function MyTeam() {
  const t = useText('team');
  const viewer = useViewer();
  const { query } = useLocation();
  const mine = useTeam();
  const teamId = viewer.teams.find((one) => one.teamId === query.at)?.teamId ?? mine.teamId;
  const team = useRead<TeamView>([viewer.userId, teamId, 'team'], `/api/organisations/teams/${teamId}`);
  usePage(team.data?.name ?? t('title'));
  return (
    <main id="main" tabIndex={-1} class="sheet-page">
      <Read of={team}>
        {(view) => (
          <>
            <h1>{view.name}</h1>
            <ActsNow team={view} />
            <Covers team={view} />
            <Members team={view} />
            <WorkingHours team={view} />
          </>
        )}
      </Read>
    </main>
  );
}
