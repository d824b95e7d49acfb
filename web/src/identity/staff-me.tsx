import { Button } from '../look/controls.tsx';
import { useTell } from '../look/toast.tsx';
import { PreferencesForm } from '../notifications/preferences-form.tsx';
import { TeamTopics } from '../notifications/team-topic.tsx';
import { sayProblem } from '../shell/edges.tsx';
import { usePage } from '../shell/page.ts';
import { lockDevice, useViewer } from '../shell/session.ts';
import { useText } from '../text/text.ts';
import { ChangePassword } from './change-password.tsx';
import { LeaveSection } from './leave.tsx';
import { LineLink } from './line-link.tsx';
import { LookSection } from './look-section.tsx';
import { SessionList } from './sessions.tsx';
import '../look/patient.css';

/** A member of staff's own page: leave the desk, how I am told, how it looks, where I am signed in. */
export default function StaffMe() {
  const t = useText('me');
  const s = useText('shell');
  const staff = useText('staff');
  const viewer = useViewer();
  const { toast } = useTell();
  usePage(viewer.name);
  return (
    <main id="main" class="list narrow" tabIndex={-1}>
      <div class="stack">
        <header class="who-am-i">
          <h1>{viewer.name}</h1>
        </header>
        {viewer.teams.length > 0 && (
          <nav class="plain" aria-label={staff('my-team')}>
            {viewer.teams.map(({ teamId, name }) => (
              <LineLink key={teamId} href={`/team?at=${teamId}`} icon="users" says={staff('my-team.says')}>
                {name}
              </LineLink>
            ))}
          </nav>
        )}
        <Button
          voice="go"
          wide
          icon="lock"
          onClick={() => void lockDevice().catch((error: unknown) => toast(sayProblem(s, error)))}
        >
          {t('lock')}
        </Button>
        <p class="meta">{t('lock.says')}</p>
        <h2>{t('notifications')}</h2>
        <PreferencesForm />
        <TeamTopics />
        <LookSection />
        <h2>{t('devices')}</h2>
        <SessionList />
        <ChangePassword />
        <LeaveSection />
      </div>
    </main>
  );
}
