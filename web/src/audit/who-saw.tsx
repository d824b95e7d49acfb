import { useState } from 'preact/hooks';
import type { AuditLine, AuditView } from '../../../functions/audit/contract.ts';
import { MePage } from '../identity/me.tsx';
import { Button } from '../look/controls.tsx';
import { Empty } from '../look/states.tsx';
import { get } from '../shell/api.ts';
import { Read } from '../shell/edges.tsx';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { type TextKey, useText } from '../text/text.ts';
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
  const [more, setMore] = useState<AuditView[]>([]);
  const first = useRead<AuditView>([viewer.userId, viewer.patientId ?? '', 'who-saw'], path);
  return (
    <MePage title={t('who-saw')}>
      <p class="meta lead">{t('who-saw.lead')}</p>
      <Read of={first}>
        {(view) => {
          const pages = [view, ...more];
          const lines = pages
            .flatMap((page) => page.lines)
            .filter(({ actorId, why }) => actorId !== viewer.userId && why !== 'own record');
          const next = pages.at(-1)?.next;
          return (
            <>
              {lines.length === 0 ? (
                <Empty title={t('who-saw.none')} says={t('who-saw.none.says')} />
              ) : (
                <ol class="plain">
                  {lines.map((line) => (
                    <Line key={line.id} line={line} zone={viewer.zone} />
                  ))}
                </ol>
              )}
              {next && (
                <Button
                  wide
                  onClick={async () => {
                    const page = await get<AuditView>(`${path}?cursor=${encodeURIComponent(next)}`);
                    setMore([...more, page]);
                  }}
                >
                  {t('who-saw.earlier')}
                </Button>
              )}
            </>
          );
        }}
      </Read>
    </MePage>
  );
}

function Line({ line, zone }: { line: AuditLine; zone: string }) {
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
      </span>
      <time class="meta nb" dateTime={line.at}>
        {dates.stamp(line.at, zone)}
      </time>
    </li>
  );
}
