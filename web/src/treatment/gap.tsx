import type { CourseView, InterruptionView } from '../../../functions/treatment/contract.ts';
import { Button } from '../look/controls.tsx';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { addDays } from '../text/days.ts';
import { type Text, useText } from '../text/text.ts';
import type { Sheet } from './patient-actions.tsx';

type Gap = NonNullable<InterruptionView['gap']>;
type Advice = InterruptionView['advice'][number];
interface Props {
  known: InterruptionView | undefined;
  /** There is an open alert that can be given to a doctor. */
  alert: boolean;
  end: NonNullable<CourseView['plan']>['end'];
  onAct: (act: Sheet) => void;
}

/** Is there a gap of which the rules of the regimen say something? */
export const hasAdvice = (known: InterruptionView | undefined) => known?.gap !== undefined && known.advice.length > 0;

/** A gap in treatment and what the rules make of it, each with its source. Nothing without a gap; a doctor decides. */
export function GapSection({ known, alert, end, onAct }: Props) {
  const t = useText('work');
  const dates = useDates();
  const { roles } = useViewer();
  if (!known?.gap || !hasAdvice(known)) return null;
  const { gap, advice } = known;
  const isDoctor = roles.includes('doctor');
  const extends_ = advice.some(({ actions }) => actions.includes('extend'));
  return (
    <section class="gap" aria-labelledby="gap">
      <h2 id="gap">{t('gap.title', { count: gap.days })}</h2>
      <p>
        {t('gap.from', { date: dates.dated(gap.from) })}{' '}
        {gap.notKnownDays > 0 && <b class="strong">{sayNotKnown(gap, t)}</b>}{' '}
        {gap.heldDays > 0 && t('gap.held', { count: gap.heldDays })}
      </p>
      <ul>
        {advice.map((one) => (
          <AdviceLine key={one.ruleId} advice={one} />
        ))}
      </ul>
      {extends_ && end && (
        <p>
          {t('gap.more-days', { count: gap.days, end: dates.dated(end), later: dates.dated(addDays(end, gap.days)) })}
        </p>
      )}
      <p class="meta">
        {t('gap.worked-out')} {basisOf(gap, advice, t).join(' · ')}
      </p>
      <p>
        <b class="strong">{t(isDoctor ? 'gap.decide' : 'gap.doctor-decides')}</b>{' '}
        {!isDoctor && t(alert ? 'gap.give' : 'gap.write')}
      </p>
      {isDoctor && (
        <div class="next">
          <Button onClick={() => onAct('change')}>{t('gap.change')}</Button>
          {advice.some(endsIt) && <Button onClick={() => onAct('stop')}>{t('page.stop')}</Button>}
        </div>
      )}
    </section>
  );
}

const endsIt = ({ actions }: Advice) =>
  actions.some((one) => one !== 'continue' && one !== 'make-up' && one !== 'extend');

function sayNotKnown({ days, notKnownDays: count }: Gap, t: Text<'work'>): string {
  return count === days ? t('gap.none-known') : t('gap.not-known', { count });
}

function AdviceLine({ advice: { ruleId, version, citation, drug } }: { advice: Advice }) {
  const t = useText('work');
  return (
    <li>
      <p>
        <b class="strong drug">{drug ?? t('gap.whole')}:</b> {t(`gap.${ruleId}`)}
      </p>
      <p class="meta">
        {t('gap.rule', { rule: ruleId, version })} · {citation}
      </p>
    </li>
  );
}

function basisOf(gap: Gap, advice: readonly Advice[], t: Text<'work'>): string[] {
  const { step, phase } = advice[0]?.inputs ?? {};
  const ofBedaquiline = advice.some(({ drug }) => drug === 'bedaquiline');
  return [
    t('gap.day', { day: gap.treatmentDay }),
    ...(ofBedaquiline && (step === 'loading' || step === 'maintenance') ? [t(`gap.step-${step}`)] : []),
    ...(phase === 'intensive' || phase === 'continuation' ? [t(`gap.phase-${phase}`)] : []),
    t('gap.in-all', { count: gap.inAllDays }),
    ...(gap.inAllNotKnownDays > 0 ? [t('gap.in-all-not-known', { count: gap.inAllNotKnownDays })] : []),
  ];
}
