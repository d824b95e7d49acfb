import { useEffect } from 'preact/hooks';
import type { InboxView } from '../../../functions/notifications/contract.ts';
import { Empty } from '../look/states.tsx';
import { post } from '../shell/api.ts';
import { usePage } from '../shell/page.ts';
import { Pages } from '../shell/pages.tsx';
import { PatientFrame } from '../shell/patient-frame.tsx';
import { subjectChanged } from '../shell/queries.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';
import { useInbox } from './inbox.ts';

/** What the clinic said to me, newest first. Opening the page counts as reading it. */
export default function Messages() {
  const t = useText('patient');
  const viewer = useViewer();
  const inbox = useInbox();
  usePage(t('messages'));
  const notices = inbox.data?.pages.flatMap((page) => page.notices) ?? [];
  const unread = notices.filter(({ readAt }) => !readAt).map(({ messageId }) => messageId);
  const all = unread.join();
  useEffect(() => {
    if (!all) return;
    post('/api/notifications/inbox/read', { messageIds: unread }).then(
      () => subjectChanged(viewer.userId),
      () => undefined,
    );
  }, [all]);
  return (
    <PatientFrame current="messages" title={t('messages')} zone={viewer.zone}>
      <h1 class="vh">{t('messages')}</h1>
      <Pages of={inbox} more={t('messages.earlier')}>
        {() =>
          notices.length === 0 ? (
            <Empty title={t('messages.none')} says={t('messages.none.says')} />
          ) : (
            <Notices notices={notices} zone={viewer.zone} />
          )
        }
      </Pages>
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
