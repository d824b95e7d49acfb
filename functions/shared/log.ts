import { Logger } from '@aws-lambda-powertools/logger';
import { Refusal } from './refusal.ts';

/**
 * The closed set of what a log line may carry: opaque ids, words of ours, counts. Never a name, a number, a message text,
 * a medicine or a body. A new field is a decision, made here.
 */
export type LogFields = {
  readonly route?: string;
  readonly status?: number;
  readonly outcome?: string;
  readonly reason?: string;
  readonly actorId?: string;
  readonly patientId?: string;
  readonly boxId?: string;
  readonly teamId?: string;
  readonly alertId?: string;
  readonly messageId?: string;
  readonly connectionId?: string;
  readonly step?: string;
  readonly count?: number;
  readonly durationMilliseconds?: number;
  readonly latenessSeconds?: number;
  readonly requestId?: string;
};

export type Log = {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  /** A fault: the error's name and stack are kept, its message only when it is ours. */
  fault(message: string, error: unknown, fields?: LogFields): void;
};

export function createLog(): Log {
  const logger = new Logger({ serviceName: process.env.CONTEXT ?? 'careconnect' });
  return {
    info: (message, fields = {}) => logger.info(message, { ...fields }),
    warn: (message, fields = {}) => logger.warn(message, { ...fields }),
    fault: (message, error, fields = {}) => logger.error(message, { ...fields, error: asError(error) }),
  };
}

/** What we say ourselves, or the engine of our own slips. Another's message may quote what it was given: a number, a body. */
const ours: readonly unknown[] = [Error, TypeError, ReferenceError, Refusal];

function asError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error('thrown value is not an error');
  const said = new Error(ours.includes(error.constructor) ? error.message : 'not ours to repeat');
  said.name = error.name;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  said.stack = [`${said.name}: ${said.message}`, ...frames].join('\n');
  return said;
}
