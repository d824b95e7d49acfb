import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type {
  EnrolGiven,
  EnrolmentView,
  EnrolRequest,
  EnrolStep,
  Purpose,
} from '../../../../functions/identity/contract.ts';
import type { RegimenTemplate } from '../../../../functions/treatment/contract.ts';
import { useTeam } from '../../alerts/team.ts';
import { Button } from '../../look/controls.tsx';
import { Progress, StepList } from '../../look/steps.tsx';
import { useTell } from '../../look/toast.tsx';
import { ask } from '../../shell/api.ts';
import { sayProblem } from '../../shell/edges.tsx';
import { subjectChanged } from '../../shell/queries.ts';
import { type Text, useText } from '../../text/text.ts';
import { useTemplates } from '../../treatment/prescribe/use-templates.ts';
import { BoxStep } from './box-step.tsx';
import { ConsentStep } from './consent-step.tsx';
import { ListenStep } from './listen-step.tsx';
import { PlanStep } from './plan-step.tsx';
import { ReachStep } from './reach-step.tsx';
import { useAgreed } from './use-agreed.ts';
import { WhoStep } from './who-step.tsx';

const order = ['who', 'consent', 'plan', 'box', 'reach', 'listen'] as const;
type Step = (typeof order)[number];

/** Who helps is asked on the screen that asks how the patient is reached. */
const screenOf = (step: EnrolStep): Step => (step === 'supporter' ? 'reach' : step);

/** One sitting, six steps; each is saved as it is done, so being called away loses nothing. */
export function EnrolSitting({
  enrolmentId,
  known,
  onSaved,
}: {
  enrolmentId: string;
  known: EnrolmentView | undefined;
  onSaved?: () => void;
}) {
  const t = useText('admin');
  const shell = useText('shell');
  const team = useTeam();
  const { route } = useLocation();
  const { toast } = useTell();
  const [view, setView] = useState(known);
  const [given, setGiven] = useState<EnrolGiven>(known?.given ?? {});
  const [step, setStep] = useState<Step>(firstOpen(known));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const seconds = useSeconds();
  const path = `/api/identity/teams/${team.teamId}/enrolments/${enrolmentId}`;
  const templates = useTemplates();
  const agreed = useAgreed({
    patientId: view?.patientId,
    said: given.consent?.purposes ?? [],
    shown: step === 'consent',
  });
  const at = order.indexOf(step);

  function go(to: Step) {
    setError(undefined);
    setStep(to);
  }

  async function save(more: EnrolRequest) {
    setBusy(true);
    setError(undefined);
    try {
      const answer = await ask<EnrolmentView>(path, { method: 'PUT', body: { ...given, ...more } });
      setView(answer.body);
      onSaved?.();
      if (answer.body.patientId !== undefined) void subjectChanged(answer.body.patientId);
      // What is done stays as it was done: the answer knows, the form does not.
      setGiven(answer.body.given);
      const problem = answer.body.problems.find((one) => screenOf(one.step) === step);
      if (problem) setError(t('enrol.problem', { detail: problem.detail }));
      // Who went back to correct one thing is not led through what is done.
      else setStep(order.slice(at + 1).find((one) => !isDone(answer.body, one)) ?? 'listen');
    } catch (caught) {
      setError(sayProblem(shell, caught));
    } finally {
      setBusy(false);
    }
  }

  async function finish() {
    setBusy(true);
    try {
      await ask(`${path}/finish`, { method: 'POST', body: {} });
      toast(t('enrol.finished', { name: given.who?.name ?? '' }));
      subjectChanged(team.teamId);
      route(view?.patientId ? `/patients/${view.patientId}` : '/enrol');
    } catch (caught) {
      setError(sayProblem(shell, caught));
      setBusy(false);
    }
  }

  const items = order.map((one, index) => ({
    title: t(`enrol.${one}`),
    says: summary(one, given, agreed, t, templates.data?.templates ?? []),
    state:
      one === step ? ('current' as const) : index < at || isDone(view, one) ? ('done' as const) : ('next' as const),
    ...(isDone(view, one) && { onGo: () => go(one) }),
  }));
  const label = t('enrol.step', { step: at + 1, of: order.length });
  const props = { given, busy, error, done: isDone(view, step), onSave: save };
  const before = order[at - 1];
  const time = t('enrol.minutes', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
  // Whoever was called away is not told how many hours that was.
  const savedSays = known ? t('enrol.saved-all') : view ? t('enrol.saved', { time }) : t('enrol.saved-next');
  return (
    <div class="en">
      <aside class="en-side">
        <h1>{t('enrol.title')}</h1>
        <Progress step={at + 1} of={order.length} label={label} />
        <StepList items={items} doneWord={t('enrol.done')} />
        <p class="quiet en-time">{savedSays}</p>
      </aside>
      <section class="en-top" aria-label={t('enrol.title')}>
        <div class="l">
          {before && (
            <Button voice="text" icon="left" class="en-back" onClick={() => go(before)}>
              {t('enrol.back')}
            </Button>
          )}
          <h1 class="strong">{label}</h1>
          <Button voice="text" onClick={() => route('/enrol')}>
            {t('enrol.later')}
          </Button>
        </div>
        <Progress step={at + 1} of={order.length} label={label} />
        {given.who && <p class="sum">{given.who.name}</p>}
      </section>
      <main id="main" tabIndex={-1} class={step === 'listen' ? 'en-main' : 'en-main en-form'}>
        {step === 'who' && <WhoStep {...props} enrolled={view?.patientId !== undefined} />}
        {step === 'consent' && <ConsentStep key={agreed.join()} {...props} agreed={agreed} />}
        {step === 'plan' && <PlanStep {...props} />}
        {step === 'box' && <BoxStep {...props} />}
        {step === 'reach' && <ReachStep {...props} />}
        {step === 'listen' && (
          <ListenStep
            boxId={given.box?.boxId}
            patientId={view?.patientId}
            since={view?.boxSince}
            code={view?.code}
            busy={busy}
            error={error}
            onFinish={finish}
            onOtherBox={() => go('box')}
            onLater={() => route('/enrol')}
          />
        )}
      </main>
    </div>
  );
}

function firstOpen(known: EnrolmentView | undefined): Step {
  if (!known) return 'who';
  for (const step of ['who', 'consent', 'plan', 'box', 'reach'] as const)
    if (known.steps[step] === 'empty' || known.steps[step] === 'refused') return step;
  return 'listen';
}

function isDone(view: EnrolmentView | undefined, step: Step): boolean {
  return step !== 'listen' && view?.steps[step] === 'done';
}

function summary(
  step: Step,
  given: EnrolGiven,
  agreed: readonly Purpose[],
  t: Text<'admin'>,
  regimens: readonly RegimenTemplate[],
) {
  if (step === 'who')
    return given.who && `${given.who.name}${given.who.age.kind === 'years' ? `, ${given.who.age.years}` : ''}`;
  if (step === 'consent')
    return (
      given.consent &&
      `${t(`enrol.${given.consent.way}`)}. ${agreed.map((purpose) => t(`enrol.purpose.${purpose}`)).join(', ')}`
    );
  if (step === 'plan') return regimens.find(({ id }) => id === given.plan?.templateId)?.title;
  if (step === 'box') return given.box?.boxId;
  if (step === 'reach') return given.reach && t(`enrol.reach-${given.reach.use}`);
  return given.box && t('enrol.listening', { box: given.box.boxId });
}

function useSeconds(): number {
  const [from] = useState(() => Date.now());
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.floor((now - from) / 1000));
}
