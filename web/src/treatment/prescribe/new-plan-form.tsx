import { useState } from 'preact/hooks';
import type { MedicationPlan, RegimenTemplate } from '../../../../functions/treatment/contract.ts';
import { Button } from '../../look/controls.tsx';
import { ErrorLine, TextField } from '../../look/fields.tsx';
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
  const ready = start !== '' && (draft ? written !== undefined && title.trim().length > 1 : band !== undefined);
  const change = (changed: Partial<Regimen>) => {
    setRegimen((now) => ({ ...now, ...changed }));
    if (changed.chosen) setDraft(changed.chosen === own ? emptyDraft : undefined);
  };
  const body = {
    ...{ planId, start, zone, ...(weight && { weightKg: Number(weight) }) },
    ...(written ? { title: title.trim(), prescription: { ...written, phases } } : { templateId: template?.id }),
  };
  return (
    <>
      <h3>{t('new')}</h3>
      <RegimenChoice
        label={t('new')}
        quietLabel
        templates={templates}
        others={[{ value: own, label: t('own') }]}
        value={regimen}
        onChange={change}
        withoutWeight={draft !== undefined}
        weightError={weight !== '' && !band ? t('no-band') : undefined}
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
          <TextField label={t('name')} value={title} onInput={setTitle} maxLength={80} />
          <PrescriptionEditor draft={draft} onChange={setDraft} medicines={medicines} />
        </>
      )}
      <ErrorLine says={error} />
      <Button
        voice="go"
        wide
        busy={busy}
        disabled={!ready}
        onClick={() => void save(() => post<MedicationPlan>(`/api/treatment/patients/${patientId}/plans`, body))}
      >
        {t('prescribe')}
      </Button>
    </>
  );
}
