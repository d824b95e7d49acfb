import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { QueueName } from '../functions/shared/tools.ts';
import type { AppFunction } from './constructs/function.ts';
import { grantSend } from './constructs/grant.ts';
import type { House } from './constructs/house.ts';
import { AppQueue, DeadLetters } from './constructs/queue.ts';

/** How long the readers of queues may take; a queue repeats a message after six times this. */
export const consumerTimeout = Duration.seconds(30);

type Held = { readonly impact: string; readonly lateAfter: Duration };

const held: Readonly<Record<QueueName | 'telemetry', Held>> = {
  telemetry: {
    impact: 'Openings of pill boxes do not count; doses that were taken stay "waiting for box".',
    lateAfter: Duration.minutes(5),
  },
  alerts: {
    impact: 'Missed doses raise no alert and late evidence does not close one.',
    lateAfter: Duration.minutes(5),
  },
  notifications: { impact: 'Reminders and alerts do not reach people.', lateAfter: Duration.minutes(16) },
  due: {
    impact: 'Reminders, window ends and deadlines do not happen on their minute.',
    lateAfter: Duration.minutes(5),
  },
  projections: { impact: 'Worklists of nurses show an old state.', lateAfter: Duration.minutes(5) },
  // A word about a token's end waits here for fifteen minutes; that is not late.
  live: { impact: 'Open screens do not change until they are reloaded.', lateAfter: Duration.minutes(17) },
  devices: { impact: 'Pill boxes keep the alarm times of an old plan.', lateAfter: Duration.minutes(15) },
  audit: { impact: 'Audit events are not archived; they stay in the table only.', lateAfter: Duration.hours(1) },
};

/** The queues between contexts, by the word that code uses. */
export class Queues extends Construct {
  /** Firings of schedules that failed for good. */
  readonly schedules: DeadLetters;
  readonly named: Readonly<Record<QueueName | 'telemetry', AppQueue>>;

  constructor(scope: Construct, id: string, house: House) {
    super(scope, id);
    const make = (name: QueueName | 'telemetry') =>
      new AppQueue(this, `${name.charAt(0).toUpperCase()}${name.slice(1)}`, house, {
        ...held[name],
        runbook: `queue-${name}`,
        consumerTimeout,
      });
    this.schedules = new DeadLetters(this, 'Schedules', house, {
      impact: 'A tick or the nightly repair did not run.',
      runbook: 'schedules',
    });
    this.named = {
      telemetry: make('telemetry'),
      alerts: make('alerts'),
      notifications: make('notifications'),
      due: make('due'),
      projections: make('projections'),
      live: make('live'),
      devices: make('devices'),
      audit: make('audit'),
    };
  }

  /** Lets a function send to queues, and tells it their URLs as `<NAME>_QUEUE_URL`. */
  sendFrom(from: AppFunction, ...names: readonly QueueName[]): void {
    for (const name of names) {
      const { queue } = this.named[name];
      grantSend(from, queue);
      from.lambda.addEnvironment(`${name.toUpperCase()}_QUEUE_URL`, queue.queueUrl);
    }
  }
}
