import type { Medicine, Repeat, SlotTime } from '../../../../functions/treatment/contract.ts';
import { Button, Switch } from '../../look/controls.tsx';
import { SelectField, TextField } from '../../look/fields.tsx';
import { useDates } from '../../text/dates.ts';
import { useText } from '../../text/text.ts';
import { slotTitle } from '../slot-title.ts';
import { type DrugDraft, emptyStep, problemOf, type StepDraft } from './draft.ts';

const repeats = ['daily', 'weekdays', 'every-other-day'] as const satisfies readonly Repeat['kind'][];

/** One drug: what it is, its steps one after the other, and whether the box can speak for it. */
export function DrugEditor(props: {
  drug: DrugDraft;
  slots: readonly SlotTime[];
  medicines: readonly Medicine[];
  onChange: (drug: DrugDraft) => void;
  onRemove?: () => void;
}) {
  const t = useText('prescribe');
  const { drug, onChange } = props;
  const medicine = props.medicines.find(({ code }) => code === drug.medicine);
  const problem = problemOf(drug, props.slots);
  const put = (at: number, step: StepDraft | undefined) =>
    onChange({ ...drug, steps: drug.steps.flatMap((one, index) => (index === at ? (step ?? []) : one)) });
  return (
    <fieldset class="plan-part">
      <legend class="strong">{medicine ? `${medicine.name} ${medicine.strength}` : t('drug')}</legend>
      <SelectField label={t('drug')} value={drug.medicine} onInput={(code) => onChange({ ...drug, medicine: code })}>
        <option value="">{t('choose')}</option>
        {props.medicines.map(({ code, name, strength }) => (
          <option key={code} value={code}>
            {name} {strength}
          </option>
        ))}
      </SelectField>
      {drug.steps.map((step, at) => (
        <StepEditor
          key={at}
          step={step}
          title={t('nth-step', { count: at + 1 })}
          slots={props.slots}
          onChange={(changed) => put(at, changed)}
          {...(drug.steps.length > 1 && { onRemove: () => put(at, undefined) })}
        />
      ))}
      {problem && drug.medicine !== '' && <p class="quiet">{t(`misses.${problem}`)}</p>}
      <Switch label={t('in-box-switch')} on={drug.inBox} onChange={(inBox) => onChange({ ...drug, inBox })} />
      <div class="plan-row">
        <Button icon="plus" onClick={() => onChange({ ...drug, steps: [...drug.steps, emptyStep] })}>
          {t('add-step')}
        </Button>
        {props.onRemove && (
          <Button voice="text" onClick={props.onRemove}>
            {t('remove', { what: medicine?.name ?? t('drug') })}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

function StepEditor(props: {
  step: StepDraft;
  title: string;
  slots: readonly SlotTime[];
  onChange: (step: StepDraft) => void;
  onRemove?: () => void;
}) {
  const t = useText('prescribe');
  const work = useText('work');
  const { step, title, slots, onChange } = props;
  return (
    <div class="plan-step">
      <div class="two">
        <SelectField
          label={t('repeat', { step: title })}
          value={step.repeat}
          onInput={(value) => onChange({ ...step, repeat: repeats.find((one) => one === value) ?? 'daily' })}
        >
          {repeats.map((one) => (
            <option key={one} value={one}>
              {t(`repeat.${one}`)}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t('days')}
          hint={t('days-hint')}
          type="number"
          inputMode="numeric"
          min={1}
          max={1500}
          value={step.days}
          onInput={(days) => onChange({ ...step, days })}
        />
      </div>
      {step.repeat === 'weekdays' && <Weekdays step={step} onChange={onChange} />}
      <div class="two">
        {slots.map(({ name }) => (
          <TextField
            key={name}
            label={t('count', { slot: slotTitle(name, work) })}
            type="number"
            inputMode="decimal"
            min={0}
            max={40}
            step={0.25}
            value={step.counts[name] ?? ''}
            onInput={(count) => onChange({ ...step, counts: { ...step.counts, [name]: count } })}
          />
        ))}
      </div>
      {props.onRemove && (
        <Button voice="text" onClick={props.onRemove}>
          {t('remove', { what: title })}
        </Button>
      )}
    </div>
  );
}

function Weekdays({ step, onChange }: { step: StepDraft; onChange: (step: StepDraft) => void }) {
  const t = useText('prescribe');
  const names = useDates().weekdays('monday');
  const toggle = (weekday: number) =>
    onChange({
      ...step,
      weekdays: step.weekdays.includes(weekday)
        ? step.weekdays.filter((one) => one !== weekday)
        : [...step.weekdays, weekday],
    });
  return (
    <fieldset class="chips" aria-label={t('repeat.weekdays')}>
      {names.map(({ long, short }, at) => (
        <button
          key={long}
          type="button"
          class="chip"
          aria-label={long}
          aria-pressed={step.weekdays.includes(at + 1)}
          onClick={() => toggle(at + 1)}
        >
          {short}
        </button>
      ))}
    </fieldset>
  );
}
