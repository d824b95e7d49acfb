import type { Text } from '../text/text.ts';

const known = ['day', 'morning', 'noon', 'afternoon', 'evening', 'night'] as const;

/** `Morning`; a slot that a plan named in its own way stays as it is. */
export function slotTitle(name: string, t: Text<'work'>): string {
  const word = known.find((one) => one === name);
  return word ? t(`slot.${word}`) : name;
}
