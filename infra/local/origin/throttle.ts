import { numberAt, recordAt } from '../json.ts';
import type { Resource } from '../template/deployment.ts';

/** A stage's request limits: a bucket of tokens per route that has its own, one for all others. Real time, as load is. */
export class Throttle {
  readonly #stage: Resource | undefined;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(stage: Resource | undefined) {
    this.#stage = stage;
  }

  admits(routeKey: string): boolean {
    const properties = this.#stage?.properties();
    const own = recordAt(properties, 'RouteSettings')[routeKey];
    const settings = own ?? recordAt(properties, 'DefaultRouteSettings');
    const rate = numberAt(settings, 'ThrottlingRateLimit');
    const burst = numberAt(settings, 'ThrottlingBurstLimit') ?? rate;
    if (rate === undefined || burst === undefined) return true;
    return this.#take(own === undefined ? '*' : routeKey, rate, burst);
  }

  #take(key: string, rate: number, burst: number): boolean {
    const now = performance.now();
    const bucket = this.#buckets.get(key) ?? { tokens: burst, at: now };
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * rate);
    bucket.at = now;
    this.#buckets.set(key, bucket);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }
}
