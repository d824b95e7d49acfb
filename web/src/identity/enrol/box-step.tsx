import { useState } from 'preact/hooks';
import { boxCode, isBoxCode } from '../../devices/box-code.ts';
import { BoxCodeField } from '../../devices/box-code-field.tsx';
import { useChecks } from '../../look/use-checks.ts';
import { useText } from '../../text/text.ts';
import { ScanBox } from '../scan-box.tsx';
import { StepForm, type StepProps } from './step-form.tsx';

/** Which box the patient takes home, typed or scanned; none is an answer too. */
export function BoxStep({ given, busy, error, done, onSave }: StepProps) {
  const t = useText('admin');
  const [boxId, setBoxId] = useState(given.box?.boxId ?? '');
  const code = boxCode(boxId);
  const { checks, error: wrong } = useChecks({ box: !isBoxCode(code) && t('enrol.box-bad') });
  if (given.consent && !given.consent.purposes.includes('box'))
    return (
      <StepForm title={t('enrol.box')} error={error} busy={busy} onNext={() => onSave({ box: null })}>
        <p>{t('enrol.box-not-agreed')}</p>
      </StepForm>
    );
  return (
    <StepForm
      title={t('enrol.box')}
      error={error}
      busy={busy}
      checks={checks}
      onNext={() => onSave({ box: { boxId: code } })}
      skip={{ word: t('enrol.box-skip'), run: () => onSave({ box: null }) }}
    >
      {done && given.box && <p class="meta">{t('enrol.has-box', { box: given.box.boxId })}</p>}
      <BoxCodeField
        name="box"
        error={wrong('box')}
        label={t('enrol.box-code')}
        hint={t('enrol.box-hint')}
        value={boxId}
        onInput={setBoxId}
      />
      <ScanBox word={t('enrol.box-scan')} onFound={setBoxId} />
    </StepForm>
  );
}
