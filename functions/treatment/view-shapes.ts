import * as z from 'zod/mini';
import { ClockTime, Id, Instant, LocalDate, line, text, Zone } from '../shared/shapes.ts';
import { statusDetails, statusKeys } from './dose-status.ts';
import { Away, EvidenceView } from './evidence-shapes.ts';
import { Food, PictureKey, Prescription, SlotName, StopReason } from './plan-shapes.ts';

export const Status = z.enum(statusKeys);
export const Detail = z.enum(statusDetails);

export const Pills = z.object({ picture: PictureKey, count: z.number() });
export type Pills = z.infer<typeof Pills>;

/** One dose slot. Medicine names are there for staff only; a patient's screen shows drawings. */
export const DoseSlotView = z.object({
  /** `<planId>/<localDate>/<name>`: computed, so a repeat is the same slot. */
  slotId: z.string(),
  name: SlotName,
  plannedTime: ClockTime,
  plannedAt: Instant,
  opensAt: Instant,
  closesAt: Instant,
  status: Status,
  detail: z.optional(Detail),
  pills: z.array(Pills),
  totalCount: z.number(),
  food: Food,
  /** What "take 5 …" says. */
  unit: z.enum(['tablets', 'capsules', 'pills']),
  inBox: z.boolean(),
  critical: z.boolean(),
  medicines: z.optional(
    z.array(z.object({ code: z.string(), name: z.string(), strength: z.string(), count: z.number() })),
  ),
  evidence: z.array(EvidenceView),
});
export type DoseSlotView = z.infer<typeof DoseSlotView>;

export const DayView = z.object({
  localDate: LocalDate,
  /** Roll-up: a day is as good as its weakest slot. Absent when nothing was due. */
  status: z.optional(Status),
  slots: z.array(DoseSlotView),
  /** Evidence that belongs to no slot, so that nothing is lost from sight. */
  unmatched: z.array(EvidenceView),
  away: z.optional(z.object({ awayId: z.string(), reason: z.string() })),
  hold: z.optional(z.object({ reason: z.string() })),
  policyVersion: z.string(),
  version: z.int(),
});
export type DayView = z.infer<typeof DayView>;

export const WeekDay = z.object({ localDate: LocalDate, status: z.optional(Status) });

/** The strip "the clinic heard you". */
export const Heard = z.object({
  at: Instant,
  what: z.enum(['taken', 'cannot-take', 'box-opened']),
  reason: z.optional(z.string()),
  readBy: z.optional(z.string()),
  readAt: z.optional(Instant),
  callBefore: z.optional(Instant),
});
export type Heard = z.infer<typeof Heard>;

/** A patient's home: one card about now, the last seven days, what the clinic heard, whom to call. */
export const TodayView = z.object({
  patientId: Id,
  localDate: LocalDate,
  zone: Zone,
  now: Instant,
  card: z.discriminatedUnion('kind', [
    /** The slot that is open now and not answered. */
    z.object({ kind: z.literal('take'), slot: DoseSlotView }),
    /** Everything open is answered; `next` is the next slot, if there is one in the coming week. */
    z.object({
      kind: z.literal('done'),
      slot: z.optional(DoseSlotView),
      next: z.optional(z.object({ localDate: LocalDate, name: SlotName, plannedAt: Instant })),
    }),
    z.object({ kind: z.literal('cannot'), slot: DoseSlotView, reason: z.string() }),
    z.object({ kind: z.literal('hold'), reason: z.string() }),
    z.object({ kind: z.literal('away'), away: Away, askBackWithBox: z.boolean(), slot: z.optional(DoseSlotView) }),
    /** Nothing due today. */
    z.object({
      kind: z.literal('rest'),
      next: z.optional(z.object({ localDate: LocalDate, name: SlotName, plannedAt: Instant })),
    }),
    z.object({ kind: z.literal('ended'), reason: z.optional(StopReason) }),
    z.object({ kind: z.literal('no-plan') }),
  ]),
  slots: z.array(DoseSlotView),
  week: z.array(WeekDay),
  heard: z.optional(Heard),
  nurse: z.optional(z.object({ name: z.string(), phone: z.optional(z.string()) })),
  /** Only to who helps, and only when the patient turned it on. */
  patientPhone: z.optional(z.string()),
});
export type TodayView = z.infer<typeof TodayView>;

/** One letter per day of the month and slot (`doseStatuses[…].letter`, `-` when nothing was due). */
export const MonthSummary = z.object({
  month: z.string(),
  slots: z.record(SlotName, z.string()),
});
export type MonthSummary = z.infer<typeof MonthSummary>;

