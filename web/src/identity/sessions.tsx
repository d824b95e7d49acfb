import type { SessionView } from '../../../functions/identity/contract.ts';
import { Button } from '../look/controls.tsx';
import { useTell } from '../look/toast.tsx';
import { ask } from '../shell/api.ts';
import { Read, sayProblem } from '../shell/edges.tsx';
import { type QueryKey, queries, useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';
import { useLeave } from './leave.tsx';
import { MePage } from './me.tsx';

export default function Sessions() {
  const t = useText('me');
  return (
    <MePage title={t('devices')}>
      <SessionList />
    </MePage>
  );
}

/** Every device on which I am signed in; each can be shut out, or all at once. */
export function SessionList() {
  const t = useText('me');
  const s = useText('shell');
  const viewer = useViewer();
  const { toast } = useTell();
  const leave = useLeave();
  const key: QueryKey = [viewer.userId, viewer.userId, 'sessions'];
  const sessions = useRead<{ sessions: SessionView[] }>(key, '/api/identity/me/sessions');
  const end = async (session: SessionView) => {
    try {
      await ask(`/api/identity/me/sessions/${session.sessionId}`, { method: 'DELETE' });
      toast(t('devices.ended', { device: session.device }));
      await queries.invalidateQueries({ queryKey: key });
    } catch (error) {
      toast(sayProblem(s, error));
    }
  };
  return (
    <Read of={sessions} rows={2}>
      {(view) => (
        <>
          <ul class="plain">
            {view.sessions.map((session) => (
              <SessionLine key={session.sessionId} session={session} onEnd={() => void end(session)} />
            ))}
          </ul>
          <Button wide onClick={() => void leave(true)}>
            {t('devices.all')}
          </Button>
        </>
      )}
    </Read>
  );
}

function SessionLine({ session, onEnd }: { session: SessionView; onEnd: () => void }) {
  const t = useText('me');
  const dates = useDates();
  const { zone } = useViewer();
  return (
    <li class="line">
      <span>
        {session.device || t('devices.unknown')}
        <small>
          {session.current ? t('devices.this') : t('devices.seen', { time: dates.stamp(session.lastSeenAt, zone) })}
        </small>
      </span>
      {!session.current && (
        <Button onClick={onEnd} aria-label={t('devices.end.of', { device: session.device })}>
          {t('devices.end')}
        </Button>
      )}
    </li>
  );
}
