import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Settings } from '../settings.ts';

/** What every construct of ours needs: whose deployment this is, the keys, and where alarms go. */
export type House = {
  readonly settings: Settings;
  readonly keys: Keys;
  readonly alarms: ITopic;
};

export type Keys = {
  /** What people entrusted to us: the table, documents, secrets. */
  readonly data: IKey;
  /** What is on its way: queues and topics. AWS services put things there, so its policy names them. */
  readonly messages: IKey;
  /** What the program says about itself: log groups and function environments. */
  readonly operations: IKey;
};

/** Prefix of every name that has to be chosen rather than generated. */
export function named(settings: Settings, name: string): string {
  return `careconnect-${settings.stage}-${name}`;
}
