import type { ComponentType } from 'preact';
import type { IconName } from '../look/icon.tsx';
import type { TextKey } from '../text/text.ts';
import { lazyScreen } from './lazy-screen.tsx';
import type { Viewer } from './viewer.ts';

/** Who meets which screen. `nav` puts it in the bar (and, the first three, at the thumb on a phone). */
export interface StaffScreen {
  path: string;
  screen: ComponentType;
  /** Absent: every member of staff. */
  roles?: Viewer['roles'];
  nav?: { label: TextKey<'staff'>; icon: IconName };
}

export const care: Viewer['roles'] = ['health-worker', 'nurse', 'doctor'];
export const admins: Viewer['roles'] = ['organisation-admin', 'system-admin'];

/** One line a screen. A screen is a default export in its context's folder, in its own chunk, with its own words. */
export const staffScreens: readonly StaffScreen[] = [
  { path: '/me', screen: lazyScreen(() => import('../identity/staff-me.tsx'), 'me') },
];
