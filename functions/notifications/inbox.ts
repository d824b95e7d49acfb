import type { Page } from '../shared/table.ts';
import type { Tools } from '../shared/tools.ts';
import type { InboxView, Notice } from './contract.ts';
import type { Delivery } from './delivery.ts';
import { logPage, markRead } from './store.ts';
import { say } from './words.ts';

const pageSize = 40;
const shown: readonly Delivery['state'][] = ['sent', 'folded', 'undelivered', 'sending'];

/** What a person was told, newest first; one notice per message, however many channels carried it. */
export async function inbox(tools: Tools, userId: string, language: string, cursor?: string): Promise<InboxView> {
  const page: Page<Delivery> = await logPage(tools, userId, pageSize, cursor);
  const notices = new Map<string, Notice>();
  for (const delivery of page.items) {
    if (!shown.includes(delivery.state)) continue;
    const notice = noticeOf(delivery, language);
    const before = notices.get(notice.messageId);
    const readAt = before?.readAt ?? notice.readAt;
    notices.set(notice.messageId, { ...notice, ...(readAt !== undefined && { readAt }) });
  }
  const all = [...notices.values()];
  return {
    notices: all,
    unread: all.filter((notice) => notice.readAt === undefined).length,
    ...(page.next !== undefined && { next: page.next }),
  };
}

function noticeOf({ request, readAt }: Delivery, language: string): Notice {
  return {
    messageId: request.messageId,
    at: request.at,
    ...say(request.template, request.params, language),
    ...(request.path !== undefined && { path: request.path }),
    severity: request.severity,
    ...(readAt !== undefined && { readAt }),
  };
}

/** Marks what was read on screen, in the newest two pages; older ones are not shown as new. */
export async function readNotices(tools: Tools, userId: string, messageIds: readonly string[]): Promise<void> {
  const { items } = await logPage(tools, userId, pageSize * 2);
  const mine = items.filter(({ request, readAt }) => readAt === undefined && messageIds.includes(request.messageId));
  await Promise.all(mine.map((delivery) => markRead(tools, delivery, tools.now())));
}
