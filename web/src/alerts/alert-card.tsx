import type { AlertView } from '../../../functions/alerts/contract.ts';
import { Button } from '../look/controls.tsx';
import { AlertPanel, Tap } from '../look/patient-page.tsx';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useLanguage, useText } from '../text/text.ts';
import { AlertMore } from './alert-more.tsx';
import { useWork } from './do-work.ts';
import { OutcomeForm } from './outcome-form.tsx';
import { whyOf } from './row-words.ts';

/** The open alert in three taps: I'm on it → what happened → next step. */
export function AlertCard({ alert, zone }: { alert: AlertView; zone: string }) {
  const t = useText('work');
  const lang = useLanguage();
  const dates = useDates();
  const work = useWork();
  const band = alert.band === 'red' ? 'red' : 'yellow';
  const me = { id: alert.alertId, patientId: alert.patientId, teamId: alert.teamId, kind: 'alert' as const };
  const days = alert.misses.filter((miss) => !miss.arrivedLate).map((miss) => dates.short(miss.localDate));
  return (
    <AlertPanel
      band={{ name: band, label: t(`band.${band}`) }}
      title={whyOf(alert.reason, lang, dates)}
      says={
        <>
          {days.length > 0 && `${days.join(', ')}. `}
          {t('alert.owner', { name: alert.owner.name })}.
          {alert.contactBy &&
            !alert.contactedAt &&
            ` ${t('alert.contact-by', { time: dates.stamp(alert.contactBy, zone) })}`}
        </>
      }
    >
      {alert.state === 'triggered' ? (
        <Tap step={1} state="current">
          {alert.acknowledgeBy && (
            <p class="meta">{t('alert.answer-by', { time: dates.stamp(alert.acknowledgeBy, zone) })}</p>
          )}
          <Button voice="go" wide onClick={() => void work.acknowledge(me)}>
            {t('work.on-it')}
          </Button>
        </Tap>
      ) : (
        <Tap step={1} state="done">
          <OnIt alert={alert} zone={zone} />
        </Tap>
      )}
      <OutcomeForm alert={alert} zone={zone} />
      <AlertMore alert={alert} zone={zone} />
    </AlertPanel>
  );
}

function OnIt({ alert, zone }: { alert: AlertView; zone: string }) {
  const t = useText('work');
  const dates = useDates();
  const viewer = useViewer();
  const { acknowledged } = alert;
  if (!acknowledged) return null;
  const time = dates.clock(acknowledged.at, zone);
  return (
    <p>
      {acknowledged.by === viewer.userId
        ? t('alert.you-since', { time })
        : t('alert.on-it-since', { name: acknowledged.byName, time })}{' '}
      {alert.acknowledgeBy && (
        <span class="meta">{t('alert.was-due', { time: dates.clock(alert.acknowledgeBy, zone) })}</span>
      )}
    </p>
  );
}
