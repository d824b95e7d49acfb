import WorklistScreen from '../alerts/worklist-screen.tsx';
import AdminHomeScreen from '../reports/admin-home.tsx';
import { useViewer } from './session.ts';
import { care } from './staff-screens.tsx';

/** Who cares for patients starts from who needs them now; who only administers, from what only they can put right. */
export default function StaffHome() {
  const viewer = useViewer();
  return care.some((role) => viewer.roles.includes(role)) ? <WorklistScreen /> : <AdminHomeScreen />;
}
