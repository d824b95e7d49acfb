import type { ComponentChildren } from 'preact';
import type { Checks } from './use-checks.ts';

/** A form whose button always answers: what it is for is done, once, or each field that cannot be taken says why. */
export function Form(props: {
  class?: string;
  /** What is wrong with the fields, said on them. */
  checks?: Checks | undefined;
  busy?: boolean;
  onGo: () => unknown;
  children: ComponentChildren;
}) {
  const { checks } = props;
  return (
    <form
      class={props.class}
      noValidate
      onFocusOut={checks?.onFocusOut}
      onSubmit={(event) => {
        event.preventDefault();
        if (!props.busy && (!checks || checks.pass(event.currentTarget))) void props.onGo();
      }}
    >
      {props.children}
    </form>
  );
}
