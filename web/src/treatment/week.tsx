import type { StatusKey, TodayView } from '../../../functions/treatment/contract.ts';
import { WeekStrip } from '../look/calendar.tsx';
import { useDates } from '../text/dates.ts';
import { useLanguage, useText } from '../text/text.ts';
import { patientGlyph, patientWord } from './patient-status.ts';
import type { Sayings } from './sayings.ts';

/** The last seven days in shapes; what waits on this phone counts as told. */
export function Week({ view, sayings }: { view: TodayView; sayings?: Sayings }) {
  const t = useText('patient');
  const dates = useDates();
  const lang = useLanguage();
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
          ...(status && { glyph: patientGlyph(status), word: patientWord(status, lang) }),
        };
      })}
    />
  );
}
