import { useState } from 'preact/hooks';
import type { EnrolRequest } from '../../../../functions/identity/contract.ts';
import { ChoiceField } from '../../look/choice-field.tsx';
import { ErrorLine, PhoneField, TextField } from '../../look/fields.tsx';
import { useChecks } from '../../look/use-checks.ts';
import { useText } from '../../text/text.ts';
import { country, phoneOf } from '../phone.ts';
import { StepForm, type StepProps } from './step-form.tsx';

/** A kept number as the field shows it, which has the country in front. */
const withoutCountry = (phone: string | undefined) => phone?.replace(country, '') ?? '';

/** How the patient is reached and at what hours, and who helps them. */
export function ReachStep({ given, busy, error, onSave }: StepProps) {
  const t = useText('admin');
  const [use, setUse] = useState<NonNullable<EnrolRequest['reach']>['use'] | undefined>(given.reach?.use);
  const [phone, setPhone] = useState(withoutCountry(given.reach?.phone));
  const [from, setFrom] = useState(given.reach?.safeHours?.from ?? '');
  const [to, setTo] = useState(given.reach?.safeHours?.to ?? '');
  const [supporter, setSupporter] = useState(given.supporter?.name ?? '');
  const [supporterPhone, setSupporterPhone] = useState(withoutCountry(given.supporter?.phone));
  const mayHelp = given.consent?.purposes.includes('supporter') ?? false;
  const number = phoneOf(phone);
  const supporterNumber = phoneOf(supporterPhone);
  const { checks, error: wrong } = useChecks({
    use: !use && t('enrol.choose'),
    phone: use !== undefined && use !== 'none' && !number && t('enrol.phone-bad'),
    safe: use !== 'none' && (from === '') !== (to === '') && t('enrol.safe-both'),
    helper: supporter.trim() !== '' && supporterPhone.trim() !== '' && !supporterNumber && t('enrol.phone-bad'),
  });
  const save = () =>
    use &&
    onSave({
      reach: {
        use,
        ...(use !== 'none' && number && { phone: number }),
        ...(use !== 'none' && from && to && { safeHours: { from, to } }),
      },
      supporter: supporter.trim()
        ? {
            supporterId: given.supporter?.supporterId ?? crypto.randomUUID(),
            name: supporter.trim(),
            ...(supporterNumber && { phone: supporterNumber }),
            invite: false,
          }
        : null,
    });
  return (
    <StepForm title={t('enrol.reach')} error={error} busy={busy} checks={checks} onNext={save}>
      <ChoiceField
        label={t('enrol.reach-how')}
        choices={(['own', 'shared', 'none'] as const).map((value) => ({ value, label: t(`enrol.reach-${value}`) }))}
        value={use}
        onChange={setUse}
        error={wrong('use')}
      />
      {use === 'shared' && <p class="meta">{t('enrol.reach-shared-says')}</p>}
      {use === 'none' && <p class="meta">{t('enrol.reach-none-says')}</p>}
      {use && use !== 'none' && (
        <>
          <PhoneField name="phone" error={wrong('phone')} label={t('enrol.phone')} value={phone} onInput={setPhone} />
          <div class="two">
            <TextField label={t('enrol.safe-from')} type="time" value={from} onInput={setFrom} />
            <TextField label={t('enrol.safe-to')} type="time" value={to} onInput={setTo} />
          </div>
          <ErrorLine says={wrong('safe')} />
        </>
      )}
      {mayHelp ? (
        <TextField
          label={t('enrol.supporter-name')}
          value={supporter}
          onInput={setSupporter}
          autocomplete="off"
          maxLength={120}
        />
      ) : (
        <p class="meta">{t('enrol.supporter-not-agreed')}</p>
      )}
      {supporter.trim() && (
        <PhoneField
          name="helper"
          error={wrong('helper')}
          label={t('enrol.supporter-phone')}
          value={supporterPhone}
          onInput={setSupporterPhone}
        />
      )}
    </StepForm>
  );
}
