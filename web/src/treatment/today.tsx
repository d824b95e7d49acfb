import { useState } from 'preact/hooks';
import type { TodayView } from '../../../functions/treatment/contract.ts';
import { Icon } from '../look/icon.tsx';
import { Read } from '../shell/edges.tsx';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { usePage } from '../shell/page.ts';
import { PatientFrame } from '../shell/patient-frame.tsx';
import { InstallPrompt } from '../shell/prompts.tsx';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';
import { CannotDialog } from './cannot.tsx';
import { NowCard } from './now-card.tsx';
import { reasonKey } from './reason-key.ts';
import { useSayings } from './sayings.ts';
import { Week } from './week.tsx';
import './today.css';

/** One card about now; then what the clinic heard, the last seven days, and the nurse's number at the thumb. */
export default function Today() {
  const t = useText('patient');
  const viewer = useViewer();
  const patientId = viewer.patientId ?? '';
  const today = useRead<TodayView>([viewer.userId, patientId, 'today'], `/api/treatment/patients/${patientId}/today`, {
    keepDays: 30,
    refetchSeconds: 300,
  });
  usePage(t('today'));
  return (
    <PatientFrame
      current="today"
      action={<LanguageSwitch />}
      zone={today.data?.zone ?? viewer.zone}
      nurse={today.data?.nurse}
    >
      <Read of={today} coming={t('today.coming')} rows={3}>
        {(view) => <TodayBody view={view} />}
      </Read>
    </PatientFrame>
  );
}

function TodayBody({ view }: { view: TodayView }) {
  const [cannot, setCannot] = useState(false);
  const sayings = useSayings(view);
  return (
    <>
      <NowCard view={view} sayings={sayings} onCannot={() => setCannot(true)} />
      <HeardStrip view={view} />
      <Week view={view} sayings={sayings} />
      <InstallPrompt />
      {cannot && sayings.open && (
        <CannotDialog
          onClose={() => setCannot(false)}
          onSay={(reason, note) => {
            setCannot(false);
            sayings.cannot(reason, note);
          }}
        />
      )}
    </>
  );
}

/** "The clinic heard you": that somebody read it, and what happens next. */
function HeardStrip({ view }: { view: TodayView }) {
  const t = useText('patient');
  const dates = useDates();
  const { heard } = view;
  if (!heard) return null;
  const reason = heard.reason ? t(reasonKey(heard.reason)) : undefined;
  const read =
    heard.readBy && reason
      ? t('heard.read', { who: heard.readBy, what: reason })
      : reason
        ? t('heard.cannot', { what: reason })
        : t('heard.at', { time: dates.spoken(heard.at, view.zone) });
  const next = heard.callBefore ? t('heard.call', { time: dates.spoken(heard.callBefore, view.zone) }) : '';
  return (
    <section class="heard">
      <span class="dot">
        <Icon name="tick" />
      </span>
      <div>
        <h2>{t(heard.what === 'box-opened' ? 'heard.box' : 'heard.title')}</h2>
        <p>
          {read} {next}
        </p>
      </div>
    </section>
  );
}
