import { randomUUID } from 'node:crypto';
import { type Json, listAt, parseJson, recordAt, textAt } from '../json.ts';
import type { Delivery } from '../messages/targets.ts';
import type { Deployment, Resource } from '../template/deployment.ts';
import { readSchedule, type Schedule } from './schedule-expression.ts';

interface Entry {
  readonly name: string;
  readonly schedule: Schedule;
  readonly deliveries: (at: number) => Delivery[];
  nextAt: number | undefined;
}

/** Every rule and schedule of the template that fires by time. Who drives it says what time it is. */
export class Schedules {
  readonly #entries: Entry[];

  constructor(deployment: Deployment, place: { region: string; accountId: string }, startAt: number) {
    const rules = deployment.ofType('AWS::Events::Rule').flatMap((rule) => readRule(rule, place));
    const schedules = deployment
      .ofType('AWS::Scheduler::Schedule')
      .flatMap((schedule) => readSchedulerSchedule(schedule));
    this.#entries = [...rules, ...schedules].map((entry) => ({ ...entry, nextAt: entry.schedule(startAt) }));
  }

  /** The next instant at which one fires. */
  nextAt(): number | undefined {
    const instants = this.#entries.map((entry) => entry.nextAt).filter((at) => at !== undefined);
    return instants.length > 0 ? Math.min(...instants) : undefined;
  }

  /** What fires at or before `now`, oldest first; each carries its own scheduled minute. */
  takeDue(now: number): Delivery[] {
    const due: { at: number; deliveries: Delivery[] }[] = [];
    for (const entry of this.#entries) {
      while (entry.nextAt !== undefined && entry.nextAt <= now) {
        due.push({ at: entry.nextAt, deliveries: entry.deliveries(entry.nextAt) });
        entry.nextAt = entry.schedule(entry.nextAt);
      }
    }
    return due.sort((a, b) => a.at - b.at).flatMap(({ deliveries }) => deliveries);
  }

  names(): string[] {
    return this.#entries.map((entry) => entry.name);
  }
}

type NewEntry = Omit<Entry, 'nextAt'>;

function readRule(rule: Resource, place: { region: string; accountId: string }): NewEntry[] {
  const properties = rule.properties();
  const expression = textAt(properties, 'ScheduleExpression');
  if (expression === undefined || textAt(properties, 'State') === 'DISABLED') return [];
  const event = (at: number): Json => ({
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: place.accountId,
    time: new Date(at).toISOString().replace('.000Z', 'Z'),
    region: place.region,
    resources: [rule.arn],
    detail: {},
  });
  const deliveries = (at: number) => listAt(properties, 'Targets').map((target) => ruleTarget(target, event(at)));
  return [{ name: rule.name, schedule: readSchedule(expression), deliveries }];
}

/** A rule's target with the event it gets: the constant input of the template, or the event itself. */
export function ruleTarget(target: Json, event: Json): Delivery {
  const input = textAt(target, 'Input');
  return {
    targetArn: textAt(target, 'Arn') ?? '',
    event: input === undefined ? event : parseJson(input),
    deadLetterArn: textAt(target, 'DeadLetterConfig', 'Arn'),
  };
}

function readSchedulerSchedule(schedule: Resource): NewEntry[] {
  const properties = schedule.properties();
  const expression = textAt(properties, 'ScheduleExpression');
  if (expression === undefined || textAt(properties, 'State') === 'DISABLED') return [];
  const target = recordAt(properties, 'Target');
  const deliveries = (at: number): Delivery[] => {
    const attributes: Record<string, string> = {
      '<aws.scheduler.schedule-arn>': schedule.arn,
      '<aws.scheduler.scheduled-time>': new Date(at).toISOString().replace('.000Z', 'Z'),
      '<aws.scheduler.execution-id>': randomUUID(),
      '<aws.scheduler.attempt-number>': '1',
    };
    const input = Object.entries(attributes).reduce(
      (text, [name, value]) => text.replaceAll(name, value),
      textAt(target, 'Input') ?? '{}',
    );
    return [ruleTarget(target, parseJson(input))].map((delivery) => ({ ...delivery, event: parseJson(input) }));
  };
  return [
    {
      name: schedule.name,
      schedule: readSchedule(expression, textAt(properties, 'ScheduleExpressionTimezone')),
      deliveries,
    },
  ];
}
