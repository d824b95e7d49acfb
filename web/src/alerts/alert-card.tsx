import { useState } from 'preact/hooks';
import {
  type AlertView,
  needsNextStep,
  type OutcomeKind,
  outcomeKinds,
  outcomeWords,
  type ResolveInput,
} from '../../../functions/alerts/contract.ts';
import { Button, Chips } from '../look/controls.tsx';
import { TextArea, TextField } from '../look/fields.tsx';
import { AlertPanel, Tap } from '../look/patient-page.tsx';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { addDays } from '../text/days.ts';
import { useLanguage, useText } from '../text/text.ts';
import { useWork } from './do-work.ts';
import { whyOf } from './row-words.ts';

type Why = NonNullable<ResolveInput['why']>;
const whys: readonly Why[] = [
  'forgot',
  'side-effect',
  'no-pills',
  'travelling',
  'felt-well',
  'stigma',
  'box-problem',
  'other',
];
type Next = 'call' | 'visit' | 'none';

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
      <Outcome alert={alert} zone={zone} close={(input) => work.resolve(me, input)} />
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

function Outcome({
  alert,
  zone,
  close,
}: {
  alert: AlertView;
  zone: string;
  close: (input: ResolveInput) => Promise<boolean>;
}) {
  const t = useText('work');
  const lang = useLanguage();
  const dates = useDates();
  const [outcome, setOutcome] = useState<OutcomeKind>();
  const [why, setWhy] = useState<Why>();
  const [note, setNote] = useState('');
  const tomorrow = addDays(dates.localDate(new Date().toISOString(), zone), 1);
  const [chosen, setNext] = useState<Next>();
  const [on, setOn] = useState(tomorrow);
  const [busy, setBusy] = useState(false);
  const must = outcome !== undefined && needsNextStep(alert, outcome);
  const usual = outcome === 'visit-planned' ? 'visit' : must ? 'call' : 'none';
  const next = chosen === undefined || (must && chosen === 'none') ? usual : chosen;
  const asksWhy = outcome === 'reached-not-taken';
  const ready = outcome !== undefined && (!asksWhy || why !== undefined) && (next === 'none' || on !== '');
  const save = async () => {
    if (!outcome) return;
    setBusy(true);
    const input: ResolveInput = {
      outcome,
      ...(asksWhy && why && { why }),
      ...(note.trim() && { note: note.trim() }),
      ...(next !== 'none' && { nextStep: { kind: next, on } }),
    };
    const done = await close(input);
    if (!done) setBusy(false);
  };
  return (
    <>
      <Tap step={2} state={outcome ? 'done' : alert.state === 'triggered' ? 'next' : 'current'}>
        <p class="strong">{t('alert.what')}</p>
        <fieldset class="outs" aria-label={t('alert.what')}>
          {outcomeKinds.map((kind) => (
            <Button key={kind} aria-pressed={outcome === kind} onClick={() => setOutcome(kind)}>
              {outcomeWords[kind][lang]}
            </Button>
          ))}
        </fieldset>
        {asksWhy && (
          <Chips
            class="next"
            label={t('alert.why')}
            choices={whys.map((value) => ({ value, label: t(`why.${value}`) }))}
            value={why}
            onChange={setWhy}
          />
        )}
      </Tap>
      <Tap step={3} state={outcome ? 'current' : 'next'}>
        <p class="strong">{t('alert.next')}</p>
        <Chips
          class="next"
          label={t('alert.next')}
          choices={[
            { value: 'call', label: t('alert.next-call') },
            { value: 'visit', label: t('alert.next-visit') },
            ...(must ? [] : [{ value: 'none' as const, label: t('alert.next-none') }]),
          ]}
          value={next}
          onChange={setNext}
        />
        {must && <p class="meta">{t('alert.next-must')}</p>}
        {next !== 'none' && (
          <TextField
            label={t('alert.on')}
            type="date"
            value={on}
            min={dates.localDate(new Date().toISOString(), zone)}
            onInput={setOn}
          />
        )}
        {outcome && <TextArea label={t('alert.note')} value={note} onInput={setNote} rows={2} maxLength={1000} />}
        <Button
          wide
          voice={ready && alert.state !== 'triggered' ? 'go' : 'outline'}
          busy={busy}
          disabled={!ready}
          onClick={() => void save()}
        >
          {t('alert.save')}
        </Button>
      </Tap>
    </>
  );
}
