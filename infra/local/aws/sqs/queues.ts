import { AwsError } from '../aws-error.ts';
import type { AwsOptions } from '../types.ts';
import type { KeptMessage, Queue } from './queue.ts';
import { queueOn } from './queue.ts';

export type QueuesState = Record<string, KeptMessage[]>;
export type Queues = {
  byArn(arn: string): Queue;
  find(arn: string): Queue | undefined;
  byUrl(url: string): Queue;
  all(): Queue[];
  settle(): void;
  dump(): QueuesState;
  load(state: QueuesState): void;
  stop(): void;
};

/** Every queue of the template, and the one timer that lets delays end while real time passes. */
export function startQueues(options: AwsOptions): Queues {
  const queues = new Map<string, Queue>();
  const find = (arn: string) => queues.get(arn);
  for (const definition of options.resources.queues) {
    if (definition.name.endsWith('.fifo')) throw new Error(`The local cloud has no FIFO queues: ${definition.name}`);
    const onReadable = (arn: string) => options.onQueueReadable?.(arn);
    queues.set(definition.arn, queueOn(definition, { now: options.now, deadLetterQueue: find, onReadable }));
  }
  const settle = () => {
    for (const queue of queues.values()) queue.settle();
  };
  const timer = setInterval(settle, 50);
  timer.unref();
  const must = (queue: Queue | undefined) => {
    if (queue) return queue;
    throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
  };
  return {
    find,
    byArn: (arn) => must(find(arn)),
    byUrl(url) {
      const name = url.split('/').at(-1);
      return must([...queues.values()].find((queue) => queue.definition.name === name));
    },
    all: () => [...queues.values()],
    settle,
    dump: () => Object.fromEntries([...queues].map(([arn, queue]) => [arn, queue.dump()])),
    load(state) {
      for (const [arn, messages] of Object.entries(state)) find(arn)?.load(messages);
    },
    stop: () => clearInterval(timer),
  };
}
