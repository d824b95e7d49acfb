import { useState } from 'preact/hooks';
import type { IncidentView } from '../../../functions/devices/contract.ts';
import { Glyph } from '../look/glyph.tsx';
import { Fold, Section } from '../look/worklist.tsx';
import { Read } from '../shell/edges.tsx';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';

/** More than a fifth of a facility's boxes silent in one window: what is still so, and folded what is over. */
export function Incidents({ organisationId }: { organisationId: string }) {
  const t = useText('oversight');
  const viewer = useViewer();
  const incidents = useRead<{ incidents: IncidentView[] }>(
    [viewer.userId, organisationId, 'incidents'],
    `/api/devices/organisations/${organisationId}/incidents`,
    { refetchSeconds: 60 },
  );
  return (
    <Read of={incidents} rows={1}>
      {({ incidents: all }) => {
        const open = all.filter(({ state }) => state === 'open');
        const over = all.filter(({ state }) => state === 'closed');
        return (
          <Section id="incidents" title={t('incidents.title')} count={open.length}>
            {open.length === 0 && <p class="none">{t('incidents.none')}</p>}
            <ul class="people">
              {open.map((incident) => (
                <Open key={incident.incidentId} incident={incident} />
              ))}
            </ul>
            {over.length > 0 && <Over incidents={over} />}
          </Section>
        );
      }}
    </Read>
  );
}

function Open({ incident }: { incident: IncidentView }) {
  const t = useText('oversight');
  const work = useText('work');
  const dates = useDates();
  const { zone } = useViewer();
  const { facilityName, silentBoxes: count, allBoxes: all, openedAt } = incident;
  return (
    <li>
      <Glyph name="silent" label={work('boxes.condition.silent')} />
      <div class="who-name">
        <b class="strong">{facilityName}</b>
        <p>
          {t('incidents.silent', { count, all })}, {t('incidents.since', { time: dates.stamp(openedAt, zone) })}
        </p>
        <p class="meta">{t('incidents.held')}</p>
      </div>
    </li>
  );
}

function Over({ incidents }: { incidents: readonly IncidentView[] }) {
  const t = useText('oversight');
  const dates = useDates();
  const { zone } = useViewer();
  const [open, setOpen] = useState(false);
  const [last] = incidents;
  return (
    <Fold
      id="incidents-over"
      title={t('incidents.over')}
      count={incidents.length}
      says={last?.closedAt && t('incidents.over-says', { time: dates.stamp(last.closedAt, zone) })}
      open={open}
      onToggle={() => setOpen(!open)}
    >
      <ul class="people">
        {incidents.map(({ incidentId, facilityName, openedAt, closedAt, silentBoxes, allBoxes }) => (
          <li key={incidentId}>
            <div class="who-name">
              <b class="strong">{facilityName}</b>
              <p class="meta">
                {t('incidents.from-to', {
                  from: dates.stamp(openedAt, zone),
                  to: dates.stamp(closedAt ?? openedAt, zone),
                })}{' '}
                · {t('incidents.were', { count: silentBoxes, all: allBoxes })}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Fold>
  );
}
