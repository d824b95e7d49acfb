import type { Repeat } from '../../../../functions/treatment/contract.ts';
import { useDates } from '../../text/dates.ts';
import { useText } from '../../text/text.ts';

/** "Monday, Wednesday, Friday", "every other day". */
export function useRepeatSays(): (repeat: Repeat) => string {
  const t = useText('prescribe');
  const names = useDates().weekdays('monday');
  return (repeat) =>
    repeat.kind === 'weekdays'
      ? repeat.weekdays.map((weekday) => names[weekday - 1]?.long).join(', ')
      : t(`repeat.${repeat.kind}`);
}
