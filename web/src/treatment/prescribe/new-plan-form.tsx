import { useState } from 'preact/hooks';
import type { RegimenTemplate } from '../../../../functions/treatment/contract.ts';
import { Button, Chips } from '../../look/controls.tsx';
import { ErrorLine, TextField } from '../../look/fields.tsx';
import { post } from '../../shell/api.ts';
import { Read } from '../../shell/edges.tsx';
import { useRead } from '../../shell/queries.ts';
import { useViewer } from '../../shell/session.ts';
import { useDates } from '../../text/dates.ts';
import { useText } from '../../text/text.ts';
import { bandOf, type Draft, draftOf, emptyDraft, prescribed } from './draft.ts';
import { Drugs } from './drugs.tsx';
import type { PrescribeProps } from './plan-form.tsx';
import { usePlanSave } from './plan-save.ts';
import { PrescriptionEditor } from './prescription-editor.tsx';

const own = 'own';

/** A plan where none runs: a regimen as it stands, one that is changed for this patient, or one's own. */
export function NewPlanForm(props: PrescribeProps) {
  const viewer = useViewer();
  const templates = useRead<{ templates: RegimenTemplate[] }>([viewer.userId, 'templates'], '/api/treatment/templates');
  return <Read of={templates}>{({ templates: all }) => <Choose {...props} templates={all} />}</Read>;
}

function Choose(props: PrescribeProps & { templates: readonly RegimenTemplate[] }) {
  const { patientId, zone, medicines, templates } = props;
  const t = useText('work');
  const today = useDates().localDate(new Date().toISOString(), zone);
  const [chosen, setChosen] = useState<string>();
  const [weight, setWeight] = useState('');
  const [start, setStart] = useState(today);
  const [title, setTitle] = useState('');
  const [draft, setDraft] = useState<Draft>();
  const [planId] = useState(() => crypto.randomUUID());
  const { busy, error, save } = usePlanSave(patientId, props.onClose);
  const template = templates.find(({ id }) => id === chosen);
  const band = template && bandOf(template, Number(weight));
  const written = draft && prescribed(draft);
  const phases = band?.phases ?? [{ name: 'treatment' }];
  const ready = start !== '' && (draft ? written !== undefined && title.trim().length > 1 : band !== undefined);
  const choose = (id: string) => {
    setChosen(id);
    setDraft(id === own ? emptyDraft : undefined);
  };
  const body = {
    ...{ planId, start, zone, ...(weight && { weightKg: Number(weight) }) },
    ...(written ? { title: title.trim(), prescription: { ...written, phases } } : { templateId: template?.id }),
  };
  return (
    <>
      <h3>{t('plan.new')}</h3>
      <Chips
        class="next"
        label={t('plan.new')}
        choices={[
          ...templates.map((one) => ({ value: one.id, label: one.title })),
          { value: own, label: t('plan.own') },
        ]}
        value={chosen}
        onChange={choose}
      />
      {template && <p class="meta">{template.citation}</p>}
      <div class="two">
        {template?.needsWeight && !draft && (
          <TextField
            label={t('plan.weight')}
            value={weight}
            onInput={setWeight}
            type="number"
            inputMode="decimal"
            min={1}
            max={300}
            error={weight !== '' && !band ? t('plan.no-band') : undefined}
          />
        )}
        <TextField label={t('plan.start')} type="date" value={start} onInput={setStart} />
      </div>
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
            {t('plan.adapt')}
          </Button>
        </>
      )}
      {draft && (
        <>
          <TextField label={t('plan.name')} value={title} onInput={setTitle} maxLength={80} />
          <PrescriptionEditor draft={draft} onChange={setDraft} medicines={medicines} />
        </>
      )}
      <ErrorLine says={error} />
      <Button
        voice="go"
        wide
        busy={busy}
        disabled={!ready}
        onClick={() => void save(() => post(`/api/treatment/patients/${patientId}/plans`, body))}
      >
        {t('plan.prescribe')}
      </Button>
    </>
  );
}
