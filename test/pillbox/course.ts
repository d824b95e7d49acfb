import { addDays, addSeconds, type Instant, instantAt, type LocalDate } from '../../functions/shared/time.ts';
import { type BoxStory, type Outgoing, storyOf } from './firmware.ts';
import { type Life, lifeOf, zone } from './life.ts';
import { fleetOf } from './personality.ts';

/** What happens to a fleet, in order of time. Nights and the nurse's rounds belong to it: without them nothing is decided. */
export type Happening =
  | { readonly at: Instant; readonly what: 'report'; readonly index: number; readonly outgoing: Outgoing }
  | { readonly at: Instant; readonly what: 'declare'; readonly index: number; readonly dates: readonly LocalDate[] }
  | { readonly at: Instant; readonly what: 'night' }
  | { readonly at: Instant; readonly what: 'rounds' };

export type Course = {
  readonly firstDate: LocalDate;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** The last day that is scored; life goes on after it. */
  readonly lastDate: LocalDate;
  readonly lives: readonly Life[];
  readonly stories: readonly BoxStory[];
  readonly happenings: readonly Happening[];
};

export type CourseOptions = {
  readonly fleet: number;
  readonly days: number;
  readonly seed: number;
  readonly firstDate: LocalDate;
  /** How often radios wake; a quarter of an hour when absent. Fewer, larger uploads make a day pass faster. */
  readonly wakesEverySeconds?: number;
};

/** After the last dose the boxes have three more days to say what they kept. */
const epilogueDays = 3;

/** The whole course of a fleet by its seed: pure. Dosing days begin at 03:00 in the patients' zone. */
export function courseOf({ fleet, days, seed, firstDate, wakesEverySeconds }: CourseOptions): Course {
  const startsAt = instantAt(firstDate, '03:00', zone);
  const endsAt = instantAt(addDays(firstDate, days + epilogueDays), '03:00', zone);
  const lives = fleetOf(fleet, days, seed).map((personality) =>
    lifeOf(personality, firstDate, days + epilogueDays, seed),
  );
  const stories = lives.map((life) => storyOf(life, startsAt, endsAt, seed, wakesEverySeconds));
  const reports = stories.flatMap((story, index) =>
    story.outgoing.map((outgoing): Happening => ({ at: outgoing.at, what: 'report', index, outgoing })),
  );
  const routine = Array.from({ length: days + epilogueDays }, (_, day) => addDays(firstDate, day)).flatMap(
    (date): Happening[] => [
      { at: instantAt(date, '02:30', zone), what: 'night' },
      { at: instantAt(date, '10:30', zone), what: 'rounds' },
      { at: instantAt(date, '15:30', zone), what: 'rounds' },
    ],
  );
  const happenings = [...reports, ...declarations(lives), ...routine]
    .filter(({ at }) => at >= startsAt && at < endsAt)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return { firstDate, lastDate: addDays(firstDate, days - 1), startsAt, endsAt, lives, stories, happenings };
}

/** Who carries doses in a pocket tells the nurse on the day before, when they tell at all. */
function declarations(lives: readonly Life[]): Happening[] {
  return lives.flatMap((life, index): Happening[] => {
    const dates = life.doses.filter((dose) => dose.declared).map((dose) => dose.localDate);
    if (dates[0] === undefined) return [];
    return [{ at: instantAt(addDays(dates[0], -1), '12:00', zone), what: 'declare', index, dates }];
  });
}

/** The day after a dose closed: what does the product know of it by then? */
export function askedAt(closesAt: Instant): Instant {
  return addSeconds(closesAt, 8 * 3600);
}
