import type { ComponentType } from 'preact';
import type { IconName } from '../look/icon.tsx';
import type { TextKey } from '../text/text.ts';
import { lazyScreen } from './lazy-screen.tsx';
import type { Viewer } from './viewer.ts';

/** Who meets which screen. `nav` puts it in the bar (and, the first three, at the thumb on a phone). */
export interface StaffScreen {
  path: string;
  screen: ComponentType & { preload(): Promise<void> };
  /** Absent: every member of staff. */
  roles?: Viewer['roles'];
  nav?: { label: TextKey<'staff'>; icon: IconName };
  /** It shows one team's caseload: who has several chooses above it. */
  caseload?: true;
}

export const care: Viewer['roles'] = ['health-worker', 'nurse', 'doctor'];
/** Who runs the installation and who administers a part of it: the first may administer nothing. */
export const admins: Viewer['roles'] = ['organisation-admin'];
const allAdmins: Viewer['roles'] = ['organisation-admin', 'system-admin'];

export const mayOpen = (viewer: Viewer, { roles }: StaffScreen) =>
  !roles || roles.some((role) => viewer.roles.includes(role));

/** One line a screen. A screen is a default export in its context's folder, in its own chunk, with its own words. */
export const staffScreens: readonly StaffScreen[] = [
  {
    path: '/',
    screen: lazyScreen(() => import('../alerts/worklist-screen.tsx'), 'work'),
    roles: care,
    nav: { label: 'worklist', icon: 'list' },
    caseload: true,
  },
  {
    path: '/patients',
    screen: lazyScreen(() => import('../reports/patients-screen.tsx'), 'work', 'files'),
    roles: care,
    nav: { label: 'patients', icon: 'user' },
    caseload: true,
  },
  {
    path: '/patients/:patientId',
    screen: lazyScreen(() => import('../treatment/staff-patient.tsx'), 'work', 'prescribe', 'me', 'files'),
    roles: care,
  },
  {
    path: '/enrol',
    screen: lazyScreen(() => import('../identity/enrol/enrol-screen.tsx'), 'work', 'prescribe', 'admin', 'me'),
    roles: care,
    nav: { label: 'enrol', icon: 'plus' },
    caseload: true,
  },
  {
    path: '/clinic-day',
    screen: lazyScreen(() => import('../treatment/clinic-day.tsx'), 'work'),
    roles: care,
    nav: { label: 'clinic-day', icon: 'tick' },
    caseload: true,
  },
  {
    path: '/boxes',
    screen: lazyScreen(() => import('../devices/boxes-screen.tsx'), 'work'),
    roles: care,
    nav: { label: 'boxes', icon: 'box' },
    caseload: true,
  },
  {
    path: '/programme',
    screen: lazyScreen(() => import('../reports/admin-home.tsx'), 'work', 'admin', 'oversight'),
    roles: admins,
    nav: { label: 'programme', icon: 'list' },
  },
  { path: '/', screen: lazyScreen(() => import('../shell/admin-start.tsx')), roles: allAdmins },
  {
    path: '/teams',
    screen: lazyScreen(() => import('../organisations/teams-screen.tsx'), 'work', 'admin', 'team'),
    roles: admins,
    nav: { label: 'teams', icon: 'users' },
  },
  {
    path: '/staff',
    screen: lazyScreen(() => import('../organisations/staff-screen.tsx'), 'work', 'admin'),
    roles: admins,
    nav: { label: 'staff', icon: 'user' },
  },
  {
    path: '/box-store',
    screen: lazyScreen(() => import('../devices/box-store.tsx'), 'work', 'admin'),
    roles: admins,
    nav: { label: 'boxes', icon: 'box' },
  },
  {
    path: '/organisation',
    screen: lazyScreen(() => import('../organisations/organisation-screen.tsx'), 'team'),
    roles: allAdmins,
    nav: { label: 'organisation', icon: 'home' },
  },
  {
    path: '/quarantine',
    screen: lazyScreen(() => import('../devices/quarantine-screen.tsx'), 'work', 'admin'),
    roles: allAdmins,
    nav: { label: 'quarantine', icon: 'lock' },
  },
  {
    path: '/refusals',
    screen: lazyScreen(() => import('../audit/refusals-screen.tsx'), 'files', 'oversight'),
    roles: admins,
  },
  { path: '/team', screen: lazyScreen(() => import('../organisations/my-team.tsx'), 'team'), roles: care },
  { path: '/more', screen: lazyScreen(() => import('./staff-more.tsx')) },
  { path: '/me', screen: lazyScreen(() => import('../identity/staff-me.tsx'), 'me') },
];
