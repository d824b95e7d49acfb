import type { Medicine, SlotTime } from '../../../../functions/treatment/contract.ts';
import { Button } from '../../look/controls.tsx';
import { SelectField, TextField } from '../../look/fields.tsx';
import { Icon } from '../../look/icon.tsx';
import { useText } from '../../text/text.ts';
import { slotTitle } from '../slot-title.ts';
import { type Draft, type DrugDraft, emptyDrug, renamed, slotNames } from './draft.ts';
import { DrugEditor } from './drug-editor.tsx';

/** The times of the day, then each drug with its steps. */
export function PrescriptionEditor(props: {
  draft: Draft;
  onChange: (draft: Draft) => void;
  medicines: readonly Medicine[];
}) {
  const t = useText('prescribe');
  const { draft, onChange } = props;
  const put = (at: number, drug: DrugDraft | undefined) =>
    onChange({ ...draft, drugs: draft.drugs.flatMap((one, index) => (index === at ? (drug ?? []) : one)) });
  return (
    <>
      <Times draft={draft} onChange={onChange} />
      {draft.drugs.map((drug, at) => (
        <DrugEditor
          // A drug has no name before it is chosen; its place is what stays.
          key={at}
          drug={drug}
          slots={draft.slots}
          medicines={props.medicines.filter(
            ({ code }) => code === drug.medicine || !draft.drugs.some((other) => other.medicine === code),
          )}
          onChange={(changed) => put(at, changed)}
          {...(draft.drugs.length > 1 && { onRemove: () => put(at, undefined) })}
        />
      ))}
      <Button icon="plus" onClick={() => onChange({ ...draft, drugs: [...draft.drugs, emptyDrug] })}>
        {t('add-drug')}
      </Button>
    </>
  );
}

function Times({ draft, onChange }: { draft: Draft; onChange: (draft: Draft) => void }) {
  const t = useText('prescribe');
  const work = useText('work');
  const { slots } = draft;
  const free = slotNames.filter((name) => !slots.some((slot) => slot.name === name));
  const put = (slot: SlotTime, time: string) =>
    onChange({ ...draft, slots: slots.map((one) => (one === slot ? { ...one, time } : one)) });
  return (
    <fieldset class="plan-part">
      <legend class="strong">{t('times')}</legend>
      {slots.map((slot) => (
        <div class="plan-row" key={slot.name}>
          <SelectField
            label={t('slot')}
            value={slot.name}
            onInput={(name) => onChange(renamed(draft, slot.name, name))}
          >
            {[slot.name, ...free].map((name) => (
              <option key={name} value={name}>
                {slotTitle(name, work)}
              </option>
            ))}
          </SelectField>
          <TextField label={t('time')} type="time" value={slot.time} onInput={(time) => put(slot, time)} />
          {slots.length > 1 && (
            <Button
              class="sq"
              aria-label={t('remove', { what: slotTitle(slot.name, work) })}
              onClick={() => onChange({ ...draft, slots: slots.filter((one) => one !== slot) })}
            >
              <Icon name="cross" small />
            </Button>
          )}
        </div>
      ))}
      {free[0] && slots.length < 6 && (
        <Button
          icon="plus"
          onClick={() => onChange({ ...draft, slots: [...slots, { name: free[0] ?? 'day', time: '08:00' }] })}
        >
          {t('add-time')}
        </Button>
      )}
    </fieldset>
  );
}
