import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { type AlertView, outcomeWords, type PatientAlertsView } from '../../../functions/alerts/contract.ts';
import { Button } from '../look/controls.tsx';
import { TextArea } from '../look/fields.tsx';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useLanguage, useText } from '../text/text.ts';
import { AlertCard } from './alert-card.tsx';
import { sayOutcome } from './before.tsx';
import { useWork } from './do-work.ts';
import { type Draft, useDrafts } from './draft.ts';

/** The open alert of a patient, and what I had begun to write about one that somebody else has closed meanwhile. */
export function CurrentAlert(props: {
  known: PatientAlertsView;
  patientId: string;
  zone: string;
  none: ComponentChildren;
}) {
  const { known, patientId, zone } = props;
  const { current, before } = known;
  const viewer = useViewer();
  const { mine } = useDrafts(patientId);
  const lost = mine
    .filter((draft) => draft.alertId !== current?.alertId)
    .map((draft) => ({ draft, alert: before.find((one) => one.alertId === draft.alertId) }))
    .filter(({ alert }) => alert?.outcome?.by !== viewer.userId);
  const toDo = known.tasks.some((task) => task.state === 'open');
  return (
    <>
      {lost.map(({ draft, alert }) => (
        <ClosedMeanwhile key={draft.alertId} draft={draft} alert={alert} zone={zone} />
      ))}
      {current ? (
        <AlertCard key={current.alertId} alert={current} zone={zone} />
      ) : (
        lost.length === 0 && (toDo ? <NoAlertButTasks /> : props.none)
      )}
    </>
  );
}

/** Without "nothing needs you": what does stands below. */
function NoAlertButTasks() {
  const t = useText('work');
  return (
    <section class="no-alert">
      <h2>{t('page.no-alert')}</h2>
    </section>
  );
}

function ClosedMeanwhile({ draft, alert, zone }: { draft: Draft; alert: AlertView | undefined; zone: string }) {
  const t = useText('work');
  const lang = useLanguage();
  const dates = useDates();
  const work = useWork();
  const { change, drop } = useDrafts(draft.patientId);
  const [busy, setBusy] = useState(false);
  const { outcome } = alert ?? {};
  const typed = draft.note?.trim() ?? '';
  const keep = async () => {
    setBusy(true);
    const ref = { id: draft.alertId, patientId: draft.patientId, kind: 'alert' as const };
    if (await work.note(ref, typed)) drop(draft.alertId);
    setBusy(false);
  };
  return (
    <section class="no-alert meanwhile" role="status">
      <h2>
        {outcome?.byName
          ? t('alert.closed-by', { name: outcome.byName, time: dates.clock(outcome.at, zone) })
          : t('alert.closed-meanwhile')}
      </h2>
      {outcome && (
        <p>
          {sayOutcome(outcome.kind, lang, t)}
          {outcome.note && `. ${outcome.note}`}
        </p>
      )}
      {draft.outcome && <p class="meta">{t('alert.you-chose', { outcome: outcomeWords[draft.outcome][lang] })}</p>}
      {draft.note !== undefined && (
        <TextArea
          label={t('alert.you-typed')}
          value={draft.note}
          onInput={(note) => change(draft.alertId, { note })}
          rows={2}
          maxLength={1000}
        />
      )}
      <div class="next">
        {typed !== '' && (
          <Button voice="go" busy={busy} onClick={() => void keep()}>
            {t('alert.keep-note')}
          </Button>
        )}
        <Button onClick={() => drop(draft.alertId)}>{t('alert.discard')}</Button>
      </div>
    </section>
  );
}
