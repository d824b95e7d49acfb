import type { AuditView } from '../../../functions/audit/contract.ts';
import { MePage } from '../identity/me.tsx';
import { Empty } from '../look/states.tsx';
import { Pages, usePages } from '../shell/pages.tsx';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { type TextKey, useText } from '../text/text.ts';
import { type Look, looksOf } from './looks.ts';
import { whatWasDone } from './what-was-done.ts';

const whyKeys: Record<string, TextKey<'me'>> = {
  'care team': 'why.team',
  cover: 'why.cover',
  supporter: 'why.supporter',
  'own record': 'why.own',
  administrator: 'why.admin',
  invited: 'why.invited',
};

/** Who opened or changed my record, when, and by what right; also who was turned away. */
export default function WhoSaw() {
  const t = useText('me');
  const viewer = useViewer();
  const path = `/api/audit/patients/${viewer.patientId}/who-saw`;
  const read = usePages<AuditView>([viewer.userId, viewer.patientId ?? '', 'who-saw'], path);
  return (
    <MePage title={t('who-saw')}>
      <p class="meta lead">{t('who-saw.lead')}</p>
      <Pages of={read} more={t('who-saw.earlier')}>
        {(pages) => {
          const lines = pages
            .flatMap((page) => page.lines)
            .filter(({ actorId, why }) => actorId !== viewer.userId && why !== 'own record');
          if (lines.length === 0) return <Empty title={t('who-saw.none')} says={t('who-saw.none.says')} />;
          return (
            <ol class="plain">
              {looksOf(lines, viewer.zone).map((look) => (
                <Line key={look.last.id} look={look} zone={viewer.zone} />
              ))}
            </ol>
          );
        }}
      </Pages>
    </MePage>
  );
}

function Line({ look: { last: line, times }, zone }: { look: Look; zone: string }) {
  const t = useText('me');
  const dates = useDates();
  const why = whyKeys[line.why];
  return (
    <li class="line">
      <span>
        {line.actorName ?? t('who-saw.somebody')}
        <small>
          {line.outcome === 'refused' ? t('who-saw.refused') : t(whatWasDone(line.action))}
          {why && ` · ${t(why)}`}
        </small>
        <small>
          <time dateTime={line.at}>{dates.stamp(line.at, zone)}</time>
          {times > 1 && ` · ${t('who-saw.times', { count: times })}`}
        </small>
      </span>
    </li>
  );
}
