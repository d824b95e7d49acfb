import { useState } from 'preact/hooks';
import { type EnrolRequest, type Purpose, purposes } from '../../../../functions/identity/contract.ts';
import { ChoiceField } from '../../look/choice-field.tsx';
import { ErrorLine } from '../../look/fields.tsx';
import { useChecks } from '../../look/use-checks.ts';
import { useViewer } from '../../shell/session.ts';
import { type Language, languages } from '../../text/areas.ts';
import { type Text, useLanguage, useText, useTextIn } from '../../text/text.ts';
import { Listen } from '../../treatment/listen.tsx';
import { consentTextVersion } from '../consent-text.ts';
import { languageNames } from '../language-names.ts';
import { StepForm, type StepProps } from './step-form.tsx';

/** What the patient agrees to, purpose by purpose, and how they said so. `agreed`: what stands of it now. */
export function ConsentStep(props: StepProps & { agreed: readonly Purpose[] }) {
  const { given, busy, error, done, onSave } = props;
  const t = useText('admin');
  const lang = useLanguage();
  const [shown, setShown] = useState<Language>(given.consent?.language ?? given.who?.language ?? lang);
  const me = useTextIn(shown, 'me');
  const viewer = useViewer();
  const agreed: readonly Purpose[] = done ? props.agreed : [];
  const takenBack = done ? (given.consent?.purposes ?? []).filter((purpose) => !agreed.includes(purpose)) : [];
  const [way, setWay] = useState<NonNullable<EnrolRequest['consent']>['way'] | undefined>(given.consent?.way);
  const [chosen, setChosen] = useState<ReadonlySet<Purpose>>(
    new Set(done ? agreed : (given.consent?.purposes ?? ['treatment', 'box', 'messages'])),
  );
  const { checks, error: wrong } = useChecks({
    treatment: !chosen.has('treatment') && t('enrol.treatment-needed'),
    way: !way && t('enrol.choose'),
  });
  const toggle = (purpose: Purpose) => {
    const next = new Set(chosen);
    if (!next.delete(purpose)) next.add(purpose);
    setChosen(next);
  };
  const save = () =>
    way &&
    onSave({
      consent: {
        consentId: (!done && given.consent?.consentId) || crypto.randomUUID(),
        way,
        textVersion: consentTextVersion,
        language: shown,
        purposes: purposes.filter((purpose) => chosen.has(purpose)),
        ...(way === 'spoken' && { heardBy: viewer.name }),
      },
    });
  return (
    <StepForm
      title={t('enrol.consent')}
      error={error}
      busy={busy}
      checks={checks}
      onNext={() => (done && chosen.size === agreed.length ? onSave({}) : save())}
    >
      {done && <p class="meta">{t('enrol.agreed-before')}</p>}
      {takenBack.length > 0 && (
        <p class="strong" role="status">
          {t('enrol.taken-back', { purposes: takenBack.map((purpose) => t(`enrol.purpose.${purpose}`)).join(', ') })}
        </p>
      )}
      <ChoiceField
        label={t('enrol.consent-language')}
        choices={languages.map((value) => ({ value, label: languageNames[value] }))}
        value={shown}
        onChange={setShown}
      />
      {me && (
        <div class="consent-read" lang={shown}>
          <p class="consent-text">{me('consent.text')}</p>
          <Listen lang={shown} says={[me('consent.text'), ...spoken(me)].join(' ')} />
          <fieldset class="checks">
            <legend class="strong">{me('consent.agree-to')}</legend>
            {purposes.map((purpose) => (
              <label key={purpose}>
                <input
                  type="checkbox"
                  checked={chosen.has(purpose)}
                  disabled={agreed.includes(purpose)}
                  onChange={() => toggle(purpose)}
                />{' '}
                {me(`consent.${purpose}`)}
              </label>
            ))}
          </fieldset>
          <ErrorLine says={wrong('treatment')} />
        </div>
      )}
      <ChoiceField
        label={t('enrol.consent-way')}
        choices={(['on-screen', 'on-paper', 'spoken'] as const).map((value) => ({ value, label: t(`enrol.${value}`) }))}
        value={way}
        onChange={setWay}
        error={wrong('way')}
      />
      {way === 'spoken' && (
        <p class="meta">
          {t('enrol.heard-by')}: {viewer.name}
        </p>
      )}
    </StepForm>
  );
}

/** What is asked, read out after the text: a list that can only be seen is no question to who does not read. */
function spoken(me: Text<'me'>): string[] {
  return [`${me('consent.agree-to')}:`, ...purposes.map((purpose) => `${me(`consent.${purpose}`)}.`)];
}
