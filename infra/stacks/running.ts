import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { addDispatcher } from '../dispatcher.ts';
import { HttpDoor } from '../http-door.ts';
import { addPlatform } from '../platform.ts';
import { Queues } from '../queues.ts';
import type { Lasting } from './lasting.ts';

/** What runs: functions and what calls them. It keeps nothing, so it can be replaced at any time. */
export class Running extends Stack {
  readonly http: HttpDoor;

  constructor(scope: Construct, id: string, lasting: Lasting, props: StackProps) {
    super(scope, id, { ...props, description: 'CareConnect: what runs' });
    const queues = new Queues(this, 'Queues', lasting.house);
    this.http = new HttpDoor(this, 'Http', lasting);
    addDispatcher(this, lasting, queues);
    addPlatform(this, lasting, this.http);
  }
}
