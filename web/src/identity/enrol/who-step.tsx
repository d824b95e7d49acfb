import { useState } from 'preact/hooks';
import { type EnrolRequest, Sex } from '../../../../functions/identity/contract.ts';
import type { CaseRow } from '../../../../functions/reports/contract.ts';
import { ChoiceField } from '../../look/choice-field.tsx';
import { TextField } from '../../look/fields.tsx';
import { useChecks } from '../../look/use-checks.ts';
import { languages } from '../../text/areas.ts';
import { useLanguage, useText } from '../../text/text.ts';
import { languageNames } from '../language-names.ts';
import { yearsOf } from '../typed.ts';
import { sameName } from './namesake.ts';
import { SameName, useNamesakes } from './same-name.tsx';
import { StepForm, type StepProps } from './step-form.tsx';

/** Who the patient is, in the fewest fields. */
export function WhoStep({ given, busy, error, onSave, enrolled }: StepProps & { enrolled: boolean }) {
  const t = useText('admin');
  const work = useText('work');
  const lang = useLanguage();
  const [name, setName] = useState(given.who?.name ?? '');
  const [age, setAge] = useState(given.who?.age.kind === 'years' ? String(given.who.age.years) : '');
  const [sex, setSex] = useState<NonNullable<EnrolRequest['who']>['sex'] | undefined>(given.who?.sex);
  const [speaks, setSpeaks] = useState<'en' | 'hi'>(given.who?.language ?? lang);
  const [address, setAddress] = useState(given.who?.address ?? '');
  const years = yearsOf(age);
  const { checks, error: wrong } = useChecks({
    name: !name.trim() && t('enrol.name-missing'),
    age: years === undefined && t('enrol.age-bad'),
    sex: !sex && t('enrol.choose'),
  });
  const namesakesOf = useNamesakes();
  const [same, setSame] = useState<{ name: string; patients: CaseRow[] }>();
  const save = () =>
    sex &&
    years !== undefined &&
    onSave({
      who: {
        name: name.trim(),
        age: { kind: 'years', years },
        sex,
        language: speaks,
        ...(address.trim() && { address: address.trim() }),
      },
    });
  const next = async () => {
    const isNew = !enrolled && !sameName(name, given.who?.name ?? '');
    const patients = isNew ? await namesakesOf(name) : [];
    if (patients.length === 0) await save();
    else setSame({ name, patients });
  };
  return (
    <StepForm title={t('enrol.who')} error={error} busy={busy} checks={checks} onNext={next}>
      <TextField
        name="name"
        error={wrong('name')}
        label={t('enrol.name')}
        value={name}
        onInput={setName}
        autocomplete="off"
        maxLength={120}
        required
      />
      <TextField
        name="age"
        error={wrong('age')}
        label={t('enrol.age')}
        value={age}
        onInput={setAge}
        inputMode="numeric"
        type="number"
        min={0}
        max={120}
      />
      <ChoiceField
        label={t('enrol.sex')}
        choices={Sex.options.map((value) => ({ value, label: work(`sex.${value}`) }))}
        value={sex}
        onChange={setSex}
        error={wrong('sex')}
      />
      <ChoiceField
        label={t('enrol.language')}
        choices={languages.map((value) => ({ value, label: languageNames[value] }))}
        value={speaks}
        onChange={setSpeaks}
      />
      <TextField label={t('enrol.address')} value={address} onInput={setAddress} autocomplete="off" maxLength={300} />
      {same && sameName(same.name, name) && (
        <SameName key={same.name} patients={same.patients} onOther={() => void save()} />
      )}
    </StepForm>
  );
}
