import type { RegimenTemplate } from '../../../../functions/treatment/contract.ts';
import { Chips } from '../../look/controls.tsx';
import { TextField } from '../../look/fields.tsx';
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
  weightError?: string | undefined;
  sideBySide?: boolean;
}) {
  const t = useText('prescribe');
  const { templates, value, onChange } = props;
  const template = templates.find(({ id }) => id === value.chosen);
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
      <TextField label={t('start')} type="date" value={value.start} onInput={(start) => onChange({ start })} />
    </>
  );
  return (
    <>
      <Chips
        class="next"
        label={props.label}
        choices={[...templates.map(({ id, title }) => ({ value: id, label: title })), ...(props.others ?? [])]}
        value={value.chosen}
        onChange={(chosen) => onChange({ chosen })}
      />
      {template && <p class="meta">{template.citation}</p>}
      {props.sideBySide ? <div class="two">{fields}</div> : fields}
    </>
  );
}
