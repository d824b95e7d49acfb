import { useNow } from '../shell/clock.ts';
import { useViewer } from '../shell/session.ts';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';

/** On paper only: when and by whom it was printed, and that it is a record. Paper is read in other years too. */
export function PrintedBy({ zone }: { zone: string }) {
  const t = useText('files');
  const dates = useDates();
  const viewer = useViewer();
  const now = useNow().toISOString();
  const today = dates.localDate(now, zone);
  const time = `${dates.short(today)} ${today.slice(0, 4)}, ${dates.clock(now, zone)}`;
  return <p class="only-paper meta">{t('printed', { time, name: viewer.name })}</p>;
}
