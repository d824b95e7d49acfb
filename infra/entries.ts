/** Every function that is deployed: its file below functions/ without the ending. Each is bundled alone. */
export const entries = [
  'identity/api',
  'identity/accounts-api',
  'identity/on-user-pool',
  'organisations/api',
  'treatment/api',
  'devices/api',
  'devices/on-telemetry',
  'devices/on-change',
  'reminders/on-minute',
  'reminders/on-due',
  'reminders/on-night',
  'alerts/api',
  'alerts/on-change',
  'notifications/api',
  'notifications/on-message',
  'realtime/on-authorize',
  'realtime/on-socket',
  'realtime/on-change',
  'reports/api',
  'reports/on-change',
  'audit/api',
  'audit/on-change',
  'platform/api',
  'shared/on-stream',
] as const;

export type Entry = (typeof entries)[number];
