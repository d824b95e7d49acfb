import type { MedicationPlan } from '../../../../functions/treatment/contract.ts';
import { type QueryKey, queries, useRead } from '../../shell/queries.ts';
import { useSave } from '../../shell/save.ts';
import { useViewer } from '../../shell/session.ts';

type Plans = { plans: MedicationPlan[] };
const keyOf = (viewerId: string, patientId: string): QueryKey => [viewerId, patientId, 'plans'];

/** Every plan of a patient, the newest first. */
export function usePlans(patientId: string) {
  const { userId } = useViewer();
  return useRead<Plans>(keyOf(userId, patientId), `/api/treatment/patients/${patientId}/plans`);
}

/**
 * Saves a change of a plan. What was saved stands on the screen from the answer on, not only when it was read again: the next
 * change builds on it.
 */
export function usePlanSave(patientId: string, onSaved: () => void) {
  const { userId } = useViewer();
  const { busy, error, save } = useSave([patientId], onSaved);
  const stand = (saved: MedicationPlan) =>
    queries.setQueryData<Plans>(keyOf(userId, patientId), (known) => known && { plans: withPlan(known.plans, saved) });
  return {
    busy,
    error,
    save: (send: () => Promise<MedicationPlan>, says?: () => string) => save(async () => stand(await send()), says),
  };
}

function withPlan(plans: readonly MedicationPlan[], saved: MedicationPlan): MedicationPlan[] {
  const others = plans.filter(({ planId }) => planId !== saved.planId);
  return [saved, ...others].sort((a, b) => b.start.localeCompare(a.start));
}
