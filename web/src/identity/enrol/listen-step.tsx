import { useEffect, useState } from 'preact/hooks';
import type { HeardView } from '../../../../functions/devices/contract.ts';
import { Button } from '../../look/controls.tsx';
import { ErrorLine } from '../../look/fields.tsx';
import { BoxArt, WaitingPanel } from '../../look/steps.tsx';
import { useRead } from '../../shell/queries.ts';
import { useViewer } from '../../shell/session.ts';
import { useText } from '../../text/text.ts';

interface ListenProps {
  boxId: string | undefined;
  patientId: string | undefined;
  since: string | undefined;
  code: string | undefined;
  busy: boolean;
  error: string | undefined;
  onFinish: () => void;
  onOtherBox: () => void;
  onLater: () => void;
}

/** "Open the box now" until the screen shows it; enrolment is over when the box was heard, or when nobody waits for it. */
export function ListenStep(props: ListenProps) {
  const t = useText('admin');
  const viewer = useViewer();
  const [from] = useState(() => Date.now());
  const [now, setNow] = useState(() => Date.now());
  const [stuck, setStuck] = useState(false);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const { boxId } = props;
  const since = props.since ?? new Date(from).toISOString();
  const heard = useRead<HeardView>(
    // About the patient, so that the live update of the opening draws it at once.
    [viewer.userId, props.patientId ?? boxId ?? 'none', 'heard', boxId ?? 'none', since],
    `/api/devices/boxes/${boxId}/heard?since=${since}`,
    { enabled: boxId !== undefined, refetchSeconds: 2 },
  );
  const opened = heard.data?.opened ?? false;
  return (
    <>
      <h2>{boxId ? t('enrol.open-now') : t('enrol.finish')}</h2>
      {boxId && (
        <>
          <p class="hi">{t('enrol.open-now-other')}</p>
          <BoxArt label={t('enrol.art')} />
          <WaitingPanel
            says={t('enrol.listening', { box: boxId })}
            elapsedSeconds={Math.floor((now - from) / 1000)}
            {...(opened && { heard: t('enrol.heard', { box: boxId }) })}
          />
          {!opened && (
            <p class="meta">
              {t('enrol.listen-says')}{' '}
              {heard.data?.batteryMillivolts !== undefined &&
                t('enrol.listen-battery', { volts: (heard.data.batteryMillivolts / 1000).toFixed(2) })}
            </p>
          )}
        </>
      )}
      {props.code && <p class="strong">{t('enrol.code', { code: props.code })}</p>}
      {stuck && !opened && <p class="meta">{t('enrol.nothing-says')}</p>}
      <ErrorLine says={props.error} />
      {opened || !boxId ? (
        <Button voice="go" busy={props.busy} onClick={props.onFinish}>
          {t('enrol.finish')}
        </Button>
      ) : (
        <div class="acts">
          {stuck ? (
            <Button onClick={props.onOtherBox}>{t('enrol.other-box')}</Button>
          ) : (
            <Button onClick={() => setStuck(true)}>{t('enrol.nothing')}</Button>
          )}
          <Button onClick={props.onLater}>{t('enrol.later')}</Button>
        </div>
      )}
    </>
  );
}
