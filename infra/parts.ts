import type { House } from './constructs/house.ts';
import type { HttpDoor } from './http-door.ts';
import type { LiveDoor } from './live-door.ts';
import type { Queues } from './queues.ts';
import type { Lasting } from './stacks/lasting.ts';

/** What a context's infrastructure is built from. */
export type Parts = {
  readonly house: House;
  readonly lasting: Lasting;
  readonly queues: Queues;
  readonly http: HttpDoor;
  readonly live: LiveDoor;
};
