import { addDays } from '../shared/time.ts';
import type { Tools } from '../shared/tools.ts';
import type { Day } from './day-item.ts';
import { stretchOf } from './days.ts';
import { type DerivedSlot, deriveDay, type SlotFacts } from './derive-day.ts';
import { dosingDateOf } from './dose-slot.ts';
import type { Away } from './evidence-shapes.ts';
import type { MedicationPlan } from './plan-shapes.ts';
import { dosesOn, versionOn } from './schedule.ts';
import { type Card, readCard, readDay, readDaysAndCard } from './store.ts';

/** A slot with its times and what is known of it now. */
export type SlotNow = SlotFacts & Pick<DerivedSlot, 'status' | 'detail'> & { readonly cannot?: string };
export type DayNow = {
  readonly localDate: string;
  readonly endsAt: string;
  readonly critical: boolean;
  /** A drug is in its loading weeks: one miss already matters. */
  readonly loading: boolean;
  readonly slots: readonly SlotNow[];
  readonly told: Readonly<Record<string, string>>;
};

/** A patient's treatment as whoever acts on it needs it: the plan, the aways, and the last days judged by the clock of now. */
export type Situation = {
  readonly plan: MedicationPlan;
  readonly aways: readonly Away[];
  readonly zone: string;
  /** The dosing day of now. */
  readonly today: string;
  /** Oldest first; the last is today. Days before the plan are not in it. */
  readonly days: readonly DayNow[];
};

/** For reminders, alerts and lists: one consistent query over the days and the card behind them. */
export async function situation(tools: Tools, patientId: string, daysBack: number): Promise<Situation | undefined> {
  const now = tools.now();
  const first = addDays(now.slice(0, 10), -daysBack - 1);
  const { days: stored, card } = await readDaysAndCard(tools, patientId, first, { consistent: true });
  if (!card) return undefined;
  return judged(card, stored, later(card.plan.start, first), dosingDateOf(card.plan, now), now);
}

/** As `situation`, of one day alone: two reads by their keys, which travel with those of others. */
export async function situationOn(tools: Tools, patientId: string, localDate: string): Promise<Situation | undefined> {
  const [stored, card] = await Promise.all([readDay(tools, patientId, localDate), readCard(tools, patientId)]);
  return card && judged(card, stored ? [stored] : [], localDate, localDate, tools.now());
}

function judged({ plan, aways }: Card, stored: readonly Day[], from: string, to: string, now: string): Situation {
  const today = dosingDateOf(plan, now);
  const days = stretchOf(stored, [plan], aways, from, to).map(({ day }) => dayNow(day, plan, now));
  return { plan, aways, zone: versionOn(plan, today).zone, today, days };
}

function later(a: string, b: string): string {
  if (a < b) return b;
  return a;
}

function dayNow(day: ReturnType<typeof stretchOf>[number]['day'], plan: MedicationPlan, now: string): DayNow {
  const { facts, told } = day;
  const derived = deriveDay(facts, now);
  const slots = facts.slots.map((slot, index): SlotNow => {
    const result = derived.slots[index];
    const said = facts.evidence
      .filter((piece) => piece.kind === 'cannot-take' && result?.evidenceIds.includes(piece.id))
      .sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1))[0];
    return {
      ...slot,
      status: result?.status ?? 'yet',
      ...(result?.detail && { detail: result.detail }),
      ...(said && { cannot: said.reason ?? 'other' }),
    };
  });
  return {
    localDate: facts.localDate,
    endsAt: facts.endsAt,
    critical: facts.slots.some((slot) => slot.critical),
    loading: dosesOn(plan, facts.localDate).some((dose) => dose.critical === 'bedaquiline-loading'),
    slots,
    told,
  };
}
