import type { ComponentChildren } from 'preact';
import { Button } from './controls.tsx';
import { ErrorLine } from './fields.tsx';
import type { Checks } from './use-checks.ts';

/** The form of a sheet. Its one button always answers: it saves, or each field that cannot be taken says why. */
export function CheckedForm(props: {
  checks: Checks;
  go: string;
  busy: boolean;
  error: string | undefined;
  onGo: () => unknown;
  children: ComponentChildren;
}) {
  return (
    <form
      class="form"
      noValidate
      onFocusOut={props.checks.onFocusOut}
      onSubmit={(event) => {
        event.preventDefault();
        if (!props.busy && props.checks.pass(event.currentTarget)) void props.onGo();
      }}
    >
      {props.children}
      <ErrorLine says={props.error} />
      <Button voice="go" wide type="submit" busy={props.busy}>
        {props.go}
      </Button>
    </form>
  );
}
