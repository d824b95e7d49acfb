import { type AlertView, outcomeWords } from '../../../functions/alerts/contract.ts';
import { Glyph } from '../look/glyph.tsx';
import { useDates } from '../text/dates.ts';
import { useLanguage, useText } from '../text/text.ts';
import { sayMinutes } from './row-words.ts';

/** Closed alerts: what came of each and how long it took. */
export function AlertsBefore({ alerts, zone }: { alerts: readonly AlertView[]; zone: string }) {
  const t = useText('work');
  const lang = useLanguage();
  const dates = useDates();
  if (alerts.length === 0) return null;
  return (
    <section class="before">
      <h2>{t('page.before')}</h2>
      <ul>
        {alerts.map((alert) => {
          const { outcome } = alert;
          const band = alert.band === 'red' ? 'red' : 'yellow';
          const minutes = outcome ? Math.round((Date.parse(outcome.at) - Date.parse(alert.openedAt)) / 60_000) : 0;
          return (
            <li key={alert.alertId} class={band}>
              <Glyph name={band} label={t(`band.${band}`)} size="xs" />
              <span>
                {dates.short(dates.localDate(alert.openedAt, zone))}. {outcome && sayOutcome(outcome.kind, lang, t)}
                {outcome?.byName && `, ${outcome.byName}`}
                {outcome?.note && `. ${outcome.note}`}
              </span>
              <span class="meta nb">{outcome && sayMinutes(minutes, t)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

export function sayOutcome(
  kind: NonNullable<AlertView['outcome']>['kind'],
  lang: 'en' | 'hi',
  t: ReturnType<typeof useText<'work'>>,
): string {
  if (
    kind === 'evidence-arrived' ||
    kind === 'treatment-stopped' ||
    kind === 'no-longer-missed' ||
    kind === 'back-on-track'
  )
    return t(`outcome.${kind}`);
  return outcomeWords[kind][lang];
}
