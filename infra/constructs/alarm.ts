import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import { type House, named } from './house.ts';

export type AppAlarmProps = {
  readonly metric: IMetric;
  /** Fires when the metric reaches this, or with `firesBelow` when it does not. */
  readonly threshold: number;
  readonly firesBelow?: boolean;
  /** What users lose while it lasts; the first thing that the woken person reads. */
  readonly impact: string;
  /** Heading of docs/runbook.md as its anchor; a test pairs them. */
  readonly runbook: string;
  readonly periods?: number;
  /** 'healthy' for things that only speak when something happens; 'dead' when silence is the failure. */
  readonly silenceMeans?: 'healthy' | 'dead';
};

/** An alarm that says what users lose and where to read on. */
export function addAlarm(scope: Construct, id: string, house: House, props: AppAlarmProps): Alarm {
  const alarm = new Alarm(scope, id, {
    alarmName: named(house.settings, props.runbook),
    alarmDescription: `${props.impact} Runbook: docs/runbook.md#${props.runbook}`,
    metric: props.metric,
    threshold: props.threshold,
    comparisonOperator:
      props.firesBelow === true
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: props.periods ?? 1,
    treatMissingData: props.silenceMeans === 'dead' ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
  });
  const action = new SnsAction(house.alarms);
  alarm.addAlarmAction(action);
  alarm.addOkAction(action);
  return alarm;
}

export const alarmPeriod = Duration.minutes(5);
