import type { CourseView } from '../../../functions/treatment/contract.ts';
import { NoteForm } from '../alerts/note-form.tsx';
import { Dialog } from '../look/dialog.tsx';
import { SentLog } from '../notifications/sent-log.tsx';
import { useText } from '../text/text.ts';
import { AwayForm } from './away-form.tsx';
import { DoseForm } from './dose-form.tsx';
import { PlanForm } from './prescribe/plan-form.tsx';
import { RefillForm } from './refill-form.tsx';
import { StopForm } from './stop-form.tsx';

/** What staff do or read on a patient's page in a sheet of its own; and the card to print. */
export type Act = 'away' | 'dose' | 'note' | 'refill' | 'plan' | 'change' | 'stop' | 'sent';
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
  change: 'plan.title',
  stop: 'stop.title',
  sent: 'sent.title',
} as const;

const forms = {
  away: AwayForm,
  dose: DoseForm,
  note: NoteForm,
  refill: RefillForm,
  plan: PlanForm,
  change: PlanForm,
  stop: StopForm,
  sent: SentLog,
} as const;

/** What staff do on a patient's page, one sheet each. */
export function PatientAction(props: FormProps & { act: Act }) {
  const t = useText('work');
  const shell = useText('shell');
  const Form = forms[props.act];
  const wide = props.act === 'plan' || props.act === 'change';
  return (
    <Dialog title={t(titles[props.act])} closeWord={shell('close')} onClose={props.onClose} wide={wide}>
      <Form {...props} />
    </Dialog>
  );
}