export const CourseView = z.object({
  patientId: Id,
  plan: z.optional(
    z.object({
      planId: Id,
      title: z.string(),
      start: LocalDate,
      end: z.optional(LocalDate),
      phase: z.optional(z.object({ name: z.string(), from: LocalDate, to: z.optional(LocalDate) })),
      stopped: z.optional(z.object({ reason: StopReason, on: LocalDate })),
      /** The last day of a plan that is over, stopped or run to its end. */
      endedOn: z.optional(LocalDate),
      /** 1-based. */
      monthOfTreatment: z.int(),
      monthsPlanned: z.optional(z.int()),
      /** Until this time a dose belongs to the evening before. */
      dayRollsAt: ClockTime,
      /** What a dose is on the next day that has it (of a plan that is over: on its last one); 0 when a week has none. */
      slots: z.array(
        z.object({
          name: SlotName,
          time: ClockTime,
          totalCount: z.number(),
          unit: z.enum(['tablets', 'capsules', 'pills']),
        }),
      ),
    }),
  ),
  /** Earlier months, oldest first. */
  months: z.array(MonthSummary),
  /** This month's days, oldest first, with their evidence. */
  days: z.array(DayView),
  /** Stretches without news from the box: "your box was quiet 9–17 Nov". */
  quiet: z.array(z.object({ from: LocalDate, to: LocalDate })),
});
export type CourseView = z.infer<typeof CourseView>;

/** Three numbers, never one; what is not in them stays visible. Counts are slots; `due` excludes held and not-yet. */
export const AdherenceNumbers = z.object({
  due: z.int(),
  observed: z.int(),
  supported: z.int(),
  claimed: z.int(),
  notKnown: z.int(),
  notOpened: z.int(),
  missed: z.int(),
  held: z.int(),
});
export type AdherenceNumbers = z.infer<typeof AdherenceNumbers>;

/** The patient's sentence "taken 16 of 28, not known 12": whole days. */
export const DayTally = z.object({ days: z.int(), taken: z.int(), notKnown: z.int(), notTaken: z.int() });

export const AdherenceView = z.object({
  last7: AdherenceNumbers,
  last28: AdherenceNumbers,
  phase: AdherenceNumbers,
  whole: AdherenceNumbers,
  days28: DayTally,
  policyVersion: z.string(),
});
export type AdherenceView = z.infer<typeof AdherenceView>;

export const TimelineEntry = z.object({
  id: z.string(),
  happenedAt: Instant,
  knownAt: Instant,
  what: z.enum(['evidence', 'status', 'plan', 'hold', 'away', 'refill', 'stop', 'moved']),
  localDate: z.optional(LocalDate),
  slot: z.optional(SlotName),
  evidence: z.optional(EvidenceView),
  status: z.optional(Status),
  detail: z.optional(Detail),
  /** What a refill gave, for staff. */
  given: z.optional(z.array(z.object({ name: z.string(), pills: z.number() }))),
  /** Short data for the sentence, in the reader's language on the screen: reason, count, title. */
  about: z.optional(z.string()),
  author: z.optional(z.string()),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

/** The same days as they stood when we knew only what had reached us by `at`. */
export const KnewAtView = z.object({ at: Instant, days: z.array(DayView) });
export type KnewAtView = z.infer<typeof KnewAtView>;

export const ClinicDayRow = z.object({
  patientId: Id,
  localDate: LocalDate,
  /** In order of time; `plannedTime` is the patient's own wall clock. */
  slots: z.array(
    z.object({
      name: SlotName,
      plannedTime: ClockTime,
      opensAt: Instant,
      closesAt: Instant,
      status: Status,
      totalCount: z.number(),
      pills: z.array(Pills),
    }),
  ),
  runsOutOn: z.optional(LocalDate),
});
export type ClinicDayRow = z.infer<typeof ClinicDayRow>;

export const ClinicDayView = z.object({ teamId: Id, localDate: LocalDate, rows: z.array(ClinicDayRow) });
export type ClinicDayView = z.infer<typeof ClinicDayView>;

export const PlanInput = z.object({
  planId: Id,
  title: z.optional(line(80, 0)),
  start: LocalDate,
  end: z.optional(LocalDate),
  zone: Zone,
  dayRollsAt: z.optional(ClockTime),
  weightKg: z.optional(z.number().check(z.gte(1), z.lte(300))),
  /** Times of the template's slots, when the patient wants others. */
  times: z.optional(z.record(SlotName, ClockTime)),
  templateId: z.optional(z.string()),
  prescription: z.optional(Prescription),
});
export type PlanInput = z.infer<typeof PlanInput>;

export const PlanChangeInput = z.object({
  from: LocalDate,
  reason: text(300, 2),
  zone: z.optional(Zone),
  dayRollsAt: z.optional(ClockTime),
  slots: z.optional(Prescription.shape.slots),
  drugs: z.optional(Prescription.shape.drugs),
  end: z.optional(LocalDate),
});
export type PlanChangeInput = z.infer<typeof PlanChangeInput>;

export const HoldInput = z.object({
  holdId: Id,
  from: LocalDate,
  to: z.optional(LocalDate),
  drugs: z.optional(z.array(z.string()).check(z.minLength(1))),
  reason: text(300, 2),
});
export type HoldInput = z.infer<typeof HoldInput>;
export const ResumeInput = z.object({ holdId: Id, on: LocalDate });
export type ResumeInput = z.infer<typeof ResumeInput>;
export const StopInput = z.object({
  reason: StopReason,
  on: z.optional(LocalDate),
  note: z.optional(text(500, 0)),
});
export type StopInput = z.infer<typeof StopInput>;
export const EndAwayInput = z.object({ to: LocalDate, backWithBox: z.boolean() });
export type EndAwayInput = z.infer<typeof EndAwayInput>;
