import { useState } from 'preact/hooks';
import type * as z from 'zod/mini';
import type { QuarantineEntry, ReplayAnswer as ReplayShape } from '../../../functions/devices/contract.ts';
import { Button } from '../look/controls.tsx';
import { Empty } from '../look/states.tsx';
import { useTell } from '../look/toast.tsx';
import { get, post } from '../shell/api.ts';
import { Read, sayProblem } from '../shell/edges.tsx';
import { usePage } from '../shell/page.ts';
import { subjectChanged, useRead } from '../shell/queries.ts';
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
  const list = useRead<Quarantined>([viewer.userId, 'quarantine', 'open'], '/api/devices/quarantine?state=open');
  return (
    <main id="main" tabIndex={-1} class="sheet-page">
      <h1>{t('quarantine.title')}</h1>
      <Read of={list}>{(first) => <Entries first={first} />}</Read>
    </main>
  );
}

function Entries({ first }: { first: Quarantined }) {
  const t = useText('admin');
  const work = useText('work');
  const [more, setMore] = useState<Quarantined>({ entries: [] });
  const next = more.entries.length > 0 ? more.next : first.next;
  if (first.entries.length === 0) return <Empty title={t('quarantine.empty')} says={t('quarantine.empty-says')} />;
  const fetchMore = async () => {
    const page = await get<Quarantined>(`/api/devices/quarantine?state=open&cursor=${encodeURIComponent(next ?? '')}`);
    setMore({ ...page, entries: [...more.entries, ...page.entries] });
  };
  return (
    <>
      <ul class="people">
        {[...first.entries, ...more.entries].map((entry) => (
          <Entry key={entry.quarantineId} entry={entry} />
        ))}
      </ul>
      {next && <Button onClick={() => void fetchMore()}>{work('patients.more')}</Button>}
    </>
  );
}

function Entry({ entry }: { entry: QuarantineEntry }) {
  const t = useText('admin');
  const shell = useText('shell');
  const dates = useDates();
  const { zone } = useViewer();
  const { toast } = useTell();
  const path = `/api/devices/quarantine/${encodeURIComponent(entry.quarantineId)}`;
  const act = async (run: () => Promise<string>) => {
    try {
      toast(await run());
      subjectChanged('quarantine');
    } catch (error) {
      toast(sayProblem(shell, error));
    }
  };
  const replay = (acceptEstimate: boolean) =>
    act(async () => {
      const { outcome } = await post<ReplayAnswer>(`${path}/replay`, acceptEstimate ? { acceptEstimate } : {});
      return t('quarantine.replayed', { outcome });
    });
  return (
    <li>
      <div class="who-name">
        <b class="strong">{entry.boxId}</b> · {t(`quarantine.reason.${entry.reason}`)}
        <p class="meta">
          {dates.stamp(entry.receivedAt, zone)}. {entry.detail}{' '}
          {entry.estimatedAt && t('quarantine.estimated', { time: dates.stamp(entry.estimatedAt, zone) })}
        </p>
        <code class="excerpt">{entry.excerpt}</code>
      </div>
      <Button onClick={() => void replay(false)}>{t('quarantine.replay')}</Button>
      {entry.estimatedAt && <Button onClick={() => void replay(true)}>{t('quarantine.accept')}</Button>}
      <Button
        onClick={() =>
          void act(async () => {
            await post(`${path}/dismiss`, {});
            return t('quarantine.dismissed');
          })
        }
      >
        {t('quarantine.dismiss')}
      </Button>
    </li>
  );
}
