import type { ComponentChildren } from 'preact';
import { Button } from './controls.tsx';
import { ErrorLine } from './fields.tsx';
import { Form } from './form.tsx';
import type { Checks } from './use-checks.ts';

/** The form of a sheet, with its one button. */
export function CheckedForm(props: {
  checks: Checks;
  go: string;
  busy: boolean;
  error: string | undefined;
  onGo: () => unknown;
  children: ComponentChildren;
}) {
  return (
    <Form class="form" checks={props.checks} busy={props.busy} onGo={props.onGo}>
      {props.children}
      <ErrorLine says={props.error} />
      <Button voice="go" wide type="submit" busy={props.busy}>
        {props.go}
      </Button>
    </Form>
  );
}
