import { useState } from 'preact/hooks';
import * as z from 'zod/mini';
import type { Medicine } from '../../../functions/treatment/contract.ts';
import { CheckedForm } from '../look/checked-form.tsx';
import { ErrorLine, TextField } from '../look/fields.tsx';
import { useChecks } from '../look/use-checks.ts';
import { Read } from '../shell/edges.tsx';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';
import type { FormProps } from './patient-actions.tsx';
import { usePlans } from './prescribe/plans.ts';
import { useTold } from './use-told.ts';

const RunsOut = z.object({ runsOutOn: z.string() });

/** Pills counted and given, medicine by medicine. */
export function RefillForm({ patientId, onClose }: FormProps) {
  const viewer = useViewer();
  const plans = usePlans(patientId);
  const medicines = useRead<{ medicines: Medicine[] }>([viewer.userId, 'medicines'], '/api/treatment/medicines');
  return (
    <Read of={plans}>
      {({ plans: all }) => (
        <Counts
          patientId={patientId}
          codes={all[0]?.versions.at(-1)?.drugs.map((drug) => drug.medicine) ?? []}
          medicines={medicines.data?.medicines ?? []}
          onClose={onClose}
        />
      )}
    </Read>
  );
}

function Counts(props: {
  patientId: string;
  codes: readonly string[];
  medicines: readonly Medicine[];
  onClose: () => void;
}) {
  const t = useText('work');
  const [counted, setCounted] = useState<Record<string, string>>({});
  const [given, setGiven] = useState<Record<string, string>>({});
  const { busy, error, send } = useTold(props.patientId, props.onClose);
  const dates = useDates();
  const refillSays = (body: unknown) => {
    const runsOut = RunsOut.safeParse(body);
    return runsOut.success ? t('refill.saved-until', { date: dates.dated(runsOut.data.runsOutOn) }) : t('refill.saved');
  };
  const list = (from: Record<string, string>) =>
    Object.entries(from)
      .filter(([, pills]) => pills !== '')
      .map(([medicine, pills]) => ({ medicine, pills: Number(pills) }));
  const wrong = (pills: string | undefined) =>
    pills && (Number(pills) < 0 || Number(pills) % 0.25 !== 0) ? t('refill.wrong') : undefined;
  const anyWrong = [...Object.values(counted), ...Object.values(given)].some((pills) => wrong(pills) !== undefined);
  const { checks, error: missing } = useChecks({
    counts: anyWrong ? t('refill.wrong') : list(given).length + list(counted).length === 0 && t('refill.none'),
  });
  const save = () =>
    send(
      'refill',
      { refillId: crypto.randomUUID(), counted: list(counted), given: list(given) },
      'kept.refill',
      (body) => refillSays(body),
    );
  if (props.codes.length === 0) return <p class="form">{t('plan.none')}</p>;
  return (
    <CheckedForm checks={checks} go={t('refill.save')} busy={busy} error={error} onGo={save}>
      <p class="meta">{t('refill.says')}</p>
      {props.codes.map((code) => {
        const medicine = props.medicines.find((one) => one.code === code);
        return (
          <fieldset key={code} class="two">
            <legend class="strong">{medicine ? `${medicine.name} ${medicine.strength}` : code}</legend>
            <TextField
              label={t('refill.counted')}
              type="number"
              inputMode="numeric"
              min={0}
              step={0.25}
              value={counted[code] ?? ''}
              error={wrong(counted[code])}
              onInput={(pills) => setCounted({ ...counted, [code]: pills })}
            />
            <TextField
              label={t('refill.given')}
              type="number"
              inputMode="numeric"
              min={0}
              step={0.25}
              value={given[code] ?? ''}
              error={wrong(given[code])}
              onInput={(pills) => setGiven({ ...given, [code]: pills })}
            />
          </fieldset>
        );
      })}
      {!anyWrong && <ErrorLine says={missing('counts')} />}
    </CheckedForm>
  );
}
