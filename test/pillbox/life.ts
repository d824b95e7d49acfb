import {
  addDays,
  addSeconds,
  epochMilliseconds,
  type Instant,
  instantAt,
  type LocalDate,
  toInstant,
} from '../../functions/shared/time.ts';
import { randomFrom } from '../flow/queues.ts';
import type { Personality } from './personality.ts';

export const zone = 'Asia/Kolkata';

/** One prescribed dose and what really happened: nobody in the product knows this. */
export type TrueDose = {
  readonly localDate: LocalDate;
  readonly plannedAt: Instant;
  readonly closesAt: Instant;
  readonly taken: boolean;
  /** The lid was moved while the box could notice it. */
  readonly noticed: boolean;
  /** Taken from the pocket, and the nurse was told before. */
  readonly declared: boolean;
};

/** A movement of the lid, noticed or not. */
export type LidOpening = { readonly at: Instant; readonly localDate: LocalDate; readonly durationMs: number };

export type Life = {
  readonly personality: Personality;
  readonly doses: readonly TrueDose[];
  /** What the box noticed, in order. */
  readonly openings: readonly LidOpening[];
  /** Stretches in which the box is dead. */
  readonly dead: readonly Stretch[];
  /** Stretches without network. */
  readonly offline: readonly Stretch[];
};

export type Stretch = { readonly from: Instant; readonly to: Instant };

const dayRollsAt = '03:00';

/** A person's days with their box, by the seed: pure, so that every run of it is the same. */
export function lifeOf(personality: Personality, firstDate: LocalDate, days: number, seed: number): Life {
  const random = randomFrom(seed * 1009 + personality.index);
  const { habit, faults } = personality;
  const startsAt = instantAt(firstDate, dayRollsAt, zone);
  const dead = faults.flat ? [stretchFrom(startsAt, faults.flat.day, faults.flat.hours)] : [];
  const offline = faults.outages.map((outage) => stretchFrom(startsAt, outage.day, outage.hours));
  const doses: TrueDose[] = [];
  const openings: LidOpening[] = [];
  for (let day = 0; day < days; day++) {
    const localDate = addDays(firstDate, day);
    const plannedAt = instantAt(localDate, personality.doseTime, zone);
    const stopped = habit.stops !== undefined && isWithin(day, habit.stops);
    const pocketed = habit.pocket !== undefined && day > habit.pocket.day && isWithin(day, habit.pocket);
    const taken = !stopped && (pocketed || random() < habit.adherence);
    const opened = taken && !pocketed ? openingsOf(personality, plannedAt, localDate, random) : [];
    const noticed = opened.filter((one) => !isIn(dead, one.at));
    openings.push(...noticed);
    const closesAt = instantAt(addDays(localDate, 1), dayRollsAt, zone);
    const declared = pocketed && habit.pocket?.declared === true;
    doses.push({ localDate, plannedAt, closesAt, taken, noticed: noticed.length > 0, declared });
  }
  return { personality, doses, openings, dead, offline };
}

function openingsOf(
  { habit }: Personality,
  plannedAt: Instant,
  localDate: LocalDate,
  random: () => number,
): LidOpening[] {
  const late = Math.floor(habit.lateMinutes * 60 * (0.3 + 1.4 * random())) - 600;
  const at = addSeconds(plannedAt, late);
  const durationMs = 8_000 + Math.floor(random() * 70_000);
  const first = { at, localDate, durationMs };
  return random() < habit.curiosity
    ? [first, { at: addSeconds(at, 60 + Math.floor(random() * 500)), localDate, durationMs: 4_000 }]
    : [first];
}

function isWithin(day: number, stretch: { readonly day: number; readonly days: number }): boolean {
  return day >= stretch.day && day < stretch.day + stretch.days;
}

function stretchFrom(startsAt: Instant, day: number, hours: number): Stretch {
  const from = addSeconds(startsAt, day * 86_400 + 5 * 3600);
  return { from, to: addSeconds(from, hours * 3600) };
}

export function isIn(stretches: readonly Stretch[], at: Instant): boolean {
  return stretches.some((one) => one.from <= at && at < one.to);
}

export function middleOf(from: Instant, to: Instant): Instant {
  return toInstant((epochMilliseconds(from) + epochMilliseconds(to)) / 2);
}
