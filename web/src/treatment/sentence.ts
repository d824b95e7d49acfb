import type { DoseSlotView, TodayView } from '../../../functions/treatment/contract.ts';
import { pillCount } from '../look/pill.tsx';
import { useDates } from '../text/dates.ts';
import { useText } from '../text/text.ts';

const lastMinuteOfDay = 20 * 60;

/** "Take 5 tablets", "With food. Any time today.": the sentence of the card, and all of it read out. */
export function useSlotSentence(slot: DoseSlotView, view: TodayView): { title: string; how: string; spoken: string } {
  const t = useText('patient');
  const dates = useDates();
  const count = slot.totalCount;
  const title = t(`take.${slot.unit}`, {
    count: Number.isInteger(count) ? count : Math.ceil(count),
    n: pillCount(count),
  });
  const food = t(`food.${slot.food}`);
  const onlyOne = view.slots.length <= 1;
  const openMinutes = (Date.parse(slot.closesAt) - Date.parse(slot.opensAt)) / 60_000;
  const when =
    onlyOne && openMinutes >= lastMinuteOfDay
      ? t('when.any')
      : t('when.before', { time: dates.spoken(slot.closesAt, view.zone) });
  const how = [food, when].filter(Boolean).join(' ');
  return { title, how, spoken: `${dates.long(view.localDate)}. ${title}. ${how}` };
}
