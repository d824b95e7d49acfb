import type { AwsCloud } from './aws/index.ts';
import type { Clock } from './clock/clock.ts';
import { Mover, type Timed } from './clock/mover.ts';
import { Schedules } from './clock/schedules.ts';
import type { Consumers } from './messages/consumers.ts';
import type { Targets } from './messages/targets.ts';
import type { Doors } from './origin/doors.ts';
import type { Deployment } from './template/deployment.ts';

export interface TimeOptions {
  readonly clock: Clock;
  readonly deployment: Deployment;
  readonly place: { readonly region: string; readonly accountId: string };
  readonly aws: Pick<AwsCloud, 'sqs' | 'clockMoved' | 'sweepExpired'>;
  readonly consumers: Consumers;
  readonly targets: Targets;
  readonly doors: Doors;
  settle(): Promise<void>;
}

/** Everything that happens because its time has come: messages, schedules, retries, connections that end. */
export function startTime(options: TimeOptions): { mover: Mover; timed: Timed[] } {
  const { clock, deployment, place, aws, consumers, targets, doors, settle } = options;
  const schedules = new Schedules(deployment, place, clock.now());
  const messages: Timed = {
    nextAt: () => aws.sqs.nextReadableAt(),
    fire: () => {
      aws.clockMoved();
      consumers.wakeAll();
    },
  };
  const ticks: Timed = {
    nextAt: () => schedules.nextAt(),
    fire: (at, lose) => {
      const due = schedules.takeDue(at);
      if (!lose) for (const delivery of due) targets.deliver(delivery);
    },
  };
  const retries: Timed = { nextAt: () => targets.nextAt(), fire: (at) => targets.retryDue(at) };
  const timed: Timed[] = [messages, ticks, retries, expiry(aws, clock.now()), ...doors.webSocketApis];
  return { mover: new Mover({ clock, timed, settle }), timed };
}

const DAY_MS = 86_400_000;

/** Items whose time to live has passed go once a day; AWS promises no more either. */
function expiry(aws: Pick<AwsCloud, 'sweepExpired'>, now: number): Timed {
  let next = now + DAY_MS;
  return {
    nextAt: () => next,
    fire: (at) => {
      if (at < next) return;
      next = at + DAY_MS;
      void aws.sweepExpired();
    },
  };
}
