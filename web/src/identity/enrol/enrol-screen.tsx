import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import '../../look/enrol.css';
import type * as z from 'zod/mini';
import type { EnrolmentsView as EnrolmentsShape, EnrolmentView } from '../../../../functions/identity/contract.ts';
import { useTeam } from '../../alerts/team.ts';
import { Button, LinkButton } from '../../look/controls.tsx';
import { Empty } from '../../look/states.tsx';
import { Read } from '../../shell/edges.tsx';
import { usePage } from '../../shell/page.ts';
import { useRead } from '../../shell/queries.ts';
import { useViewer } from '../../shell/session.ts';
import { useText } from '../../text/text.ts';
import { EnrolSitting } from './enrol-sitting.tsx';

type EnrolmentsView = z.infer<typeof EnrolmentsShape>;

/** Enrolment begins here, or goes on where somebody was called away. */
export default function EnrolScreen() {
  const t = useText('admin');
  const viewer = useViewer();
  const team = useTeam();
  const { query } = useLocation();
  const [started] = useState(() => `enr_${crypto.randomUUID()}`);
  usePage(t('enrol.title'));
  const enrolmentId = query.at;
  const open = useRead<EnrolmentsView>(
    [viewer.userId, team.teamId, 'enrolments'],
    `/api/identity/teams/${team.teamId}/enrolments`,
    { enabled: !enrolmentId },
  );
  const known = useRead<EnrolmentView>(
    [viewer.userId, team.teamId, 'enrolment', enrolmentId ?? ''],
    `/api/identity/teams/${team.teamId}/enrolments/${enrolmentId}`,
    { enabled: enrolmentId !== undefined && enrolmentId !== 'new' },
  );
  if (enrolmentId === 'new') return <EnrolSitting enrolmentId={started} known={undefined} />;
  if (enrolmentId)
    return <Read of={known}>{(view) => <EnrolSitting enrolmentId={view.enrolmentId} known={view} />}</Read>;
  return (
    <main id="main" tabIndex={-1} class="sheet-page">
      <div class="h-row">
        <h1>{t('enrol.title')}</h1>
        <div class="end">
          <LinkButton voice="go" icon="plus" href="/enrol?at=new">
            {t('enrol.new')}
          </LinkButton>
        </div>
      </div>
      <Read of={open}>{(view) => <Unfinished view={view} />}</Read>
    </main>
  );
}

function Unfinished({ view }: { view: EnrolmentsView }) {
  const t = useText('admin');
  const { route } = useLocation();
  if (view.enrolments.length === 0) return <Empty title={t('enrol.none')} says={t('enrol.none-says')} />;
  return (
    <section class="sec">
      <header>
        <h2>{t('enrol.open')}</h2>
        <span class="n">{view.enrolments.length}</span>
      </header>
      <ul class="people">
        {view.enrolments.map((one) => (
          <li key={one.enrolmentId}>
            <div class="who-name">
              <b class="strong">{one.given.who?.name ?? t('enrol.no-name')}</b> <span class="quiet">{one.code}</span>
            </div>
            <Button onClick={() => route(`/enrol?at=${one.enrolmentId}`)}>{t('enrol.continue')}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
