import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { AppFunction } from './constructs/function.ts';
import { addSchedule } from './constructs/schedule.ts';
import type { Parts } from './parts.ts';
import { consumerTimeout } from './queues.ts';

/** Due work: the tick that reads a minute ahead, the queue that lets things happen on their second, the nightly repair. */
export function addReminders(scope: Construct, parts: Parts): void {
  const { house, lasting, queues } = parts;
  const dead = queues.schedules;

  const onMinute = new AppFunction(scope, 'OnMinute', house, {
    entry: 'reminders/on-minute',
    impact: 'No reminder, window end or deadline happens until the tick runs again; then all are caught up.',
    timeout: Duration.seconds(50),
    deadLetters: dead.queue,
  });
  onMinute.useTable(lasting.table, ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem']);
  queues.sendFrom(onMinute, 'due');
  addSchedule(scope, 'EveryMinute', {
    schedule: Schedule.rate(Duration.minutes(1)),
    description: 'What is due in the next minute',
    target: onMinute,
    deadLetters: dead,
  });

  const onDue = new AppFunction(scope, 'OnDue', house, {
    entry: 'reminders/on-due',
    impact: 'Patients are not reminded, windows do not end and alerts do not climb.',
    timeout: consumerTimeout,
  });
  onDue.useTable(
    lasting.table,
    ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'],
    { index: true },
  );
  queues.sendFrom(onDue, 'due', 'notifications');
  onDue.consume(queues.named.due, { size: 10, maxConcurrency: 100 });

  const onNight = new AppFunction(scope, 'OnNight', house, {
    entry: 'reminders/on-night',
    impact: 'Lost timers are not repaired and the reports of the day are not closed.',
    timeout: Duration.minutes(15),
    deadLetters: dead.queue,
  });
  onNight.useTable(lasting.table, ['dynamodb:Query'], { index: true });
  queues.sendFrom(onNight, 'due');
  addSchedule(scope, 'EveryNight', {
    schedule: Schedule.cron({ minute: '45', hour: '21' }),
    description: 'Repair, compliance and reports: 03:15 in India, after the dosing day has rolled over',
    target: onNight,
    deadLetters: dead,
  });
}
