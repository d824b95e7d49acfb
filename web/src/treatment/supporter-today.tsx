import { useState } from 'preact/hooks';
import type { TodayView } from '../../../functions/treatment/contract.ts';
import { Button, Chips, LinkButton } from '../look/controls.tsx';
import { Glyph, type GlyphName } from '../look/glyph.tsx';
import { Empty } from '../look/states.tsx';
import { Read } from '../shell/edges.tsx';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { usePage } from '../shell/page.ts';
import { PatientFrame } from '../shell/patient-frame.tsx';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { type TextKey, useText } from '../text/text.ts';
import { AwayDialog } from './away.tsx';
import { chooseHelped, useHelped } from './helped.ts';
import { Listen } from './listen.tsx';
import { patientGlyph, useStatusWord } from './patient-status.ts';
import { Week } from './week.tsx';
import './today.css';

/** One question, "how is it today?", and whom to call. No medicine, no count, no reason. */
export default function SupporterToday() {
  const t = useText('patient');
  const viewer = useViewer();
  const helped = useHelped();
  const patientId = helped?.patientId ?? '';
  const today = useRead<TodayView>([viewer.userId, patientId, 'today'], `/api/treatment/patients/${patientId}/today`, {
    keepDays: 30,
    refetchSeconds: 300,
    enabled: patientId !== '',
  });
  usePage(t('today'));
  return (
    <PatientFrame
      current="today"
      action={<LanguageSwitch />}
      zone={today.data?.zone ?? viewer.zone}
      nurse={today.data?.nurse}
    >
      {viewer.supports.length > 1 && (
        <Chips
          label={t('helps.whom')}
          value={patientId}
          onChange={chooseHelped}
          choices={viewer.supports.map((one) => ({ value: one.patientId, label: one.name }))}
        />
      )}
      {helped ? (
        <Read of={today} coming={t('today.coming')} rows={3}>
          {(view) => <Answer view={view} name={helped.name} />}
        </Read>
      ) : (
        <Empty title={t('helps.none')} says={t('helps.none.says')} />
      )}
    </PatientFrame>
  );
}

function answerOf(view: TodayView): { glyph: GlyphName; says: TextKey<'patient'> } {
  if (view.card.kind === 'away') return { glyph: 'away', says: 'helps.away' };
  if (view.card.kind === 'hold') return { glyph: 'hold', says: 'hold' };
  if (view.slots.length === 0) return { glyph: 'yet', says: 'helps.nothing' };
  const worst = view.slots.find(({ status }) => !['seen', 'opened', 'said'].includes(status)) ?? view.slots[0];
  if (!worst) return { glyph: 'yet', says: 'helps.nothing' };
  const known = ['seen', 'opened', 'said'].includes(worst.status);
  return { glyph: patientGlyph(worst.status), says: known ? 'helps.taken' : 'helps.yet' };
}

function Answer({ view, name }: { view: TodayView; name: string }) {
  const t = useText('patient');
  const dates = useDates();
  const wordOf = useStatusWord(view.patientId);
  const [away, setAway] = useState(false);
  const { glyph, says } = answerOf(view);
  // A name here has one to four parts; the family calls them by the first.
  const first = name.split(' ')[0] ?? name;
  const sentence = t(says, { name: first });
  return (
    <>
      <section class="now" aria-labelledby="now-title">
        <div class="now-top one-line">
          <p class="when">{dates.long(view.localDate)}</p>
          <Listen compact says={sentence} />
        </div>
        <div class={`done ${glyph}`}>
          <Glyph name={glyph} size="l" />
          <div>
            <h1 id="now-title">{sentence}</h1>
            {view.slots.map((slot) => (
              <p key={slot.slotId} class="meta">
                {dates.wall(slot.plannedTime)} · {wordOf(slot.status)}
              </p>
            ))}
          </div>
        </div>
        {view.patientPhone && (
          <LinkButton voice="go" wide icon="phone" href={`tel:${view.patientPhone}`}>
            {t('helps.call', { name: first })}
          </LinkButton>
        )}
        {view.card.kind !== 'away' && (
          <Button wide class="cannot" onClick={() => setAway(true)}>
            {t('helps.set-away', { name: first })}
          </Button>
        )}
      </section>
      <Week view={view} />
      {away && <AwayDialog patientId={view.patientId} localDate={view.localDate} onClose={() => setAway(false)} />}
    </>
  );
}
