import type { ComponentChildren } from 'preact';
import type { EnrolGiven, EnrolRequest } from '../../../../functions/identity/contract.ts';
import { Button } from '../../look/controls.tsx';
import { ErrorLine } from '../../look/fields.tsx';
import { Form } from '../../look/form.tsx';
import type { Checks } from '../../look/use-checks.ts';
import { useText } from '../../text/text.ts';

export interface StepProps {
  given: EnrolGiven;
  busy: boolean;
  error: string | undefined;
  /** Carried out already. */
  done: boolean;
  onSave: (more: EnrolRequest) => Promise<void>;
}

/** One step of the sitting: its title and fields, why it was refused, and the way on. */
export function StepForm(props: {
  title: string;
  error: string | undefined;
  busy: boolean;
  /** What is wrong with the fields, said on them. */
  checks?: Checks;
  onNext: () => unknown;
  /** Carried out and not changed here any more: why, instead of fields that would say nothing. */
  kept?: string | false;
  skip?: { word: string; run: () => unknown };
  children: ComponentChildren;
}) {
  const t = useText('admin');
  return (
    <Form class="form" checks={props.kept ? undefined : props.checks} busy={props.busy} onGo={props.onNext}>
      <h2>{props.title}</h2>
      {props.kept && <p class="meta">{props.kept}</p>}
      <fieldset class="en-fields" disabled={Boolean(props.kept)}>
        {props.children}
      </fieldset>
      <ErrorLine says={props.error} />
      <div class="acts">
        {props.skip && !props.kept && <Button onClick={() => void props.skip?.run()}>{props.skip.word}</Button>}
        <Button voice="go" type="submit" busy={props.busy}>
          {t('enrol.next')}
        </Button>
      </div>
    </Form>
  );
}
