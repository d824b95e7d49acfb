import type { CourseView } from '../../../functions/treatment/contract.ts';
import { NoteForm } from '../alerts/note-form.tsx';
import { Dialog } from '../look/dialog.tsx';
import { useText } from '../text/text.ts';
import { AwayForm } from './away-form.tsx';
import { DoseForm } from './dose-form.tsx';
import { PlanForm } from './prescribe/plan-form.tsx';
import { RefillForm } from './refill-form.tsx';
import { StopForm } from './stop-form.tsx';

/** What staff do on a patient's page that has a form; and the card to print, which has none. */
export type Act = 'away' | 'dose' | 'note' | 'refill' | 'plan' | 'stop';
export type Sheet = Act | 'card';

export interface FormProps {
  patientId: string;
  name: string;
  zone: string;
  course: CourseView | undefined;
  onClose: () => void;
}

const titles = {
  away: 'away.title',
  dose: 'dose.title',
  note: 'more.note',
  refill: 'refill.title',
  plan: 'plan.title',
  stop: 'stop.title',
} as const;

/** What staff do on a patient's page, one sheet each. */
export function PatientAction(props: FormProps & { act: Act }) {
  const t = useText('work');
  const shell = useText('shell');
  const Form = { away: AwayForm, dose: DoseForm, note: NoteForm, refill: RefillForm, plan: PlanForm, stop: StopForm }[
    props.act
  ];
  return (
    <Dialog title={t(titles[props.act])} closeWord={shell('close')} onClose={props.onClose} wide={props.act === 'plan'}>
      <Form {...props} />
    </Dialog>
  );
}
