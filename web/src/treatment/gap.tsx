import type { CourseView, InterruptionView } from '../../../functions/treatment/contract.ts';
import { Button } from '../look/controls.tsx';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { addDays } from '../text/days.ts';
import { type Text, useText } from '../text/text.ts';
import type { Sheet } from './patient-actions.tsx';

type Gap = InterruptionView['gaps'][number];
type Advice = Gap['advice'][number];
interface Props {
  known: InterruptionView | undefined;
  /** There is an open alert that can be given to a doctor. */
  alert: boolean;
  end: NonNullable<CourseView['plan']>['end'];
  onAct: (act: Sheet) => void;
}

/** The gaps of which the rules of the regimen say something. */
const advised = (known: InterruptionView | undefined) => known?.gaps.filter(({ advice }) => advice.length > 0) ?? [];

export const hasAdvice = (known: InterruptionView | undefined) => advised(known).length > 0;

/** Gaps in treatment and what the rules make of them, each with its source. Nothing without a gap; a doctor decides. */
export function GapSection({ known, alert, end, onAct }: Props) {
  const t = useText('work');
  const { roles } = useViewer();
  const gaps = advised(known);
  if (gaps.length === 0) return null;
  const isDoctor = roles.includes('doctor');
  return (
    <section class="gap" aria-labelledby="gap">
      {gaps.map((gap, at) => (
        <OneGap key={gap.drug} gap={gap} end={end} id={at === 0 ? 'gap' : undefined} />
      ))}
      <p>
        <b class="strong">{t(isDoctor ? 'gap.decide' : 'gap.doctor-decides')}</b>{' '}
        {!isDoctor && t(alert ? 'gap.give' : 'gap.write')}
      </p>
      {isDoctor && (
        <div class="next">
          <Button onClick={() => onAct('change')}>{t('gap.change')}</Button>
          {gaps.some(({ advice }) => advice.some(endsIt)) && (
            <Button onClick={() => onAct('stop')}>{t('page.stop')}</Button>
          )}
        </div>
      )}
    </section>
  );
}

function OneGap({ gap, end, id }: { gap: Gap; end: Props['end']; id: string | undefined }) {
  const t = useText('work');
  const dates = useDates();
  const { advice, drug } = gap;
  const extends_ = advice.some(({ actions }) => actions.includes('extend'));
  return (
    <>
      <h2 id={id}>
        {drug && <span class="drug">{drug}:</span>} {t('gap.title', { count: gap.days })}
      </h2>
      <p>
        {t('gap.from', { date: dates.dated(gap.from) })}{' '}
        {gap.notKnownDays > 0 && <b class="strong">{sayNotKnown(gap, t)}</b>}{' '}
        {gap.heldDays > 0 && t(drug ? 'gap.drug-held' : 'gap.held', { count: gap.heldDays })}
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
        {t('gap.worked-out')} {basisOf(gap, t).join(' · ')}
      </p>
    </>
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

function basisOf(gap: Gap, t: Text<'work'>): string[] {
  const { step, phase } = gap.advice[0]?.inputs ?? {};
  const ofBedaquiline = gap.advice.some(({ drug }) => drug === 'bedaquiline');
  return [
    t('gap.day', { day: gap.treatmentDay }),
    ...(ofBedaquiline && (step === 'loading' || step === 'maintenance') ? [t(`gap.step-${step}`)] : []),
    ...(phase === 'intensive' || phase === 'continuation' ? [t(`gap.phase-${phase}`)] : []),
    t('gap.in-all', { count: gap.inAllDays }),
    ...(gap.inAllNotKnownDays > 0 ? [t('gap.in-all-not-known', { count: gap.inAllNotKnownDays })] : []),
  ];
}
