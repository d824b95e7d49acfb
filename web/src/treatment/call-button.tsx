import type { PatientProfile, SupporterView } from '../../../functions/identity/contract.ts';
import type { StopReason } from '../../../functions/treatment/contract.ts';
import { LinkButton } from '../look/controls.tsx';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useText } from '../text/text.ts';

/** The one filled button of a patient who is treated; after the end an outline, and after a death only to who was close to them. */
export function CallButton({ patient, stopped }: { patient: PatientProfile; stopped: StopReason | undefined }) {
  const t = useText('work');
  if (stopped === 'died') return <CallFamily patientId={patient.patientId} />;
  if (!patient.reach.phone) return null;
  return (
    <LinkButton
      {...(!stopped && { voice: 'go' })}
      icon="phone"
      href={`tel:${patient.reach.phone}`}
      aria-label={t('work.call-name', { name: patient.name })}
      data-call
    >
      {t('work.call')}
    </LinkButton>
  );
}

function CallFamily({ patientId }: { patientId: string }) {
  const t = useText('work');
  const viewer = useViewer();
  const known = useRead<{ supporters: SupporterView[] }>(
    [viewer.userId, patientId, 'supporters'],
    `/api/identity/patients/${patientId}/supporters`,
  );
  const one = known.data?.supporters.find(({ phone, state }) => phone !== undefined && state !== 'removed');
  if (!one?.phone) return null;
  return (
    <LinkButton icon="phone" href={`tel:${one.phone}`} aria-label={t('work.call-name', { name: one.name })} data-call>
      {t('page.call-family', { name: one.name })}
    </LinkButton>
  );
}
