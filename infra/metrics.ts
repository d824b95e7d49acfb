import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { type MetricName, metric, metricsNamespace } from '../functions/shared/metrics.ts';
import { type AppAlarmProps, addAlarm, alarmPeriod } from './constructs/alarm.ts';
import type { House } from './constructs/house.ts';

type Measure = Omit<AppAlarmProps, 'metric'> & {
  readonly name: MetricName;
  readonly statistic: 'Maximum' | 'p99' | 'Sum';
};

/** What is watched although every function answers: the measures in which users would notice. */
const measures: readonly Measure[] = [
  {
    name: metric.tickLatenessSeconds,
    statistic: 'Maximum',
    threshold: 120,
    silenceMeans: 'dead',
    impact: 'The minute tick is late or dead: reminders and deadlines do not happen.',
    runbook: 'tick-lateness',
  },
  {
    name: metric.dueLatenessSeconds,
    statistic: 'p99',
    threshold: 60,
    impact: 'Reminders and alerts leave a minute or more after their time.',
    runbook: 'due-lateness',
  },
  {
    name: metric.unownedAlerts,
    statistic: 'Maximum',
    threshold: 1,
    impact: 'A patient needs somebody and nobody is responsible.',
    runbook: 'unowned-alerts',
  },
  {
    name: metric.silentBoxes,
    statistic: 'Maximum',
    threshold: 20,
    impact: 'Many pill boxes are silent at once: doses stay unknown and patient messages are held.',
    runbook: 'silent-boxes',
  },
  {
    name: metric.undeliveredMessages,
    statistic: 'Sum',
    threshold: 5,
    impact: 'Reminders or alerts reached nobody on any channel.',
    runbook: 'undelivered-messages',
  },
  {
    name: metric.unsentCodes,
    statistic: 'Sum',
    threshold: 5,
    impact: 'Codes to sign in, to register or for a new password do not leave.',
    runbook: 'unsent-codes',
  },
  {
    name: metric.quarantinedTelemetry,
    statistic: 'Sum',
    threshold: 10,
    impact: 'Reports of pill boxes are set aside and count for nobody until they are replayed.',
    runbook: 'quarantined-telemetry',
  },
];

export function addBusinessAlarms(scope: Construct, house: House): void {
  for (const { name, statistic, ...rest } of measures) {
    const measured = new Metric({ namespace: metricsNamespace, metricName: name, statistic, period: alarmPeriod });
    addAlarm(scope, name, house, { ...rest, metric: measured });
  }
  const period = Duration.hours(6);
  addAlarm(scope, metric.canaryAlerts, house, {
    metric: new Metric({ namespace: metricsNamespace, metricName: metric.canaryAlerts, statistic: 'Sum', period }),
    threshold: 1,
    firesBelow: true,
    // A miss a day, and half a day for it to be known.
    periods: 6,
    silenceMeans: 'dead',
    impact: 'A missed dose may reach nobody: the canary missed its dose and no alert said so.',
    runbook: 'canary',
  });
}
