import { ruleTarget } from '../clock/schedules.ts';
import { isRecord, type Json, listAt, textAt } from '../json.ts';
import type { Deployment } from '../template/deployment.ts';
import { matchesPattern } from './event-pattern.ts';
import type { Targets } from './targets.ts';

/** EventBridge rules that wait for something to happen: objects made in a bucket. */
export class ObjectEvents {
  readonly #deployment: Deployment;
  readonly #targets: Targets;

  constructor(deployment: Deployment, targets: Targets) {
    this.#deployment = deployment;
    this.#targets = targets;
  }

  created(event: unknown): void {
    const copy: Json = JSON.parse(JSON.stringify(event));
    for (const rule of this.#deployment.ofType('AWS::Events::Rule')) {
      const properties = rule.properties();
      const pattern = properties.EventPattern;
      if (!isRecord(pattern) || textAt(properties, 'State') === 'DISABLED' || !matchesPattern(pattern, copy)) continue;
      for (const target of listAt(properties, 'Targets')) this.#targets.deliver(ruleTarget(target, copy));
    }
  }
}
