import { useState } from 'preact/hooks';
import type { TeamView } from '../../../../functions/organisations/contract.ts';
import { AlertPolicy } from '../../alerts/alert-policy.tsx';
import { Button } from '../../look/controls.tsx';
import { Read } from '../../shell/edges.tsx';
import { usePage } from '../../shell/page.ts';
import { useRead } from '../../shell/queries.ts';
import { useViewer } from '../../shell/session.ts';
import { useText } from '../../text/text.ts';
import { HandOver } from '../hand-over.tsx';
import { ChangeTeam } from './change-team.tsx';
import { Covers } from './covers.tsx';
import { Members } from './members.tsx';
import { WorkingHours } from './working-hours.tsx';

/** One caseload as its administrator sets it up. */
export function TeamSettings({ teamId }: { teamId: string }) {
  const t = useText('team');
  const viewer = useViewer();
  const [changing, setChanging] = useState(false);
  const team = useRead<TeamView>([viewer.userId, teamId, 'team'], `/api/organisations/teams/${teamId}`);
  usePage(team.data?.name ?? t('title'));
  return (
    <main id="main" tabIndex={-1} class="sheet-page">
      <Read of={team}>
        {(view) => (
          <>
            <div class="h-row">
              <h1>{view.name}</h1>
              <div class="end">
                <Button onClick={() => setChanging(true)}>{t('change')}</Button>
                <HandOver teamId={teamId} />
              </div>
            </div>
            <ActsNow team={view} />
            <Members team={view} manage />
            <Covers team={view} manage />
            <WorkingHours team={view} manage />
            {changing && <ChangeTeam team={view} onClose={() => setChanging(false)} />}
          </>
        )}
      </Read>
      <AlertPolicy teamId={teamId} />
    </main>
  );
}

/** Who would be told at this moment, and why them. */
export function ActsNow({ team }: { team: TeamView }) {
  const t = useText('team');
  const { name, why } = team.ownerNow;
  return (
    <p class="meta">
      {team.facilityName} · {t(`now.${why}`, { name })} · {t(team.working ? 'working' : 'not-working')}
    </p>
  );
}
