import { useState } from 'preact/hooks';
import type { MedicationPlan, Medicine } from '../../../functions/treatment/contract.ts';
import { Button } from '../look/controls.tsx';
import { TextField } from '../look/fields.tsx';
import { Pill } from '../look/pill.tsx';
import { useTell } from '../look/toast.tsx';
import { post } from '../shell/api.ts';
import { Read, sayProblem } from '../shell/edges.tsx';
import { subjectChanged, useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { type Text, useText } from '../text/text.ts';
import type { FormProps } from './patient-actions.tsx';
import { slotTitle } from './slot-title.ts';

/** What is prescribed, drug by drug, and (for doctors) hold and resume. */
export function PlanForm({ patientId, zone, onClose }: FormProps) {
  const t = useText('work');
  const viewer = useViewer();
  const plans = useRead<{ plans: MedicationPlan[] }>(
    [viewer.userId, patientId, 'plans'],
    `/api/treatment/patients/${patientId}/plans`,
  );
  const medicines = useRead<{ medicines: Medicine[] }>([viewer.userId, 'medicines'], '/api/treatment/medicines');
  return (
    <Read of={plans}>
      {({ plans: all }) => {
        const plan = all[0];
        if (!plan) return <p class="form">{t('plan.none')}</p>;
        return (
          <div class="form">
            <Drugs plan={plan} medicines={medicines.data?.medicines ?? []} />
            {viewer.roles.includes('doctor') && (
              <HoldForm plan={plan} patientId={patientId} zone={zone} onClose={onClose} />
            )}
          </div>
        );
      }}
    </Read>
  );
}

function Drugs({ plan, medicines }: { plan: MedicationPlan; medicines: readonly Medicine[] }) {
  const t = useText('work');
  const dates = useDates();
  const version = plan.versions.at(-1);
  const hold = plan.holds.find((one) => one.to === undefined);
  return (
    <>
      <p>
        <b class="strong">{plan.title}</b> {t('plan.since', { date: dates.short(plan.start) })}{' '}
        {plan.end && t('plan.until', { date: dates.short(plan.end) })}
      </p>
      {hold && (
        <p class="st hold">
          {t('plan.held', { date: dates.short(hold.from) })} {hold.reason}
        </p>
      )}
      <ul class="drugs">
        {version?.drugs.map((drug) => {
          const medicine = medicines.find((one) => one.code === drug.medicine);
          return (
            <li key={drug.medicine}>
              {medicine && <Pill picture={medicine.picture} />}
              <div>
                <b class="strong">{medicine ? `${medicine.name} ${medicine.strength}` : drug.medicine}</b>
                <p class="meta">
                  {drug.steps
                    .map(({ days, doses }) => {
                      const each = doses.map((dose) => doseSays(dose, t)).join(', ');
                      return days ? t('plan.step', { days, each }) : each;
                    })
                    .join(t('plan.then'))}
                </p>
                <p class="quiet">{t(drug.inBox ? 'plan.in-box' : 'plan.not-in-box')}</p>
              </div>
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** "2 a day", or "Morning 1" when a day has several. */
function doseSays({ slot, count }: { slot: string; count: number }, t: Text<'work'>): string {
  return slot === 'day' ? t('plan.a-day', { count }) : `${slotTitle(slot, t)} ${count}`;
}

function HoldForm({
  plan,
  patientId,
  zone,
  onClose,
}: {
  plan: MedicationPlan;
  patientId: string;
  zone: string;
  onClose: () => void;
}) {
  const t = useText('work');
  const shell = useText('shell');
  const dates = useDates();
  const { toast } = useTell();
  const today = dates.localDate(new Date().toISOString(), zone);
  const hold = plan.holds.find((one) => one.to === undefined);
  const [from, setFrom] = useState(today);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const send = async (verb: 'hold' | 'resume', body: unknown) => {
    setBusy(true);
    try {
      await post(`/api/treatment/patients/${patientId}/plans/${plan.planId}/${verb}`, body, { version: plan.version });
      subjectChanged(patientId);
      toast(shell('saved'));
      onClose();
    } catch (problem) {
      setError(sayProblem(shell, problem));
    } finally {
      setBusy(false);
    }
  };
  if (hold) {
    return (
      <>
        {error && (
          <p class="err" role="alert">
            {error}
          </p>
        )}
        <Button wide busy={busy} onClick={() => void send('resume', { holdId: hold.id, on: today })}>
          {t('plan.resume')}
        </Button>
      </>
    );
  }
  return (
    <>
      <TextField label={t('plan.hold-from')} type="date" value={from} onInput={setFrom} />
      <TextField label={t('plan.hold-reason')} value={reason} onInput={setReason} maxLength={300} />
      {error && (
        <p class="err" role="alert">
          {error}
        </p>
      )}
      <Button
        wide
        busy={busy}
        disabled={reason.trim().length < 2}
        onClick={() => void send('hold', { holdId: crypto.randomUUID(), from, reason: reason.trim() })}
      >
        {t('plan.hold-save')}
      </Button>
    </>
  );
}
