import { useState } from 'preact/hooks';
import { type EnrolRequest, type Purpose, purposes } from '../../../../functions/identity/contract.ts';
import { Chips } from '../../look/controls.tsx';
import { useViewer } from '../../shell/session.ts';
import { useLanguage, useText } from '../../text/text.ts';
import { consentTextVersion } from '../consent-text.ts';
import { StepForm, type StepProps } from './step-form.tsx';

/** What the patient agrees to, purpose by purpose, and how they said so. */
export function ConsentStep({ given, busy, error, done, onSave }: StepProps) {
  const t = useText('admin');
  const me = useText('me');
  const lang = useLanguage();
  const viewer = useViewer();
  const [way, setWay] = useState<NonNullable<EnrolRequest['consent']>['way'] | undefined>(given.consent?.way);
  const [chosen, setChosen] = useState<ReadonlySet<Purpose>>(
    new Set(given.consent?.purposes ?? ['treatment', 'box', 'messages']),
  );
  const toggle = (purpose: Purpose) => {
    const next = new Set(chosen);
    if (!next.delete(purpose)) next.add(purpose);
    setChosen(next);
  };
  const save = () =>
    way &&
    onSave({
      consent: {
        consentId: given.consent?.consentId ?? crypto.randomUUID(),
        way,
        textVersion: consentTextVersion,
        language: lang,
        purposes: purposes.filter((purpose) => chosen.has(purpose)),
        ...(way === 'spoken' && { heardBy: viewer.name }),
      },
    });
  return (
    <StepForm
      title={t('enrol.consent')}
      error={error}
      busy={busy}
      kept={done && t('enrol.kept')}
      ready={way !== undefined && chosen.has('treatment')}
      onNext={() => (done ? onSave({}) : save())}
    >
      <p class="consent-text">{me('consent.text')}</p>
      <fieldset class="checks" aria-label={t('enrol.purposes')}>
        <legend class="strong">{t('enrol.purposes')}</legend>
        {purposes.map((purpose) => (
          <label key={purpose}>
            <input type="checkbox" checked={chosen.has(purpose)} onChange={() => toggle(purpose)} />{' '}
            {t(`enrol.purpose.${purpose}`)}
          </label>
        ))}
      </fieldset>
      <p class="strong lbl-p">{t('enrol.consent-way')}</p>
      <Chips
        class="next"
        label={t('enrol.consent-way')}
        choices={(['on-screen', 'on-paper', 'spoken'] as const).map((value) => ({ value, label: t(`enrol.${value}`) }))}
        value={way}
        onChange={setWay}
      />
      {way === 'spoken' && (
        <p class="meta">
          {t('enrol.heard-by')}: {viewer.name}
        </p>
      )}
    </StepForm>
  );
}
