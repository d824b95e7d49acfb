import { useState } from 'preact/hooks';
import type { MedicationPlan, RegimenTemplate } from '../../../../functions/treatment/contract.ts';
import { CheckedForm } from '../../look/checked-form.tsx';
import { Button } from '../../look/controls.tsx';
import { ErrorLine, TextField } from '../../look/fields.tsx';
import { useChecks } from '../../look/use-checks.ts';
import { post } from '../../shell/api.ts';
import { Read } from '../../shell/edges.tsx';
import { useDates } from '../../text/dates.ts';
import { useText } from '../../text/text.ts';
import { bandOf, type Draft, draftOf, emptyDraft, prescribed } from './draft.ts';
import { Drugs } from './drugs.tsx';
import type { PrescribeProps } from './plan-form.tsx';
import { usePlanSave } from './plans.ts';
import { PrescriptionEditor } from './prescription-editor.tsx';
import { type Regimen, RegimenChoice } from './regimen-choice.tsx';
import { useTemplates } from './use-templates.ts';

const own = 'own';

/** A plan where none runs: a regimen as it stands, one that is changed for this patient, or one's own. */
export function NewPlanForm(props: PrescribeProps) {
  const templates = useTemplates();
  return <Read of={templates}>{({ templates: all }) => <Choose {...props} templates={all} />}</Read>;
}

function Choose(props: PrescribeProps & { templates: readonly RegimenTemplate[] }) {
  const { patientId, zone, medicines, templates } = props;
  const t = useText('prescribe');
  const today = useDates().localDate(new Date().toISOString(), zone);
  const [regimen, setRegimen] = useState<Regimen>({ chosen: undefined, weight: '', start: today });
  const [title, setTitle] = useState('');
  const [draft, setDraft] = useState<Draft>();
  const [planId] = useState(() => crypto.randomUUID());
  const { busy, error, save } = usePlanSave(patientId, props.onClose);
  const { weight, start } = regimen;
  const template = templates.find(({ id }) => id === regimen.chosen);
  const band = template && bandOf(template, Number(weight));
  const written = draft && prescribed(draft);
  const phases = band?.phases ?? [{ name: 'treatment' }];
  const { checks, error: wrong } = useChecks({
    chosen: !regimen.chosen && t('regimen-missing'),
    weight: template && !draft && !band && t(weight === '' ? 'weight-missing' : 'no-band'),
    start: start === '' && t('day-missing'),
    title: draft && title.trim().length < 2 && t('name-missing'),
    drugs: draft && !written && t('drugs-missing'),
  });
  const change = (changed: Partial<Regimen>) => {
    setRegimen((now) => ({ ...now, ...changed }));
    if (changed.chosen) setDraft(changed.chosen === own ? emptyDraft : undefined);
  };
  const body = {
    ...{ planId, start, zone, ...(weight && { weightKg: Number(weight) }) },
    ...(written ? { title: title.trim(), prescription: { ...written, phases } } : { templateId: template?.id }),
  };
  return (
    <CheckedForm
      checks={checks}
      go={t('prescribe')}
      busy={busy}
      error={error}
      onGo={() => save(() => post<MedicationPlan>(`/api/treatment/patients/${patientId}/plans`, body))}
    >
      <h3>{t('new')}</h3>
      <RegimenChoice
        label={t('new')}
        quietLabel
        templates={templates}
        others={[{ value: own, label: t('own') }]}
        value={regimen}
        onChange={change}
        withoutWeight={draft !== undefined}
        error={wrong('chosen')}
        weightError={weight !== '' && !band ? t('no-band') : wrong('weight')}
        startError={wrong('start')}
        sideBySide
      />
      {band && !draft && (
        <>
          <Drugs drugs={band.drugs} medicines={medicines} />
          <Button
            icon="note"
            onClick={() => {
              setTitle(template?.title ?? '');
              setDraft(draftOf(band));
            }}
          >
            {t('adapt')}
          </Button>
        </>
      )}
      {draft && (
        <>
          <TextField
            name="title"
            label={t('name')}
            value={title}
            onInput={setTitle}
            maxLength={80}
            error={wrong('title')}
          />
          <PrescriptionEditor draft={draft} onChange={setDraft} medicines={medicines} />
          <ErrorLine says={wrong('drugs')} />
        </>
      )}
    </CheckedForm>
  );
}
