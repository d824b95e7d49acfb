import type { Cloud } from '../cloud.ts';
import type { LocalRoute } from '../control/answer.ts';

export function demoPages(_cloud: Cloud): Record<string, LocalRoute> {
  return {};
}
