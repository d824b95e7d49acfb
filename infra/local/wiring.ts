import type { AwsCloud, AwsOptions } from './aws/index.ts';
import type { Functions } from './compute/functions.ts';
import type { Broker } from './iot/broker.ts';
import type { Consumers } from './messages/consumers.ts';
import type { ObjectEvents } from './messages/object-events.ts';
import type { Doors } from './origin/doors.ts';

/**
 * The parts know each other in a circle – AWS calls start functions, and functions make AWS calls – so each is entered here
 * once it runs, and what comes before that goes nowhere.
 */
export class Wiring {
  aws: AwsCloud | undefined;
  functions: Functions | undefined;
  consumers: Consumers | undefined;
  objects: ObjectEvents | undefined;
  broker: Broker | undefined;
  doors: Doors | undefined;

  readonly invoke = async (name: string, event: unknown) =>
    this.functions?.invoke(name, event) ?? { payload: null, error: { type: 'NotReady', message: 'still starting' } };

  /** What the data plane tells the compute half. */
  hooks(): Pick<
    AwsOptions,
    'invoke' | 'onStreamRecord' | 'onObject' | 'iotPublish' | 'connections' | 'onWrite' | 'onQueueReadable'
  > {
    const live = (apiId: string) => this.doors?.webSocketApis.find((api) => api.id === apiId);
    return {
      invoke: this.invoke,
      onStreamRecord: (_, record) => this.consumers?.streamRecord(record),
      onObject: (event) => this.objects?.created(event),
      iotPublish: (topic, payload, qos) => this.broker?.publish(topic, payload, qos),
      onWrite: (identity) => this.functions?.wrote(identity) ?? 'continue',
      onQueueReadable: (queueArn) => this.consumers?.wakeQueue(queueArn),
      connections: {
        post: async (apiId, id, data) => (await live(apiId)?.post(id, data)) ?? false,
        get: async (apiId, id) => live(apiId)?.get(id),
        close: async (apiId, id) => (await live(apiId)?.close(id)) ?? false,
      },
    };
  }
}
