import type { ComponentChildren } from 'preact';
import { Button } from '../look/controls.tsx';
import { Form } from '../look/form.tsx';
import type { Checks } from '../look/use-checks.ts';

/** One step at the door: what is asked, the fields, one thing to press, and below it the other ways. */
export function DoorForm(props: {
  title?: string;
  says?: string;
  go: string;
  busy: boolean;
  /** Pressing makes no sense yet. */
  disabled?: boolean;
  onGo: () => void;
  /** What is wrong with the fields, said on them. */
  checks?: Checks;
  others?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <Form class="si-part" checks={props.checks} busy={props.busy} onGo={props.onGo}>
      {props.title && <h1>{props.title}</h1>}
      {props.says && <p class="meta">{props.says}</p>}
      {props.children}
      <Button voice="go" wide class="take" type="submit" busy={props.busy} disabled={props.disabled ?? false}>
        {props.go}
      </Button>
      {props.others}
    </Form>
  );
}
