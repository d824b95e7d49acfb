import type { StatusKey, TodayView } from '../../../functions/treatment/contract.ts';
import { WeekStrip } from '../look/calendar.tsx';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';
import { patientGlyph, useStatusWord } from './patient-status.ts';
import type { Sayings } from './sayings.ts';

/** The last seven days in shapes; what waits on this phone counts as told. */
export function Week({ view, sayings }: { view: TodayView; sayings?: Sayings }) {
  const t = useText('patient');
  const dates = useDates();
  const wordOf = useStatusWord(view.patientId);
  const told = (localDate: string, status: StatusKey | undefined): StatusKey | undefined =>
    localDate === view.localDate && sayings?.said?.what === 'taken' && view.slots.length === 1 ? 'said' : status;
  return (
    <WeekStrip
      label={t('week')}
      days={view.week.map(({ localDate, status: known }) => {
        const status = told(localDate, known);
        return {
          localDate,
          weekday: dates.weekday(localDate),
          today: localDate === view.localDate,
          ...(status && { glyph: patientGlyph(status), word: wordOf(status) }),
        };
      })}
    />
  );
}
