import { useEffect } from 'preact/hooks';
import { agreedNow, type ConsentView, type Purpose, purposes } from '../../../../functions/identity/contract.ts';
import { useRead } from '../../shell/queries.ts';
import { useViewer } from '../../shell/session.ts';

interface Sitting {
  /** Absent until there is a patient. */
  patientId: string | undefined;
  said: readonly Purpose[];
  /** The step of consent is shown. */
  shown: boolean;
}

/**
 * What stands of the consent that a sitting took: read again when its step is shown, and when somebody takes a purpose back on
 * the patient's page. Until there is a patient, what was said in the sitting.
 */
export function useAgreed({ patientId, said, shown }: Sitting): readonly Purpose[] {
  const { userId } = useViewer();
  const consents = useRead<{ consents: ConsentView[] }>(
    [userId, patientId ?? '', 'consents'],
    `/api/identity/patients/${patientId}/consents`,
    { enabled: patientId !== undefined },
  );
  useEffect(() => {
    if (shown && patientId !== undefined) void consents.refetch();
  }, [shown, patientId]);
  if (!consents.data) return said;
  const now = agreedNow(consents.data.consents);
  return purposes.filter((purpose) => now.has(purpose));
}
