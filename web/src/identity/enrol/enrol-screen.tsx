import { useEffect, useState } from 'preact/hooks';
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
  usePage(t('enrol.title'));
  const enrolmentId = query.at;
  const [begun, begin] = useBegun(enrolmentId);
  const open = useRead<EnrolmentsView>(
    [viewer.userId, team.teamId, 'enrolments'],
    `/api/identity/teams/${team.teamId}/enrolments`,
    { enabled: !enrolmentId },
  );
  const known = useRead<EnrolmentView>(
    [viewer.userId, team.teamId, 'enrolment', enrolmentId ?? ''],
    `/api/identity/teams/${team.teamId}/enrolments/${enrolmentId}`,
    { enabled: enrolmentId !== undefined && enrolmentId !== 'new' && enrolmentId !== begun },
  );
  if (enrolmentId === 'new' || enrolmentId === begun)
    return <EnrolSitting key={begun} enrolmentId={begun} known={undefined} onSaved={begin} />;
  if (enrolmentId)
    return (
      <Read of={known}>
        {(view) => <EnrolSitting key={view.enrolmentId} enrolmentId={view.enrolmentId} known={view} />}
      </Read>
    );
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

/**
 * The id of the sitting that begins here. Once it was saved the address names it, so that a reload goes on; whoever leaves
 * it and begins again begins with another.
 */
function useBegun(at: string | undefined): [string, () => void] {
  const { route } = useLocation();
  const [begun, setBegun] = useState({ id: newId(), saved: false });
  useEffect(() => {
    if (begun.saved && at !== begun.id) setBegun({ id: newId(), saved: false });
  }, [at]);
  const begin = () => {
    if (begun.saved) return;
    setBegun({ ...begun, saved: true });
    route(`/enrol?at=${begun.id}`, true);
  };
  return [begun.id, begin];
}

const newId = () => `enr_${crypto.randomUUID()}`;

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
