import { isIssuable } from '../../../../functions/identity/medical-code.ts';
import { seededRandom } from '../../messages/seeded-random.ts';
import { HISTORY_DAYS } from '../when.ts';
import { families, men, wholeNames, women } from './names.ts';
import { type Patient, twiceDaily } from './patient.ts';
import { villages } from './places.ts';

/** How a person takes pills, and how we hear of it. */
export interface Habit {
  /** Chance that a dose is taken. */
  readonly takes: number;
  /** Who or what speaks for a dose. */
  readonly evidence: 'box' | 'clinic' | 'phone';
  /** Minutes after the planned time, on most days. */
  readonly lateMinutes: number;
  /** A stretch, counted in days ago, in which the box reaches no network and keeps what it has to say. */
  readonly outage?: { readonly from: number; readonly days: number };
  /** A stretch away from home without the box. */
  readonly away?: { readonly from: number; readonly days: number };
}

export interface Ordinary extends Patient {
  readonly habit: Habit;
}

export type Random = ReturnType<typeof dice>;

/** Throws of one seed. */
export function dice(seed: number) {
  const next = seededRandom(seed);
  return {
    next,
    whole: (from: number, to: number) => from + Math.floor(next() * (to - from + 1)),
    chance: (of: number) => next() < of,
    one: <T>(list: readonly T[]): T => {
      const found = list[Math.floor(next() * list.length)];
      if (found === undefined) throw new Error('nothing to choose from');
      return found;
    },
  };
}

/** The patients of a facility who are no story: numbers counted up, those of the stories left out. */
export function caseload(
  facility: 'GUM' | 'LOH',
  count: number,
  first: number,
  taken: ReadonlySet<number>,
): Ordinary[] {
  const throws = dice(facility === 'GUM' ? 7 : 77);
  const numbers: number[] = [];
  for (let number = first; numbers.length < count; number++)
    if (!taken.has(number) && isIssuable(facility, number)) numbers.push(number);
  const names = new Set<string>();
  return numbers.map((number, index) => ordinary(facility, number, index, throws, names));
}

function ordinary(
  facility: 'GUM' | 'LOH',
  number: number,
  index: number,
  throws: Random,
  names: Set<string>,
): Ordinary {
  const [name, sex] = newName(index, throws, names);
  const evidence = throws.chance(0.86) ? 'box' : throws.chance(0.6) ? 'clinic' : 'phone';
  const language = throws.chance(0.72) ? 'hi' : 'en';
  const use = throws.next();
  const digits = `+9177${facility === 'GUM' ? '1' : '2'}${String(1_000_000 + number * 7919).slice(-7)}`;
  const serial = `CC-${(facility === 'GUM' ? 5000 : 8000) + number}`;
  return {
    number,
    facility,
    who: {
      name,
      sex,
      language,
      age: { kind: 'years', years: throws.whole(17, 71) },
      address: `${throws.one(villages[facility])}, ${facility === 'GUM' ? 'Gumla' : 'Lohardaga'}`,
    },
    ...(use < 0.85 && { phone: { number: digits, use: use < 0.68 ? ('own' as const) : ('shared' as const) } }),
    course: course(throws),
    ...(evidence === 'box' && { box: { serial, uploadIntervalHours: throws.one([1, 12, 12, 12, 24]) } }),
    habit: habit(evidence, throws),
  };
}

/** Mostly first-line treatment, a fifth of it for drug resistance, some prevention. */
function course(throws: Random): Patient['course'] {
  const startedDaysAgo = throws.chance(0.7) ? throws.whole(HISTORY_DAYS - 4, HISTORY_DAYS) : throws.whole(16, 55);
  const kind = throws.next();
  if (kind < 0.16) return { startedDaysAgo, templateId: 'bpalm' };
  if (kind < 0.24) return { startedDaysAgo, title: 'Longer oral regimen', prescription: twiceDaily };
  if (kind < 0.36)
    return { startedDaysAgo, templateId: 'daily-tablet', times: { day: throws.one(['07:00', '20:00']) } };
  const times = { day: throws.one(['06:30', '07:00', '07:30', '08:00', '08:00', '08:30', '20:00']) };
  return { startedDaysAgo, templateId: '2hrze-4hr', weightKg: throws.whole(34, 72), times };
}

function habit(evidence: Habit['evidence'], throws: Random): Habit {
  const takes = throws.chance(0.8) ? 0.985 : throws.one([0.95, 0.92, 0.88]);
  const stretch = (days: number) => ({ from: throws.whole(days + 6, 50), days });
  return {
    takes,
    evidence,
    lateMinutes: throws.whole(4, 70),
    ...(evidence === 'box' && throws.chance(0.2) && { outage: stretch(throws.whole(1, 4)) }),
    ...(throws.chance(0.07) && { away: stretch(throws.whole(3, 7)) }),
  };
}

function newName(index: number, throws: Random, names: Set<string>): readonly [string, 'female' | 'male'] {
  const whole = index % 9 === 4 ? wholeNames[Math.floor(index / 9)] : undefined;
  if (whole) return whole;
  for (;;) {
    const sex = throws.chance(0.44) ? 'female' : 'male';
    const name = `${throws.one(sex === 'female' ? women : men)} ${throws.one(families)}`;
    if (names.has(name)) continue;
    names.add(name);
    return [name, sex];
  }
}
