import { Chips, type Choice } from './controls.tsx';
import { ErrorLine } from './fields.tsx';

/** A question answered by one chip: asked where it is seen, and why it must be answered said beside it. */
export function ChoiceField<Value extends string>({
  label,
  quietLabel,
  error,
  ...rest
}: {
  label: string;
  /** The heading above asks already. */
  quietLabel?: boolean;
  error?: string | undefined;
  choices: readonly Choice<Value>[];
  value: Value | undefined;
  onChange: (value: Value) => void;
}) {
  return (
    <div class="fld ask">
      {!quietLabel && (
        <p class="strong" aria-hidden="true">
          {label}
        </p>
      )}
      <Chips {...rest} class="next" label={label} />
      <ErrorLine says={error} />
    </div>
  );
}
