import { useState } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import type { PatientAlertsView } from '../../../functions/alerts/contract.ts';
import type { PatientBoxView } from '../../../functions/devices/contract.ts';
import type { PatientProfile } from '../../../functions/identity/contract.ts';
import type { CourseView, DayView, InterruptionView, TimelineEntry } from '../../../functions/treatment/contract.ts';
import { AlertsBefore } from '../alerts/before.tsx';
import { CurrentAlert } from '../alerts/current-alert.tsx';
import { PatientTasks } from '../alerts/patient-tasks.tsx';
import { PatientBox } from '../devices/patient-box.tsx';
import { StaffConsents } from '../identity/staff-consents.tsx';
import { Button } from '../look/controls.tsx';
import { useDosesFile } from '../reports/use-doses-file.ts';
import { FileState } from '../reports/use-file.tsx';
import { Read } from '../shell/edges.tsx';
import { usePage } from '../shell/page.ts';
import { useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { addDays } from '../text/days.ts';
import { type Text, useText } from '../text/text.ts';
import { CallButton } from './call-button.tsx';
import { DoseHistory } from './dose-history.tsx';
import { GapSection, hasAdvice } from './gap.tsx';
import { Happened } from './happened.tsx';
import { PatientAction, type Sheet } from './patient-actions.tsx';
import { PatientMenu } from './patient-menu.tsx';
import { PrintedBy } from './printed-by.tsx';
import { CardSheet } from './wallet-card.tsx';

const keep = { keepDays: 0.5 };

/** One patient for staff: who, the open alert, the doses and what was known when, what happened. */
export default function StaffPatientScreen() {
  const { params } = useRoute();
  const patientId = params.patientId ?? '';
  const viewer = useViewer();
  const profile = useRead<PatientProfile>(
    [viewer.userId, patientId, 'profile'],
    `/api/identity/patients/${patientId}`,
    keep,
  );
  return <Read of={profile}>{(patient) => <PatientPage patient={patient} />}</Read>;
}

function PatientPage({ patient }: { patient: PatientProfile }) {
  const { patientId, zone } = patient;
  const viewer = useViewer();
  const t = useText('work');
  const dates = useDates();
  const [act, setAct] = useState<Sheet>();
  usePage(patient.name);
  const today = dates.localDate(new Date().toISOString(), zone);
  const from = addDays(mondayOf(today), -49);
  const base = `/api/treatment/patients/${patientId}`;
  const course = useRead<CourseView>([viewer.userId, patientId, 'course'], `${base}/course`, keep);
  const days = useRead<{ days: DayView[] }>(
    [viewer.userId, patientId, 'days', from],
    `${base}/days?from=${from}&to=${today}`,
    keep,
  );
  const timeline = useRead<{ entries: TimelineEntry[] }>(
    [viewer.userId, patientId, 'timeline', from],
    `${base}/timeline?from=${addDays(today, -13)}&to=${today}`,
    keep,
  );
  const alerts = useRead<PatientAlertsView>(
    [viewer.userId, patientId, 'alerts'],
    `/api/alerts/patients/${patientId}`,
    keep,
  );
  const box = useRead<PatientBoxView>(
    [viewer.userId, patientId, 'box'],
    `/api/devices/patients/${patientId}/box`,
    keep,
  );
  const gap = useRead<InterruptionView>([viewer.userId, patientId, 'interruption'], `${base}/interruption`, keep).data;
  const current = alerts.data?.current;
  const picked = new Set((current?.misses ?? []).map((miss) => `${miss.localDate} ${miss.slot}`));
  return (
    <main id="main" tabIndex={-1} class="pt-page">
      <Head patient={patient} course={course.data} box={box.data} onAct={setAct} />
      <div class="pt">
        <div class="pt-main">
          <Read of={course}>
            {(known) => (
              <DoseHistory
                patientId={patientId}
                course={known}
                days={days.data?.days ?? known.days}
                from={from}
                to={today}
                zone={zone}
                picked={picked}
              />
            )}
          </Read>
          <div class="h-row">
            <h2>{t('page.happened')}</h2>
            <span class="quiet opt">{t('page.happened-meta')}</span>
            <Button class="end" onClick={() => setAct('note')}>
              {t('more.note')}
            </Button>
          </div>
          <Read of={timeline}>
            {({ entries }) => <Happened entries={entries} notes={alerts.data?.notes ?? []} zone={zone} />}
          </Read>
        </div>
        <div class="pt-side">
          <Read of={alerts}>
            {(known) => (
              <>
                <CurrentAlert
                  known={known}
                  patientId={patientId}
                  zone={zone}
                  none={<NoAlert nothing={!hasAdvice(gap)} />}
                />
                <PatientTasks tasks={known.tasks} teamId={patient.teamId} zone={zone} />
                <GapSection
                  known={gap}
                  alert={known.current !== undefined}
                  end={course.data?.plan?.end}
                  onAct={setAct}
                />
                <AlertsBefore alerts={known.before} zone={zone} />
              </>
            )}
          </Read>
          <PatientBox patient={patient} box={box} stopped={course.data?.plan?.stopped !== undefined} />
          <StaffConsents patient={patient} />
        </div>
      </div>
      {act === 'card' && <CardSheet patient={patient} boxId={box.data?.boxId} onClose={() => setAct(undefined)} />}
      {act && act !== 'card' && (
        <PatientAction
          act={act}
          patientId={patientId}
          name={patient.name}
          zone={zone}
          course={course.data}
          onClose={() => setAct(undefined)}
        />
      )}
    </main>
  );
}

function NoAlert({ nothing }: { nothing: boolean }) {
  const t = useText('work');
  return (
    <section class="no-alert">
      <h2>{t('page.no-alert')}</h2>
      {nothing && <p class="meta">{t('page.no-alert-says')}</p>}
    </section>
  );
}

function Head(props: {
  patient: PatientProfile;
  course: CourseView | undefined;
  box: PatientBoxView | undefined;
  onAct: (act: Sheet) => void;
}) {
  const { patient, course, box } = props;
  const t = useText('work');
  const dates = useDates();
  const doses = useDosesFile(patient, course);
  const plan = course?.plan;
  const stopped = plan?.stopped;
  const planSays = stopped
    ? t(`ended.${stopped.reason}`, { date: dates.dated(stopped.on) })
    : plan && (plan.endedOn ? t('page.ended', { date: dates.dated(plan.endedOn) }) : monthSays(plan, t));
  const heardSays = box?.lastHeardAt
    ? `, ${t('page.box-heard', { time: dates.stamp(box.lastHeardAt, patient.zone) })}`
    : '';
  return (
    <header class="pt-head">
      <div>
        <h1>
          {patient.name}{' '}
          <small>
            {ageOf(patient, dates.localDate(new Date().toISOString(), patient.zone))}, {t(`sex.${patient.sex}`)} ·{' '}
            {patient.code}
          </small>
        </h1>
        <p class="facts">
          {plan && (
            <span>
              {plan.title}, <b>{planSays}</b>
            </span>
          )}
          {patient.address && <span class="opt">{patient.address}</span>}
          <span>
            {t(`page.phone-${patient.reach.use}`)}
            {patient.reach.safeHours && (
              <>
                , <b>{t('page.safe', { hours: `${patient.reach.safeHours.from}–${patient.reach.safeHours.to}` })}</b>
              </>
            )}
          </span>
          {box && !box.boxId && <span>{t('page.no-box')}</span>}
          {box?.boxId && (
            <span>
              {t('page.box')}{' '}
              <b>
                {box.boxId}
                {heardSays}
              </b>
            </span>
          )}
        </p>
        <PrintedBy zone={patient.zone} />
        <FileState of={doses.file} />
      </div>
      <div class="do">
        <CallButton patient={patient} stopped={stopped?.reason} />
        {!stopped && (
          <>
            <Button icon="out" onClick={() => props.onAct('away')}>
              {t('page.away')}
            </Button>
            <Button class="only-desk" icon="tick" onClick={() => props.onAct('dose')}>
              {t('page.evidence')}
            </Button>
          </>
        )}
        <PatientMenu stopped={stopped?.reason} onAct={props.onAct} onDoses={() => void doses.save()} />
      </div>
    </header>
  );
}

function monthSays({ monthOfTreatment: month, monthsPlanned: of }: NonNullable<CourseView['plan']>, t: Text<'work'>) {
  return of ? t('page.month', { month, of }) : t('page.month-open', { month });
}

/** Whole years; a said age grows with the years since it was said. */
function ageOf({ age, ageSaidOn }: PatientProfile, today: string): number {
  const from = age.kind === 'born' ? age.on : ageSaidOn;
  const years = Number(today.slice(0, 4)) - Number(from.slice(0, 4)) - (today.slice(5) < from.slice(5) ? 1 : 0);
  return age.kind === 'born' ? years : age.years + years;
}

function mondayOf(localDate: string): string {
  const weekday = new Date(`${localDate}T12:00:00Z`).getUTCDay() || 7;
  return addDays(localDate, 1 - weekday);
}
