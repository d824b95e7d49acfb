import { randomFrom } from '../flow/queues.ts';

export type Random = () => number;

/** How a person takes pills. */
export type Habit = {
  /** Chance that a dose is taken on an ordinary day. */
  readonly adherence: number;
  readonly lateMinutes: number;
  /** Takes no dose in this stretch of days, whatever the reason. */
  readonly stops?: { readonly day: number; readonly days: number };
  /** Takes out several doses at one opening on this day, and swallows them on time. */
  readonly pocket?: { readonly day: number; readonly days: number; readonly declared: boolean };
  /** Chance of another opening of the same dose within ten minutes. */
  readonly curiosity: number;
};

/** What is wrong with a box and its network. */
export type Faults = {
  readonly driftSecondsPerDay: number;
  /** The clock was set wrongly in the factory. */
  readonly offsetMinutes: number;
  /** No network: the box keeps what it has to say. */
  readonly outages: readonly { readonly day: number; readonly hours: number }[];
  /** Battery flat: nothing is noticed; then somebody charges it, and the clock begins in the year 2000. */
  readonly flat?: { readonly day: number; readonly hours: number };
  /** Chance that a message is sent again. */
  readonly duplicates: number;
  /** Chance that the messages of an upload arrive in another order. */
  readonly disorder: number;
};

export type Personality = {
  readonly index: number;
  readonly boxId: string;
  readonly uploadIntervalHours: 1 | 12 | 48;
  /** Tells an opening at once when there is network; the others only at their interval. */
  readonly live: boolean;
  readonly doseTime: string;
  readonly templateId: 'daily-tablet' | '2hrze-4hr' | 'bpalm';
  readonly weightKg: number;
  readonly habit: Habit;
  readonly faults: Faults;
};

const doseTimes = ['06:30', '07:30', '08:00', '08:00', '08:30', '20:00'];

/** A fleet of one seed: mostly people who take their pills and boxes that work, and enough of all that goes wrong. */
export function fleetOf(count: number, days: number, seed: number): readonly Personality[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, index) => onePersonality(index, days, random));
}

function onePersonality(index: number, days: number, random: Random): Personality {
  const chance = (of: number) => random() < of;
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  const uploadIntervalHours = pick(random, [1, 12, 12, 12, 48] as const);
  const stretch = (longest: number) => ({ day: whole(1, Math.max(1, days - 2)), days: whole(2, longest) });
  return {
    index,
    boxId: `CC-${7000 + index}`,
    uploadIntervalHours,
    live: uploadIntervalHours === 1,
    doseTime: pick(random, doseTimes),
    templateId: pick(random, ['daily-tablet', '2hrze-4hr', '2hrze-4hr', '2hrze-4hr', 'bpalm'] as const),
    weightKg: whole(36, 69),
    habit: {
      adherence: chance(0.78) ? 0.99 : pick(random, [0.95, 0.9, 0.8]),
      lateMinutes: whole(3, 70),
      curiosity: chance(0.3) ? 0.15 : 0.02,
      ...(chance(0.08) && { stops: stretch(7) }),
      ...(chance(0.04) && { pocket: { ...stretch(3), declared: chance(0.7) } }),
    },
    faults: {
      driftSecondsPerDay: Math.round((random() - 0.5) * 30),
      offsetMinutes: chance(0.04) ? pick(random, [-150, -45, 45, 150]) : 0,
      outages: chance(0.25) ? [{ day: whole(0, days - 1), hours: whole(6, 70) }] : [],
      ...(chance(0.1) && { flat: { day: whole(1, Math.max(1, days - 3)), hours: whole(20, 90) } }),
      duplicates: chance(0.5) ? 0.2 : 0.02,
      disorder: chance(0.5) ? 0.3 : 0,
    },
  };
}

export function pick<T>(random: Random, list: readonly T[]): T {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
}
