import { metric } from '../shared/metrics.ts';
import type { Tools } from '../shared/tools.ts';

/**
 * A deployment has one patient of its own whose box stays shut on purpose. That each of its misses reaches an alert shows that
 * the whole chain works; that it does not, an alarm notices by the silence.
 */
export function tellOfCanary(tools: Pick<Tools, 'env' | 'metric'>, patientId: string): void {
  if (patientId === tools.env('CANARY_PATIENT_ID')) tools.metric(metric.canaryAlerts, 1, 'Count');
}
