/** Shapes of treatment that cross a wire, the one table of statuses, and every route of `/api/treatment`. */
export * from './dose-status.ts';
export * from './evidence-shapes.ts';
export * from './interruption-shapes.ts';
export * from './plan-dates.ts';
export * from './plan-shapes.ts';
export * from './view-shapes.ts';

const patient = '/api/treatment/patients/{patientId}';

/** Bodies and answers are the shapes named beside each route. `If-Match` carries the plan's `version` as an ETag. */
export const treatmentRoutes = {
  /** → TodayView */
  today: `GET ${patient}/today`,
  /** `?from&to` (≤ 62 days) → { days: DayView[] } */
  days: `GET ${patient}/days`,
  /** → CourseView */
  course: `GET ${patient}/course`,
  /** → AdherenceView */
  adherence: `GET ${patient}/adherence`,
  /** `?from&to` → { entries: TimelineEntry[] }, newest first */
  timeline: `GET ${patient}/timeline`,
  /** `?at&from&to` → KnewAtView */
  knewAt: `GET ${patient}/knew-at`,
  /** → InterruptionView: no gaps while nothing is missing */
  interruption: `GET ${patient}/interruption`,
  /** EvidenceInput → { outcome, day: DayView } */
  recordEvidence: `POST ${patient}/evidence`,
  /** CannotTake without `kind` → { outcome, day: DayView } */
  cannotTake: `POST ${patient}/cannot-take`,
  /** AwayInput → Away */
  declareAway: `POST ${patient}/away`,
  /** → { away: Away[] } */
  away: `GET ${patient}/away`,
  /** EndAwayInput → Away */
  endAway: `POST ${patient}/away/{awayId}/end`,
  /** PocketDosesInput → { outcome, days: DayView[] } */
  pocketDoses: `POST ${patient}/pocket-doses`,
  /** → { plans: MedicationPlan[] }, the newest first */
  plans: `GET ${patient}/plans`,
  /** PlanInput → MedicationPlan (201) */
  createPlan: `POST ${patient}/plans`,
  /** → MedicationPlan, ETag */
  plan: `GET ${patient}/plans/{planId}`,
  /** PlanChangeInput, If-Match → MedicationPlan */
  changePlan: `PATCH ${patient}/plans/{planId}`,
  /** HoldInput, If-Match → MedicationPlan */
  hold: `POST ${patient}/plans/{planId}/hold`,
  /** ResumeInput, If-Match → MedicationPlan */
  resume: `POST ${patient}/plans/{planId}/resume`,
  /** StopInput, If-Match → MedicationPlan */
  stop: `POST ${patient}/plans/{planId}/stop`,
  /** RefillInput → { runsOutOn?, plan: MedicationPlan } */
  refill: `POST ${patient}/refill`,
  /** `?date` → ClinicDayView */
  clinicDay: 'GET /api/treatment/teams/{teamId}/clinic-day',
  /** ClinicListInput → ClinicListAnswer */
  recordClinicDay: 'POST /api/treatment/teams/{teamId}/clinic-day',
  /** → { medicines: Medicine[] } */
  medicines: 'GET /api/treatment/medicines',
  /** → { templates: RegimenTemplate[] } */
  templates: 'GET /api/treatment/templates',
} as const;
