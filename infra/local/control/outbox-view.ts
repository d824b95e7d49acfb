import type { OutboxEntry } from '../aws/index.ts';

/** What left the building, narrowed by `service`, `to`, `contains`, `status`, `since` (an instant) and `limit` (the newest). */
export function outboxView(entries: readonly OutboxEntry[], query: URLSearchParams): OutboxEntry[] {
  const asked = (name: string) => query.get(name) ?? undefined;
  const [service, to, contains, status, since] = ['service', 'to', 'contains', 'status', 'since'].map(asked);
  const found = entries.filter(
    (entry) =>
      (service === undefined || entry.service === service) &&
      (to === undefined || entry.to === to) &&
      (status === undefined || entry.status === status) &&
      (since === undefined || entry.at >= since) &&
      (contains === undefined || `${entry.subject ?? ''} ${entry.text}`.includes(contains)),
  );
  const limit = asked('limit');
  return limit === undefined ? found : found.slice(-Number(limit));
}
