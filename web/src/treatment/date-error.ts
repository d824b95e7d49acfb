import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';

/** Why a day of treatment that has passed cannot be this one; undefined when it can. */
export function useDateError(localDate: string, start: string | undefined, today: string): string | undefined {
  const t = useText('work');
  const dates = useDates();
  if (localDate === '') return undefined;
  if (localDate > today) return t('date.future');
  if (start !== undefined && localDate < start) return t('date.early', { date: dates.dated(start) });
  return undefined;
}
