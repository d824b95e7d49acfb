import type { ConsentView } from '../../../functions/identity/contract.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';

/** Every consent as it was written down: when, how, which words, what for, and what of it was taken back. */
export function ConsentRecord({ consents, zone }: { consents: readonly ConsentView[]; zone: string }) {
  const t = useText('me');
  const dates = useDates();
  const day = (instant: string) => dates.short(dates.localDate(instant, zone));
  return (
    <ul class="consents">
      {consents.map((consent) => {
        const taken = consent.withdrawnAt ? (consent.withdrawnPurposes ?? consent.purposes) : [];
        return (
          <li key={consent.consentId}>
            <p>
              <b class="strong nb">{day(consent.at)}</b> · {t(`consent.way.${consent.way}`)}
              {consent.heardBy && ` (${t('consent.heard-by', { name: consent.heardBy })})`}
            </p>
            <p class="meta">{consent.purposes.map((purpose) => t(`consent.${purpose}`)).join(', ')}</p>
            <p class="meta">
              {t('consent.version', { version: consent.textVersion })} ·{' '}
              {t('consent.by', { name: consent.recordedByName })}
            </p>
            {consent.withdrawnAt && (
              <p class="meta">
                {t('consent.taken', {
                  date: day(consent.withdrawnAt),
                  what: taken.map((purpose) => t(`consent.${purpose}`)).join(', '),
                })}
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
