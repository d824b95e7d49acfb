import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption, RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { addAlarm, alarmPeriod } from './alarm.ts';
import type { House } from './house.ts';

export type AppQueueProps = {
  /** What users lose when its messages are parked or late. */
  readonly impact: string;
  /** Anchor stem in the runbook, e.g. `queue-telemetry`. */
  readonly runbook: string;
  /** Time-out of the function that reads it; visibility follows from it. */
  readonly consumerTimeout: Duration;
  /** Age of the oldest message at which somebody is woken. */
  readonly lateAfter: Duration;
  readonly maxReceiveCount?: number;
};

/** Under our key, over TLS only. */
function sealed(house: House) {
  return { encryption: QueueEncryption.KMS, encryptionMasterKey: house.keys.messages, enforceSSL: true };
}

/** Where things end that nobody could do, until a person looks: the runbook says how they are replayed. */
export class DeadLetters extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, house: House, props: { impact: string; runbook: string }) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      ...sealed(house),
      retentionPeriod: Duration.days(14),
      redriveAllowPolicy: { redrivePermission: RedrivePermission.ALLOW_ALL },
    });
    addAlarm(this, 'Parked', house, {
      metric: this.queue.metricApproximateNumberOfMessagesVisible({ period: alarmPeriod, statistic: 'Maximum' }),
      threshold: 1,
      impact: `${props.impact} What was given up waits in a dead-letter queue.`,
      runbook: `${props.runbook}-parked`,
    });
  }
}

/** A queue with its dead-letter queue, both under our key, with alarms for what is parked and what is late. */
export class AppQueue extends Construct {
  readonly queue: Queue;
  readonly dead: Queue;
  private readonly visibility: Duration;

  constructor(scope: Construct, id: string, house: House, props: AppQueueProps) {
    super(scope, id);
    this.visibility = Duration.seconds(props.consumerTimeout.toSeconds() * 6);
    this.dead = new DeadLetters(this, 'Dead', house, props).queue;
    this.queue = new Queue(this, 'Queue', {
      ...sealed(house),
      visibilityTimeout: this.visibility,
      retentionPeriod: Duration.days(4),
      dataKeyReuse: Duration.hours(1),
      deadLetterQueue: { queue: this.dead, maxReceiveCount: props.maxReceiveCount ?? 5 },
    });
    addAlarm(this, 'Late', house, {
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: alarmPeriod, statistic: 'Maximum' }),
      threshold: props.lateAfter.toSeconds(),
      impact: `${props.impact} The oldest message waits too long.`,
      runbook: `${props.runbook}-late`,
    });
  }

  /** A message must not come back while its first reader may still be at work. */
  checkVisibility(timeout: Duration): void {
    if (this.visibility.toSeconds() < timeout.toSeconds() * 6) {
      throw new Error(`${this.node.path} repeats messages before their reader is done`);
    }
  }
}
