import type { Grant, Viewer as ViewerShape } from '../../../functions/identity/contract.ts';

/** The person who looks, as every screen needs them. */
export interface Viewer extends Omit<ViewerShape, 'zone' | 'displayName'> {
  name: string;
  isStaff: boolean;
  /** The zone in which this person reads times: theirs, their facility's, else the device's. */
  zone: string;
}

const staff: readonly string[] = ['health-worker', 'nurse', 'doctor', 'organisation-admin', 'system-admin'];

export function viewerOf({ viewer: { displayName, zone, ...viewer } }: Pick<Grant, 'viewer'>): Viewer {
  return {
    ...viewer,
    name: displayName,
    isStaff: viewer.roles.some((role) => staff.includes(role)),
    zone: zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}
