import type { ComponentChildren } from 'preact';
import type { EnrolGiven, EnrolRequest } from '../../../../functions/identity/contract.ts';
import { Button } from '../../look/controls.tsx';
import { ErrorLine } from '../../look/fields.tsx';
import { useText } from '../../text/text.ts';

export interface StepProps {
  given: EnrolGiven;
  busy: boolean;
  error: string | undefined;
  onSave: (more: EnrolRequest) => Promise<void>;
}

/** One step of the sitting: its title and fields, why it was refused, and the way on. */
export function StepForm(props: {
  title: string;
  error: string | undefined;
  busy: boolean;
  ready: boolean;
  onNext: () => unknown;
  skip?: { word: string; run: () => unknown };
  children: ComponentChildren;
}) {
  const t = useText('admin');
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (props.ready && !props.busy) void props.onNext();
      }}
    >
      <h2>{props.title}</h2>
      {props.children}
      <ErrorLine says={props.error} />
      <div class="acts">
        {props.skip && <Button onClick={() => void props.skip?.run()}>{props.skip.word}</Button>}
        <Button voice="go" type="submit" busy={props.busy} disabled={!props.ready}>
          {t('enrol.next')}
        </Button>
      </div>
    </form>
  );
}
