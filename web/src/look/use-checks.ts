import { useState } from 'preact/hooks';

export interface Checks {
  /** Leaving a field with something in it says what is wrong with that. */
  onFocusOut: (event: FocusEvent) => void;
  /** On submit: true when nothing is wrong, else every field says why and the first has the focus. */
  pass: (form: HTMLFormElement) => boolean;
}

/** A field says itself that it is wrong; of a question with several controls the first one has the focus. */
const firstWrong = '[aria-invalid], .ask:has(> .err) :is(input, button)';

type Why = string | false | undefined;

/** Why each field, by its name, cannot be taken as it is; said once the field was left or the form submitted. */
export function useChecks<Name extends string>(why: Readonly<Record<Name, Why>>) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [submitted, setSubmitted] = useState(false);
  const checks: Checks = {
    onFocusOut: ({ target }) => {
      if (!(target instanceof HTMLInputElement) || target.value === '') return;
      // The line moves what is below: not before the press that left the field has reached its button.
      setTimeout(() => setLeft((all) => new Set([...all, target.name])), 250);
    },
    pass: (form) => {
      const wrong = Object.values(why).some(Boolean);
      // A form that stays open after it was taken begins anew, without blame for what is empty again.
      setSubmitted(wrong);
      if (wrong) requestAnimationFrame(() => form.querySelector<HTMLElement>(firstWrong)?.focus());
      return !wrong;
    },
  };
  const error = (name: Name): string | undefined => {
    const says: Why = why[name];
    return (submitted || left.has(name)) && says ? says : undefined;
  };
  return { checks, error };
}
