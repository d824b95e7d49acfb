import { Duration } from 'aws-cdk-lib';
import { Rule, type Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import type { AppFunction } from './function.ts';
import type { DeadLetters } from './queue.ts';

export type AppScheduleProps = {
  readonly schedule: Schedule;
  readonly target: AppFunction;
  readonly description: string;
  /** Where a firing goes that could not be delivered. */
  readonly deadLetters: DeadLetters;
};

/** Fires a function by the clock. A firing carries the instant it was meant for, so a late one is still right. */
export function addSchedule(scope: Construct, id: string, props: AppScheduleProps): void {
  new Rule(scope, id, {
    description: props.description,
    schedule: props.schedule,
    targets: [
      new LambdaFunction(props.target.lambda, {
        deadLetterQueue: props.deadLetters.queue,
        retryAttempts: 2,
        maxEventAge: Duration.hours(1),
      }),
    ],
  });
}
