import type { ComponentChildren } from 'preact';
import type { DoseSlotView, TodayView } from '../../../functions/treatment/contract.ts';
import { doseStatuses } from '../../../functions/treatment/contract.ts';
import { Button } from '../look/controls.tsx';
import { Glyph, type GlyphName } from '../look/glyph.tsx';
import { Icon } from '../look/icon.tsx';
import { Pill, pillCount } from '../look/pill.tsx';
import { network } from '../shell/network.ts';
import { useStore } from '../shell/store.ts';
import { useDates } from '../text/dates.ts';
import { useLanguage, useText } from '../text/text.ts';
import { AwayCard } from './away.tsx';
import { Listen } from './listen.tsx';
import { reasonKey } from './reason-key.ts';
import type { Sayings } from './sayings.ts';
import { useSlotSentence } from './sentence.ts';

/** The one card of the patient's home: a sentence, and at most one filled button. */
export function NowCard(props: { view: TodayView; sayings: Sayings; onCannot: () => void }) {
  const { view, sayings } = props;
  const { card } = view;
  const { answering } = useStore(network);
  const { said } = sayings;
  if (said && sayings.open) {
    const kept = said.place !== undefined && !answering;
    return said.what === 'taken' ? (
      <SaidTaken
        view={view}
        at={said.at}
        kept={kept}
        onChange={said.place === undefined ? props.onCannot : sayings.takeBack}
      />
    ) : (
      <SaidCannot view={view} reason={said.reason ?? 'other'} kept={kept} sayings={sayings} />
    );
  }
  switch (card.kind) {
    case 'take':
      return <Take view={view} slot={card.slot} sayings={sayings} onCannot={props.onCannot} />;
    case 'done':
      return <Done {...props} />;
    case 'cannot':
      return <SaidCannot view={view} reason={card.reason} sayings={sayings} />;
    case 'away':
      return <AwayCard view={view} card={card} />;
    default:
      return <Quiet view={view} />;
  }
}

function Card(props: { view: TodayView; title: string; spoken?: string; children?: ComponentChildren }) {
  const dates = useDates();
  return (
    <section class="now" aria-labelledby="now-title">
      <div class="now-top">
        <div>
          <p class="when">{dates.long(props.view.localDate)}</p>
          <h1 id="now-title">{props.title}</h1>
        </div>
        <Listen says={props.spoken ?? props.title} />
      </div>
      {props.children}
    </section>
  );
}

function Take(props: { view: TodayView; slot: DoseSlotView; sayings: Sayings; onCannot: () => void }) {
  const t = useText('patient');
  const { title, how, spoken } = useSlotSentence(props.slot, props.view);
  const one = props.slot.totalCount === 1;
  return (
    <Card view={props.view} title={title} spoken={spoken}>
      <p class="food">
        <Icon name={props.slot.food === 'empty-stomach' ? 'glass' : props.slot.food === 'any' ? 'clock' : 'food'} />
        {how}
      </p>
      <PillTray slot={props.slot} />
      <Button voice="go" wide icon="tick" class="take" onClick={props.sayings.taken}>
        {t(one ? 'took.one' : 'took')}
      </Button>
      <Button wide class="cannot" onClick={props.onCannot}>
        {t(one ? 'cannot.it' : 'cannot')}
      </Button>
    </Card>
  );
}

function PillTray({ slot }: { slot: DoseSlotView }) {
  const t = useText('patient');
  return (
    <ul class="pills tray" aria-label={t('pills')}>
      {slot.pills.map(({ picture, count }) => (
        <li key={picture}>
          <Pill picture={picture} count={count} />
          <b>{pillCount(count)}</b>
        </li>
      ))}
    </ul>
  );
}

function Said(props: {
  view: TodayView;
  glyph: GlyphName;
  title: string;
  says?: string | undefined;
  note?: string | undefined;
  children?: ComponentChildren;
}) {
  const dates = useDates();
  return (
    <section class="now" aria-labelledby="now-title">
      <p class="when">{dates.long(props.view.localDate)}</p>
      <div class={`done ${props.glyph}`}>
        <Glyph name={props.glyph} size="l" />
        <div>
          <h1 id="now-title">{props.title}</h1>
          {props.says && <p class="meta">{props.says}</p>}
        </div>
      </div>
      {props.note && <p class="meta after">{props.note}</p>}
      {props.children}
    </section>
  );
}

function SaidTaken(props: { view: TodayView; at: string | undefined; kept?: boolean; onChange: () => void }) {
  const t = useText('patient');
  const dates = useDates();
  return (
    <Said
      view={props.view}
      glyph="said"
      title={t('said.taken')}
      says={props.at && dates.spoken(props.at, props.view.zone)}
      note={props.kept ? t('said.kept') : undefined}
    >
      <Button wide icon="undo" class="cannot" onClick={props.onChange}>
        {t('said.change')}
      </Button>
    </Said>
  );
}

function SaidCannot(props: { view: TodayView; reason: string; kept?: boolean; sayings: Sayings }) {
  const t = useText('patient');
  return (
    <Said
      view={props.view}
      glyph="unknown"
      title={t('said.cannot')}
      says={t(reasonKey(props.reason))}
      note={t(props.kept ? 'said.kept' : 'said.cannot.next')}
    >
      <Button wide icon="tick" class="cannot" onClick={props.sayings.taken}>
        {t('said.after-all')}
      </Button>
    </Said>
  );
}

/** Everything open is answered: how we know, and when the next dose is. */
function Done({ view, onCannot }: { view: TodayView; onCannot: () => void }) {
  const t = useText('patient');
  const dates = useDates();
  const lang = useLanguage();
  if (view.card.kind !== 'done') return null;
  const { slot, next } = view.card;
  const nextSays =
    next && t('next', { day: dates.long(next.localDate), time: dates.spoken(next.plannedAt, view.zone) });
  if (!slot) return <Said view={view} glyph="yet" title={t('rest')} says={nextSays} />;
  // Who first could not take them and then did took them when they did.
  const at = slot.evidence.find(({ ignored, kind }) => !ignored && kind !== 'cannot-take')?.happenedAt;
  if (slot.status === 'said') return <SaidTaken view={view} at={at} onChange={onCannot} />;
  return (
    <Said
      view={view}
      glyph={slot.status}
      title={slot.status === 'opened' ? t('done.opened') : doseStatuses[slot.status].patient[lang]}
      says={at && dates.spoken(at, view.zone)}
      note={nextSays}
    />
  );
}

/** Nothing to do now, and why. */
function Quiet({ view }: { view: TodayView }) {
  const t = useText('patient');
  const dates = useDates();
  const { card } = view;
  if (card.kind === 'hold') return <Said view={view} glyph="hold" title={t('hold')} says={t('hold.says')} />;
  if (card.kind === 'ended')
    return (
      <Said
        view={view}
        glyph="seen"
        title={t(card.reason === 'completed' ? 'ended.completed' : 'ended')}
        says={t('ended.says')}
      />
    );
  if (card.kind === 'rest') {
    const next =
      card.next &&
      t('next', { day: dates.long(card.next.localDate), time: dates.spoken(card.next.plannedAt, view.zone) });
    return <Said view={view} glyph="yet" title={t('rest')} says={next} />;
  }
  return <Said view={view} glyph="yet" title={t('no-plan')} says={t('no-plan.says')} />;
}
