import type { WorklistView } from '../../../functions/alerts/contract.ts';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import type { Viewer } from '../shell/viewer.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';
import { chooseTeam, useTeam } from './team.ts';
import { worklistOf } from './worklist-of.ts';

/** Whose patients are on the screen, for who works for more than one team or stands in for another; nothing for all others. */
export function Caseloads() {
  const t = useText('staff');
  const { teams } = useViewer();
  if (teams.length < 2) return null;
  return (
    <fieldset class="chips caseloads" aria-label={t('caseload')}>
      {teams.map((team) => (
        <Caseload key={team.teamId} team={team} />
      ))}
    </fieldset>
  );
}

/** A team with how many of its patients need somebody now, so that nobody has to look there to know. */
function Caseload({ team: { teamId, name, zone, coverUntil } }: { team: Viewer['teams'][number] }) {
  const t = useText('staff');
  const dates = useDates();
  const viewer = useViewer();
  const shown = useTeam();
  const list = useRead<WorklistView>(...worklistOf(viewer.userId, teamId));
  const count = list.data?.now.length ?? 0;
  const lastDay =
    coverUntil && dates.localDate(new Date(Date.parse(coverUntil) - 1).toISOString(), zone ?? viewer.zone);
  return (
    <button type="button" class="chip" aria-pressed={teamId === shown.teamId} onClick={() => chooseTeam(teamId)}>
      <span>
        {name}
        {lastDay && <small> {t('caseload.until', { day: dates.short(lastDay) })}</small>}
      </span>
      {count > 0 && (
        <b class="many">
          {count}
          <span class="vh"> {t('caseload.now')}</span>
        </b>
      )}
    </button>
  );
}
