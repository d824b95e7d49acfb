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
  unsentCodes: 'UnsentCodes',
} as const;

export type MetricName = (typeof metric)[keyof typeof metric];

/** CloudWatch's embedded metric format: one log line, no call. */
export function emitMetric(name: MetricName, value: number, unit: 'Count' | 'Seconds'): void {
  const line = {
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [{ Namespace: metricsNamespace, Dimensions: [[]], Metrics: [{ Name: name, Unit: unit }] }],
    },
    [name]: value,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
