import type * as z from 'zod/mini';
import type { QuarantineEntry, ReplayAnswer as ReplayShape } from '../../../functions/devices/contract.ts';
import { Button } from '../look/controls.tsx';
import { Empty } from '../look/states.tsx';
import { Technical } from '../look/technical.tsx';
import { post } from '../shell/api.ts';
import { usePage } from '../shell/page.ts';
import { Pages, usePages } from '../shell/pages.tsx';
import { useAct } from '../shell/save.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';

type ReplayAnswer = z.infer<typeof ReplayShape>;

interface Quarantined {
  entries: QuarantineEntry[];
  next?: string;
}

/** What boxes sent and we could not believe: the reason, the words as they came, and the way back in. */
export default function QuarantineScreen() {
  const t = useText('admin');
  const viewer = useViewer();
  usePage(t('quarantine.title'));
  const work = useText('work');
  const list = usePages<Quarantined>([viewer.userId, 'quarantine', 'open'], '/api/devices/quarantine?state=open');
  return (
    <main id="main" tabIndex={-1} class="sheet-page">
      <h1>{t('quarantine.title')}</h1>
      <Pages of={list} more={work('patients.more')}>
        {(pages) => <Entries entries={pages.flatMap((page) => page.entries)} />}
      </Pages>
    </main>
  );
}

function Entries({ entries }: { entries: readonly QuarantineEntry[] }) {
  const t = useText('admin');
  if (entries.length === 0) return <Empty title={t('quarantine.empty')} says={t('quarantine.empty-says')} />;
  return (
    <ul class="people">
      {entries.map((entry) => (
        <Entry key={entry.quarantineId} entry={entry} />
      ))}
    </ul>
  );
}

function Entry({ entry }: { entry: QuarantineEntry }) {
  const t = useText('admin');
  const dates = useDates();
  const { zone } = useViewer();
  const act = useAct('quarantine');
  const path = `/api/devices/quarantine/${encodeURIComponent(entry.quarantineId)}`;
  const replay = (acceptEstimate: boolean) =>
    act(
      () => post<ReplayAnswer>(`${path}/replay`, acceptEstimate ? { acceptEstimate } : {}),
      ({ outcome }) => t(`quarantine.replayed.${outcome}`),
    );
  return (
    <li>
      <div class="who-name">
        <b class="strong">{entry.boxId}</b> · {t(`quarantine.reason.${entry.reason}`)}
        <p>{t(`quarantine.says.${entry.reason}`)}</p>
        <p class="meta">
          {dates.stamp(entry.receivedAt, zone)}
          {entry.estimatedAt && ` · ${t('quarantine.estimated', { time: dates.stamp(entry.estimatedAt, zone) })}`}
        </p>
        <Technical says={entry.detail} />
        <code class="technical" lang="zxx">
          {entry.excerpt}
        </code>
      </div>
      <Button onClick={() => void replay(false)}>{t('quarantine.replay')}</Button>
      {entry.estimatedAt && <Button onClick={() => void replay(true)}>{t('quarantine.accept')}</Button>}
      <Button
        onClick={() =>
          void act(
            () => post(`${path}/dismiss`, {}),
            () => t('quarantine.dismissed'),
          )
        }
      >
        {t('quarantine.dismiss')}
      </Button>
    </li>
  );
}
