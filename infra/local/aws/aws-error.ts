/** An answer as AWS would refuse: `name` is the error code that clients see. */
export class AwsError extends Error {
  readonly status: number;
  readonly details: Record<string, unknown>;
  constructor(name: string, message: string, status = 400, details: Record<string, unknown> = {}) {
    super(message);
    this.name = name;
    this.status = status;
    this.details = details;
  }
}

/** An API operation that this local cloud does not have: said loudly, by name, so that it is never taken for success. */
export class UnknownOperation extends AwsError {
  constructor(service: string, operation: string) {
    super('NotImplemented', `The local cloud does not implement ${service}:${operation}`, 501);
  }
}

/** The writer was chosen to die after this write: its call gets no answer. */
export class WriterKilled extends Error {}
