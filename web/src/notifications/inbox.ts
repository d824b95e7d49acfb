import type { InboxView } from '../../../functions/notifications/contract.ts';
import { usePages } from '../shell/pages.tsx';
import { useViewer } from '../shell/session.ts';

/** What the clinic said to me, newest first; kept on this device for a week. */
export function useInbox() {
  const { userId } = useViewer();
  return usePages<InboxView>([userId, userId, 'inbox-pages'], '/api/notifications/inbox', { keepDays: 7 });
}
