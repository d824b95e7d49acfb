import { useState } from 'preact/hooks';
import type { MedicationPlan, Medicine } from '../../../../functions/treatment/contract.ts';
import { Segments } from '../../look/controls.tsx';
import { Read } from '../../shell/edges.tsx';
import { useRead } from '../../shell/queries.ts';
import { useViewer } from '../../shell/session.ts';
import { useDates } from '../../text/dates.ts';
import { useText } from '../../text/text.ts';
import type { Act, FormProps } from '../patient-actions.tsx';
import { ChangeForm } from './change-form.tsx';
import { Drugs } from './drugs.tsx';
import { HoldForm } from './hold-form.tsx';
import { NewPlanForm } from './new-plan-form.tsx';
import { usePlans } from './plans.ts';

/**
 * What is prescribed, drug by drug; for doctors also hold, resume, change (first, when they came for that), and a new plan
 * where none runs.
 */
export function PlanForm({ patientId, zone, onClose, act }: FormProps & { act: Act }) {
  const work = useText('work');
  const viewer = useViewer();
  const plans = usePlans(patientId);
  const medicines = useRead<{ medicines: Medicine[] }>([viewer.userId, 'medicines'], '/api/treatment/medicines');
  const isDoctor = viewer.roles.includes('doctor');
  return (
    <Read of={plans}>
      {({ plans: [plan] }) => {
        const known = medicines.data?.medicines ?? [];
        const props = { patientId, zone, onClose, medicines: known };
        const running = plan?.status === 'active' || plan?.status === 'on-hold';
        return (
          <div class="form">
            {plan && <Prescribed plan={plan} medicines={known} />}
            {!plan && !isDoctor && <p>{work('plan.none')}</p>}
            {isDoctor && plan && running && (
              <Change {...props} plan={plan} first={act === 'change' ? 'change' : 'hold'} />
            )}
            {isDoctor && !running && <NewPlanForm {...props} />}
          </div>
        );
      }}
    </Read>
  );
}

function Prescribed({ plan, medicines }: { plan: MedicationPlan; medicines: readonly Medicine[] }) {
  const t = useText('prescribe');
  const work = useText('work');
  const dates = useDates();
  const hold = plan.holds.find((one) => one.to === undefined);
  const coming = plan.versions.at(-1);
  return (
    <>
      <p>
        <b class="strong">{plan.title}</b> {t('since', { date: dates.dated(plan.start) })}{' '}
        {plan.end && t('until', { date: dates.dated(plan.end) })}
      </p>
      {plan.stopped && (
        <p class="meta">
          {work(`stop.${plan.stopped.reason}`)}, {dates.dated(plan.stopped.on)}
        </p>
      )}
      {hold && (
        <p class="st hold">
          {t('held', { date: dates.dated(hold.from) })} {hold.reason}
        </p>
      )}
      {coming?.reason && (
        <p class="meta">
          {t('changed', { date: dates.dated(coming.from) })} {coming.reason}
        </p>
      )}
      <Drugs drugs={coming?.drugs ?? []} medicines={medicines} />
    </>
  );
}

export type PrescribeProps = {
  patientId: string;
  zone: string;
  medicines: readonly Medicine[];
  onClose: () => void;
};

function Change({ first, ...props }: PrescribeProps & { plan: MedicationPlan; first: 'hold' | 'change' }) {
  const t = useText('prescribe');
  const [what, setWhat] = useState(first);
  return (
    <>
      <Segments
        label={t('what')}
        value={what}
        onChange={setWhat}
        choices={[
          { value: 'hold', label: t(props.plan.status === 'on-hold' ? 'resume' : 'hold-save') },
          { value: 'change', label: t('change') },
        ]}
      />
      {what === 'hold' ? <HoldForm {...props} /> : <ChangeForm {...props} />}
    </>
  );
}
