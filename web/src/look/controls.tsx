import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

type Voice = 'go' | 'outline' | 'soft' | 'text';

interface Looks {
  /** `go` is the one filled button of a view; everything else stays outline, soft or text. */
  voice?: Voice | undefined;
  icon?: IconName | undefined;
  wide?: boolean | undefined;
  class?: string | undefined;
  children: ComponentChildren;
}

export type ButtonProps = Omit<ButtonHTMLAttributes, 'class' | 'icon' | 'onClick' | 'children'> &
  Looks & {
    /** Work is under way: the button stays focusable, says so and ignores presses. */
    busy?: boolean | undefined;
    onClick?: ((event: MouseEvent) => void) | undefined;
  };

const voiceClass: Record<Voice, string> = { go: ' go', outline: '', soft: ' soft', text: ' text' };
const classOf = ({ voice = 'outline', wide, class: extra }: Omit<Looks, 'children'>) =>
  `btn${voiceClass[voice]}${wide ? ' wide' : ''}${extra ? ` ${extra}` : ''}`;

export function Button({ voice, icon, wide, class: extra, busy, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      class={classOf({ voice, wide, class: extra })}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** A link that looks like a button: goes somewhere or calls a number, never changes anything. */
export function LinkButton({
  voice,
  icon,
  wide,
  class: extra,
  children,
  ...rest
}: Looks & { href: string; 'aria-label'?: string; 'data-call'?: boolean; download?: string; onClick?: () => void }) {
  return (
    <a {...rest} class={classOf({ voice, wide, class: extra })}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  );
}

/** The tray: our one motif. Only for counted things. With a label it is one picture, e.g. "2 of 5". */
export function Tray({ of, on, label, class: extra }: { of: number; on: number; label?: string; class?: string }) {
  const spoken = label ? ({ role: 'img', 'aria-label': label } as const) : ({ 'aria-hidden': 'true' } as const);
  return (
    <div class={`tray ${extra ?? ''}`} {...spoken}>
      {Array.from({ length: of }, (_, at) => (
        <i key={at} class={at < on ? 'on' : ''} />
      ))}
    </div>
  );
}

export interface Choice<Value extends string> {
  value: Value;
  label: ComponentChildren;
}

/** Filter chips: exactly one pressed. */
export function Chips<Value extends string>(props: {
  label: string;
  choices: readonly Choice<Value>[];
  value: Value | undefined;
  onChange: (value: Value) => void;
  class?: string;
}) {
  return (
    <fieldset class={props.class ?? 'chips'} aria-label={props.label}>
      {props.choices.map(({ value, label }) => (
        <button
          key={value}
          type="button"
          class="chip"
          aria-pressed={value === props.value}
          onClick={() => props.onChange(value)}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}

/** A row of joined buttons, one pressed: periods, views. */
export function Segments<Value extends string>(props: {
  label: string;
  choices: readonly Choice<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  return (
    <fieldset class="seg" aria-label={props.label}>
      {props.choices.map(({ value, label }) => (
        <button key={value} type="button" aria-pressed={value === props.value} onClick={() => props.onChange(value)}>
          {label}
        </button>
      ))}
    </fieldset>
  );
}

/** Two or three equal ways in, in a tray: who are you, which language. */
export function TrayChoice<Value extends string>(props: {
  name: string;
  label: string;
  choices: readonly Choice<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  return (
    <fieldset class="tray who" aria-label={props.label}>
      {props.choices.map(({ value, label }) => (
        <label key={value}>
          <input
            class="vh"
            type="radio"
            name={props.name}
            checked={value === props.value}
            onChange={() => props.onChange(value)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

/** A switch with its sentence; the whole line is the target. */
export function Switch(props: {
  label: ComponentChildren;
  hint?: ComponentChildren;
  on: boolean;
  onChange: (on: boolean) => void;
  disabled?: boolean;
}) {
  return (
    <label class="switch">
      <span>
        {props.label}
        {props.hint && <small>{props.hint}</small>}
      </span>
      <input
        type="checkbox"
        role="switch"
        checked={props.on}
        aria-checked={props.on}
        disabled={props.disabled}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <i aria-hidden="true" />
    </label>
  );
}
