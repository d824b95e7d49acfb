import { type ComponentChildren, createElement, type PartialInputHTMLAttributes, type Ref } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

// Preact types an input by its literal `type`; ours is chosen at run time, so it is made by name.
const inputTag: string = 'input';
type InputProps = PartialInputHTMLAttributes<HTMLInputElement> & { type?: string };
function AnyInput({ inputRef, ...rest }: InputProps & { inputRef?: Ref<HTMLInputElement> }) {
  return createElement<InputProps>(inputTag, { ...rest, ...(inputRef && { ref: inputRef }) });
}

interface Wrapped {
  label: string;
  /** Keep the label for screen readers only, when the screen's title already says it. */
  quietLabel?: boolean;
  hint?: ComponentChildren;
  error?: string | undefined;
}

/** Label, control, hint and error, tied together for every reader. */
function Field({
  label,
  quietLabel,
  hint,
  error,
  children,
}: Wrapped & {
  children: (ids: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ComponentChildren;
}) {
  const id = useId();
  const says = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div class="fld">
      <label for={id} class={quietLabel ? 'vh' : undefined}>
        {label}
      </label>
      {children({ id, ...(says && { 'aria-describedby': says }), ...(error && { 'aria-invalid': true as const }) })}
      <ErrorLine id={`${id}-error`} says={error} />
      {hint && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
}

/** Why something was refused, said at once. */
export function ErrorLine({ says, id }: { says: string | undefined; id?: string }) {
  if (!says) return null;
  return (
    <p class="err" role="alert" {...(id && { id })}>
      {says}
    </p>
  );
}

interface Input {
  value: string;
  onInput: (value: string) => void;
  inputRef?: Ref<HTMLInputElement>;
  type?: 'text' | 'tel' | 'email' | 'password' | 'date' | 'time' | 'number';
  inputMode?: 'text' | 'tel' | 'email' | 'numeric' | 'decimal';
  autocomplete?: string;
  name?: string;
  required?: boolean;
  disabled?: boolean;
  maxLength?: number;
  min?: string | number;
  max?: string | number;
  step?: string | number;
  autoCapitalize?: 'none' | 'characters' | 'words';
  spellcheck?: boolean;
}

export function TextField({
  label,
  quietLabel,
  hint,
  error,
  onInput,
  inputRef,
  prefix,
  ...rest
}: Wrapped & Input & { prefix?: string }) {
  return (
    <Field label={label} hint={hint} error={error} {...(quietLabel && { quietLabel })}>
      {(ids) => (
        <div class="inp">
          {prefix && <span aria-hidden="true">{prefix}</span>}
          <AnyInput
            {...rest}
            {...ids}
            {...(inputRef && { inputRef })}
            onInput={(event) => onInput(event.currentTarget.value)}
          />
        </div>
      )}
    </Field>
  );
}

/** A telephone number with its country code in front; groups digits as people read them aloud. */
export function PhoneField({ country = '+91', ...rest }: Omit<Wrapped & Input, 'type'> & { country?: string }) {
  return <TextField {...rest} type="tel" inputMode="tel" autocomplete="tel-national" prefix={country} />;
}

export function TextArea({
  label,
  quietLabel,
  hint,
  error,
  onInput,
  ...rest
}: Wrapped & { rows?: number; maxLength?: number; required?: boolean; name?: string } & {
  value: string;
  onInput: (value: string) => void;
}) {
  return (
    <Field label={label} hint={hint} error={error} {...(quietLabel && { quietLabel })}>
      {(ids) => (
        <textarea
          class="inp area"
          rows={3}
          {...rest}
          {...ids}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

export function SelectField({
  label,
  quietLabel,
  hint,
  error,
  onInput,
  children,
  ...rest
}: Wrapped & {
  value: string;
  name?: string;
  required?: boolean;
  disabled?: boolean;
  onInput: (value: string) => void;
  children: ComponentChildren;
}) {
  return (
    <Field label={label} hint={hint} error={error} {...(quietLabel && { quietLabel })}>
      {(ids) => (
        <select class="inp pick" {...rest} {...ids} onChange={(event) => onInput(event.currentTarget.value)}>
          {children}
        </select>
      )}
    </Field>
  );
}

/**
 * Digits in a tray: a PIN (dots) or a code that was sent (digits). One real input lies over the compartments, so paste,
 * one-time-code autofill and every keyboard work as they do elsewhere.
 */
export function PinTray(
  props: Wrapped & {
    value: string;
    onInput: (digits: string) => void;
    length?: number;
    secret?: boolean;
    onFull?: (digits: string) => void;
    /** The screen is about these digits and nothing else. */
    focused?: boolean;
  },
) {
  const { length = 6, value } = props;
  const input = useRef<HTMLInputElement>(null);
  const { focused } = props;
  useEffect(() => {
    if (focused) input.current?.focus();
  }, [focused]);
  const take = (raw: string) => {
    const digits = raw.replace(/\D/g, '').slice(0, length);
    if (input.current) input.current.value = digits;
    props.onInput(digits);
    if (digits.length === length && digits !== value) props.onFull?.(digits);
  };
  return (
    <Field label={props.label} hint={props.hint} error={props.error} {...(props.quietLabel && { quietLabel: true })}>
      {(ids) => (
        <div class="pin-well">
          <div class="tray pin" aria-hidden="true">
            {Array.from({ length }, (_, at) => (
              <b key={at} class={at === value.length ? 'at' : ''}>
                {at < value.length && (props.secret ? <i /> : value[at])}
              </b>
            ))}
          </div>
          <AnyInput
            inputRef={input}
            {...ids}
            value={value}
            type={props.secret ? 'password' : 'text'}
            inputMode="numeric"
            autocomplete={props.secret ? 'off' : 'one-time-code'}
            pattern="[0-9]*"
            maxLength={length}
            onInput={(event) => take(event.currentTarget.value)}
          />
        </div>
      )}
    </Field>
  );
}

/** Search by name or code, with its key hint. */
export function Search(props: {
  label: string;
  value: string;
  onInput: (value: string) => void;
  inputRef?: Ref<HTMLInputElement>;
}) {
  return (
    <label class="find">
      <svg class="i s" viewBox="0 0 24 24" aria-hidden="true">
        <circle cx="11" cy="11" r="6.5" />
        <path d="m16 16 4.5 4.5" />
      </svg>
      <input
        type="search"
        aria-label={props.label}
        placeholder={props.label}
        value={props.value}
        {...(props.inputRef && { ref: props.inputRef })}
        data-key="/"
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
      <kbd class="only-desk">/</kbd>
    </label>
  );
}
