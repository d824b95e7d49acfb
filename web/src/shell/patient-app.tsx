import { useEffect } from 'preact/hooks';
import { Route, Router } from 'preact-iso';
import '../look/patient.css';
import Today from '../treatment/today.tsx';
import { lazyScreen } from './lazy-screen.tsx';
import { NotHere } from './not-here.tsx';
import { readAhead } from './queries.ts';
import { useViewer } from './session.ts';

const Calendar = lazyScreen(() => import('../treatment/calendar.tsx'));
const Messages = lazyScreen(() => import('../notifications/messages.tsx'));
const Accept = lazyScreen(() => import('../identity/accept-invitation.tsx'), 'me');
const Me = lazyScreen(() => import('../identity/me.tsx'), 'me');
const Supporters = lazyScreen(() => import('../identity/supporters.tsx'), 'me');
const Consents = lazyScreen(() => import('../identity/consents.tsx'), 'me');
const WhoSaw = lazyScreen(() => import('../audit/who-saw.tsx'), 'me');
const Sessions = lazyScreen(() => import('../identity/sessions.tsx'), 'me');
const Preferences = lazyScreen(() => import('../notifications/preferences.tsx'), 'me');

/** The calendar must open without a network even if nobody has looked at it yet. */
function useReadAhead(): void {
  const { userId, patientId } = useViewer();
  useEffect(() => {
    if (!patientId) return;
    const root = `/api/treatment/patients/${patientId}`;
    const timer = setTimeout(() => {
      void readAhead([userId, patientId, 'course'], `${root}/course`, 30);
      void readAhead([userId, patientId, 'adherence'], `${root}/adherence`, 30);
    }, 2_000);
    return () => clearTimeout(timer);
  }, [userId, patientId]);
}

/** The patient's app: today, calendar, messages, me. */
export default function PatientApp() {
  useReadAhead();
  return (
    <Router>
      <Route path="/" component={Today} />
      <Route path="/calendar" component={Calendar} />
      <Route path="/messages" component={Messages} />
      <Route path="/me" component={Me} />
      <Route path="/me/supporters" component={Supporters} />
      <Route path="/me/consents" component={Consents} />
      <Route path="/me/who-saw" component={WhoSaw} />
      <Route path="/me/devices" component={Sessions} />
      <Route path="/me/notifications" component={Preferences} />
      <Route path="/join" component={Accept} />
      <Route default component={NotHere} />
    </Router>
  );
}
