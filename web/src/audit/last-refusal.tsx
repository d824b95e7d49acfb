import type { AuditView } from '../../../functions/audit/contract.ts';
import { Section } from '../look/worklist.tsx';
import { Read } from '../shell/edges.tsx';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';

/** Where an administrator begins: whether anybody was turned away, and the way to all of it. */
export function LastRefusal({ organisationId }: { organisationId: string }) {
  const t = useText('oversight');
  const dates = useDates();
  const viewer = useViewer();
  const read = useRead<AuditView>(
    [viewer.userId, organisationId, 'last-refusal'],
    `/api/audit/organisations/${organisationId}/refusals`,
  );
  return (
    <Section id="refusals" title={t('refusals.title')}>
      <Read of={read} rows={1}>
        {({ lines: [last], next }) => (
          <p class="none">
            {last
              ? t('refusals.last', {
                  name: last.actorName ?? t('refusals.somebody'),
                  time: dates.stamp(last.at, viewer.zone),
                })
              : t(next === undefined ? 'refusals.nobody' : 'refusals.none-yet')}{' '}
            <a href="/refusals">{t('refusals.all')}</a>
          </p>
        )}
      </Read>
    </Section>
  );
}
