import { useEffect } from 'preact/hooks';
import type { InboxView } from '../../../functions/notifications/contract.ts';
import { Empty } from '../look/states.tsx';
import { post } from '../shell/api.ts';
import { Read } from '../shell/edges.tsx';
import { usePage } from '../shell/page.ts';
import { PatientFrame } from '../shell/patient-frame.tsx';
import { type QueryKey, queries, useRead } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';

/** What the clinic said to me, newest first. Opening the page counts as reading it. */
export default function Messages() {
  const t = useText('patient');
  const viewer = useViewer();
  const key: QueryKey = [viewer.userId, viewer.userId, 'inbox'];
  const inbox = useRead<InboxView>(key, '/api/notifications/inbox', { keepDays: 7 });
  usePage(t('messages'));
  const unread = inbox.data?.notices.filter(({ readAt }) => !readAt).map(({ messageId }) => messageId) ?? [];
  const all = unread.join();
  useEffect(() => {
    if (!all) return;
    post('/api/notifications/inbox/read', { messageIds: unread }).then(
      () => queries.invalidateQueries({ queryKey: key }),
      () => undefined,
    );
  }, [all]);
  return (
    <PatientFrame current="messages" title={t('messages')} zone={viewer.zone}>
      <h1 class="vh">{t('messages')}</h1>
      <Read of={inbox}>
        {({ notices }) =>
          notices.length === 0 ? (
            <Empty title={t('messages.none')} says={t('messages.none.says')} />
          ) : (
            <Notices notices={notices} zone={viewer.zone} />
          )
        }
      </Read>
    </PatientFrame>
  );
}

function Notices({ notices, zone }: { notices: InboxView['notices']; zone: string }) {
  const t = useText('patient');
  const dates = useDates();
  return (
    <ul class="plain">
      {notices.map((notice) => (
        <li key={notice.messageId} class="notice">
          <p class="meta">
            <time dateTime={notice.at}>{dates.stamp(notice.at, zone)}</time>
            {!notice.readAt && <b class="new"> {t('messages.new')}</b>}
          </p>
          <h2>{notice.title}</h2>
          <p>{notice.text}</p>
        </li>
      ))}
    </ul>
  );
}
