import { useState } from 'preact/hooks';
import { Button } from '../look/controls.tsx';
import { Dialog } from '../look/dialog.tsx';
import { Strip } from '../look/frame.tsx';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';
import { network } from './network.ts';
import { drop, outbox, type Waiting } from './outbox.ts';
import { useStore } from './store.ts';

/** What is kept here and that it goes out once; nothing at all when there is nothing to say. */
export function KeptStrip({ zone }: { zone: string }) {
  const t = useText('shell');
  const { answering, lastAnswerAt } = useStore(network);
  const waiting = useStore(outbox);
  const [open, setOpen] = useState(false);
  const dates = useDates();
  const refused = waiting.filter((saying) => saying.refused).length;
  const unsent = waiting.length - refused;
  if (answering && waiting.length === 0) return null;
  const says =
    refused > 0
      ? t('offline.refused', { count: refused })
      : answering
        ? t('offline.sending', { count: unsent })
        : unsent > 0
          ? t('offline.kept', { count: unsent })
          : t('offline.none', { time: dates.spoken(new Date(lastAnswerAt).toISOString(), zone) });
  return (
    <>
      <Strip icon={answering ? 'refresh' : 'offline'}>
        {says}{' '}
        {waiting.length > 0 && (
          <button type="button" class="as-link" onClick={() => setOpen(true)}>
            {t('offline.show')}
          </button>
        )}
      </Strip>
      {open && <Queue waiting={waiting} zone={zone} onClose={() => setOpen(false)} />}
    </>
  );
}

function Queue({ waiting, zone, onClose }: { waiting: readonly Waiting[]; zone: string; onClose: () => void }) {
  const t = useText('shell');
  const dates = useDates();
  return (
    <Dialog title={t('queue.title')} closeWord={t('close')} onClose={onClose}>
      <p class="meta">{waiting.length > 0 ? t('queue.says') : t('queue.empty')}</p>
      <ul class="queue">
        {waiting.map((saying) => (
          <li key={saying.place} class="line">
            <span>
              {t(saying.about)}
              <small>{dates.stamp(saying.saidAt, zone)}</small>
              {saying.refused && <small class="err">{t('queue.refused', { detail: saying.refused.detail })}</small>}
            </span>
            <Button onClick={() => void drop(saying.place)}>{t(saying.refused ? 'queue.read' : 'queue.drop')}</Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
