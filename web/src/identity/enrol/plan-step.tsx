import { useState } from 'preact/hooks';
import type { RegimenTemplate } from '../../../../functions/treatment/contract.ts';
import { useTeam } from '../../alerts/team.ts';
import { useChecks } from '../../look/use-checks.ts';
import { Read } from '../../shell/edges.tsx';
import { useDates } from '../../text/dates.ts';
import { useText } from '../../text/text.ts';
import { type Regimen, RegimenChoice } from '../../treatment/prescribe/regimen-choice.tsx';
import { useTemplates } from '../../treatment/prescribe/use-templates.ts';
import { StepForm, type StepProps } from './step-form.tsx';

/** Which regimen, for what weight, from which day. */
export function PlanStep(props: StepProps) {
  const templates = useTemplates();
  return <Read of={templates}>{({ templates: all }) => <ChoosePlan {...props} templates={all} />}</Read>;
}

function ChoosePlan({
  given,
  busy,
  error,
  done,
  onSave,
  templates,
}: StepProps & { templates: readonly RegimenTemplate[] }) {
  const t = useText('admin');
  const dates = useDates();
  const team = useTeam();
  const [regimen, setRegimen] = useState<Regimen>({
    chosen: given.plan?.templateId,
    weight: given.plan?.weightKg ? String(given.plan.weightKg) : '',
    start: given.plan?.start ?? dates.localDate(new Date().toISOString(), team.zone),
  });
  const { weight, start } = regimen;
  const template = templates.find(({ id }) => id === regimen.chosen);
  const kilograms = Number(weight);
  const { checks, error: wrong } = useChecks({
    template: !template && t('enrol.choose'),
    start: !start && t('enrol.start-missing'),
    weight: template?.needsWeight && !(kilograms >= 1 && kilograms <= 300) && t('enrol.weight-bad'),
  });
  return (
    <StepForm
      title={t('enrol.plan')}
      error={error}
      busy={busy}
      kept={done && t('enrol.kept')}
      checks={checks}
      onNext={() =>
        done
          ? onSave({})
          : template && onSave({ plan: { templateId: template.id, start, ...(weight && { weightKg: kilograms }) } })
      }
    >
      <RegimenChoice
        label={t('enrol.template')}
        templates={templates}
        value={regimen}
        onChange={(change) => setRegimen((now) => ({ ...now, ...change }))}
        error={wrong('template')}
        weightError={wrong('weight')}
        startError={wrong('start')}
      />
    </StepForm>
  );
}
