/** Every business measure, named once: the code emits it and `infra` makes its alarm from the same name. */
export const metricsNamespace = 'CareConnect';

export const metric = {
  tickLatenessSeconds: 'TickLatenessSeconds',
  dueLatenessSeconds: 'DueLatenessSeconds',
  unownedAlerts: 'UnownedAlerts',
  silentBoxes: 'SilentBoxes',
  undeliveredMessages: 'UndeliveredMessages',
  quarantinedTelemetry: 'QuarantinedTelemetry',
  canaryAlerts: 'CanaryAlerts',
} as const;

export type MetricName = (typeof metric)[keyof typeof metric];
