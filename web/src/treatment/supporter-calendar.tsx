import { Empty } from '../look/states.tsx';
import { PatientFrame } from '../shell/patient-frame.tsx';
import { useViewer } from '../shell/session.ts';
import { useText } from '../text/text.ts';
import { CalendarOf } from './calendar.tsx';
import { useHelped } from './helped.ts';

/** The month of the person one looks after, in the same shapes as they see themselves. */
export default function SupporterCalendar() {
  const t = useText('patient');
  const viewer = useViewer();
  const helped = useHelped();
  if (helped) return <CalendarOf patientId={helped.patientId} title={helped.name} />;
  return (
    <PatientFrame current="calendar" title={t('calendar')} zone={viewer.zone}>
      <Empty title={t('helps.none')} says={t('helps.none.says')} />
    </PatientFrame>
  );
}
