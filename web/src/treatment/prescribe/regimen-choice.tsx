import { lengthInDays, type RegimenTemplate } from '../../../../functions/treatment/contract.ts';
import { ChoiceField } from '../../look/choice-field.tsx';
import { TextField } from '../../look/fields.tsx';
import { useDates } from '../../text/dates.ts';
import { addDays, daysBetween } from '../../text/days.ts';
import { useText } from '../../text/text.ts';

/** What is chosen, as it is typed. */
export interface Regimen {
  /** The id of a template, or the value of one of the `others`. */
  readonly chosen: string | undefined;
  /** In kg; empty while not typed. */
  readonly weight: string;
  /** A local date; empty while not typed. */
  readonly start: string;
}

/** Fewer days ago is how people enrol: the first dose was yesterday, or before the weekend. */
const fewDays = 3;

/** What a first day in the past means: the week they are in, or that such a treatment is over already. */
function useStartSays(template: RegimenTemplate | undefined, start: string): { hint?: string; error?: string } {
  const t = useText('prescribe');
  const dates = useDates();
  const today = dates.localDate(new Date().toISOString(), Intl.DateTimeFormat().resolvedOptions().timeZone);
  const passed = start === '' ? 0 : daysBetween(start, today);
  const length = template?.bands[0] && lengthInDays(template.bands[0].prescription.phases);
  if (length !== undefined && passed >= length)
    return { error: t('start-ended', { date: dates.dated(addDays(start, length - 1)) }) };
  return passed > fewDays ? { hint: t('start-week', { count: Math.floor(passed / 7) + 1 }) } : {};
}

/** A regimen with its source, the weight when the regimen goes by weight, and the first day. */
export function RegimenChoice(props: {
  label: string;
  templates: readonly RegimenTemplate[];
  /** What else can be chosen, after the templates. */
  others?: readonly { value: string; label: string }[];
  value: Regimen;
  onChange: (change: Partial<Regimen>) => void;
  /** The doses are written by hand: no weight changes them. */
  withoutWeight?: boolean;
  /** The heading above asks already. */
  quietLabel?: boolean;
  error?: string | undefined;
  weightError?: string | undefined;
  startError?: string | undefined;
  sideBySide?: boolean;
}) {
  const t = useText('prescribe');
  const { templates, value, onChange } = props;
  const template = templates.find(({ id }) => id === value.chosen);
  const startSays = useStartSays(template, value.start);
  const fields = (
    <>
      {template?.needsWeight && !props.withoutWeight && (
        <TextField
          label={t('weight')}
          value={value.weight}
          onInput={(weight) => onChange({ weight })}
          type="number"
          inputMode="decimal"
          min={1}
          max={300}
          error={props.weightError}
        />
      )}
      <TextField
        label={t('start')}
        type="date"
        value={value.start}
        onInput={(start) => onChange({ start })}
        {...startSays}
        {...(props.startError && { error: props.startError })}
      />
    </>
  );
  return (
    <>
      <ChoiceField
        label={props.label}
        {...(props.quietLabel && { quietLabel: true })}
        choices={[...templates.map(({ id, title }) => ({ value: id, label: title })), ...(props.others ?? [])]}
        value={value.chosen}
        onChange={(chosen) => onChange({ chosen })}
        error={props.error}
      />
      {template && <p class="meta">{template.citation}</p>}
      {props.sideBySide ? <div class="two">{fields}</div> : fields}
    </>
  );
}
