import { Route, Router } from 'preact-iso';
import '../look/patient.css';
import SupporterToday from '../treatment/supporter-today.tsx';
import { lazyScreen } from './lazy-screen.tsx';
import { NotHere } from './not-here.tsx';

const Calendar = lazyScreen(() => import('../treatment/supporter-calendar.tsx'));
const Messages = lazyScreen(() => import('../notifications/messages.tsx'));
const Accept = lazyScreen(() => import('../identity/accept-invitation.tsx'), 'me');
const Me = lazyScreen(() => import('../identity/me.tsx'), 'me');
const Sessions = lazyScreen(() => import('../identity/sessions.tsx'), 'me');
const Preferences = lazyScreen(() => import('../notifications/preferences.tsx'), 'me');

/** The app of somebody who helps: today? then call. */
export default function SupporterApp() {
  return (
    <Router>
      <Route path="/" component={SupporterToday} />
      <Route path="/calendar" component={Calendar} />
      <Route path="/messages" component={Messages} />
      <Route path="/me" component={Me} />
      <Route path="/me/devices" component={Sessions} />
      <Route path="/me/notifications" component={Preferences} />
      <Route path="/join" component={Accept} />
      <Route default component={NotHere} />
    </Router>
  );
}
