import { daysBetween } from '../shared/time.ts';
import { type Band, type BandDay, band } from '../treatment/bands.ts';
import type { StatusDetail, StatusKey } from '../treatment/dose-status.ts';
import { type Alert, annotated, isOpen } from './alert.ts';
import type { AlertBand, Annotation, Miss, OutcomeView } from './contract.ts';
import type { AlertPolicy } from './policy.ts';
import type { Reason } from './reason.ts';

export type DayFact = {
  readonly localDate: string;
  /** Loading, or the first weeks of linezolid: two misses are red. */
  readonly critical: boolean;
  /** Loading: one miss is red. */
  readonly loading: boolean;
  readonly slots: readonly SlotFact[];
};

export type SlotFact = {
  readonly name: string;
  readonly status: StatusKey;
  readonly detail?: StatusDetail;
  /** Why the patient says that they cannot take it. */
  readonly cannot?: string;
};

/** What is known of a patient's doses at an instant. `days` reach back at least to the oldest miss of the open alert. */
export type DoseFacts = {
  readonly now: string;
  /** The dosing day of now. */
  readonly today: string;
  readonly days: readonly DayFact[];
  /** First day of the treatment: weeks of loading count from it. */
  readonly start: string;
};

export type Judgement =
  | { readonly verdict: 'nothing' }
  | {
      readonly verdict: 'open';
      readonly band: AlertBand;
      readonly critical: boolean;
      readonly reason: Reason;
      readonly misses: readonly Miss[];
      readonly gate: number;
    }
  | { readonly verdict: 'change'; readonly alert: Alert; readonly tell: 'worse' | 'gate' | 'nobody' }
  | { readonly verdict: 'close'; readonly alert: Alert; readonly as: OutcomeView['kind'] }
  /** What arrived about misses of an alert that is closed already. */
  | { readonly verdict: 'late'; readonly alert: Alert; readonly tell: boolean };

const rank: Readonly<Record<AlertBand, number>> = { notice: 0, yellow: 1, red: 2 };
const missedStatuses: readonly StatusKey[] = ['shut', 'missed'];
const takenStatuses: readonly StatusKey[] = ['seen', 'opened', 'said'];

/**
 * What the doses known now mean for the patient's one alert. Pure, and stable: judged again with the same facts it finds
 * nothing to do. A new miss opens or joins, a worse band or a gate is told, late evidence annotates and in the end closes.
 */
export function judge(current: Alert | undefined, facts: DoseFacts, policy: AlertPolicy): Judgement {
  const verdict = band(bandDays(facts.days), policy.bands, facts.today);
  if (isOpen(current)) return ofOpen(current, facts, verdict, policy);
  const late = current && lateOnClosed(current, facts);
  if (late) return late;
  const misses = freshMisses(current, facts, policy);
  if (misses.length === 0) return { verdict: 'nothing' };
  const loading = isLoading(facts, misses);
  const level = !loading && waitsForPromise(current, facts, verdict) ? 'notice' : levelOf(verdict, loading, policy);
  if (level === undefined || (level === 'notice' && backOnTrack(facts, misses))) return { verdict: 'nothing' };
  const reason = reasonOf(verdict, facts, misses);
  return { verdict: 'open', band: level, critical: loading, reason, misses, gate: verdict.gate };
}

/** Red at once in loading weeks; a single miss stays on the worklist unless the team asks for every one. */
function levelOf(verdict: Band, loading: boolean, policy: AlertPolicy): AlertBand | undefined {
  if (verdict.band === 'none') return undefined;
  if (verdict.band === 'red' || loading) return 'red';
  if (verdict.band === 'yellow' || policy.everyMiss) return 'yellow';
  return 'notice';
}

function ofOpen(alert: Alert, facts: DoseFacts, verdict: Band, policy: AlertPolicy): Judgement {
  const reviewed = reviewMisses(alert, facts);
  const joined = freshMisses(alert, facts, policy).filter((miss) => !holds(alert.misses, miss));
  const misses = [...reviewed.misses, ...joined].sort((a, b) => (a.localDate < b.localDate ? -1 : 1));
  const next = annotated(
    { ...alert, misses },
    ...reviewed.annotations,
    ...joined.map((miss) => ofMiss('joined', miss, facts)),
  );
  if (misses.every((miss) => miss.arrivedLate !== undefined)) {
    return { verdict: 'close', alert: next, as: misses.length > 0 ? 'evidence-arrived' : 'no-longer-missed' };
  }
  if (alert.band === 'notice' && backOnTrack(facts, misses))
    return { verdict: 'close', alert: next, as: 'back-on-track' };
  const loading = isLoading(facts, misses);
  const level = levelOf(verdict, loading, policy) ?? alert.band;
  const worse = rank[level] > rank[alert.band];
  const gate = verdict.gate > alert.gate;
  if (!worse && !gate) {
    return reviewed.annotations.length + joined.length > 0
      ? {
          verdict: 'change',
          alert: { ...next, ...(joined.length > 0 && { reason: reasonOf(verdict, facts, misses) }) },
          tell: 'nobody',
        }
      : { verdict: 'nothing' };
  }
  const raised = {
    ...next,
    band: worse ? level : alert.band,
    critical: alert.critical || loading,
    gate: Math.max(alert.gate, verdict.gate),
    reason: reasonOf(verdict, facts, misses),
  };
  const annotation: Annotation = { at: facts.now, kind: gate ? 'gate' : 'worse' };
  return { verdict: 'change', alert: annotated(raised, annotation), tell: gate ? 'gate' : 'worse' };
}

/** A closed alert is annotated too. What a box or a witness says is told; what staff typed as its outcome they know. */
function lateOnClosed(alert: Alert, facts: DoseFacts): Extract<Judgement, { verdict: 'late' }> | undefined {
  const reviewed = reviewMisses(alert, facts);
  if (reviewed.annotations.length === 0) return undefined;
  const known = new Set(alert.misses.filter((miss) => miss.arrivedLate !== undefined).map(nameOf));
  const tell = reviewed.misses.some((miss) => {
    const status = statusOf(facts, miss);
    return !known.has(nameOf(miss)) && (status === 'opened' || status === 'seen');
  });
  return { verdict: 'late', alert: annotated({ ...alert, misses: reviewed.misses }, ...reviewed.annotations), tell };
}

const nameOf = ({ localDate, slot }: Miss) => `${localDate} ${slot}`;

/** The alert's own misses in the light of what is known now. */
function reviewMisses(alert: Alert, facts: DoseFacts): { misses: Miss[]; annotations: Annotation[] } {
  const misses: Miss[] = [];
  const annotations: Annotation[] = [];
  for (const miss of alert.misses) {
    const status = statusOf(facts, miss);
    if (status === undefined || missedStatuses.includes(status)) {
      const { arrivedLate: _withdrawn, ...still } = miss;
      misses.push({ ...still, status: status === 'missed' ? 'missed' : still.status });
    } else if (takenStatuses.includes(status)) {
      misses.push({ ...miss, arrivedLate: miss.arrivedLate ?? facts.now });
      if (miss.arrivedLate === undefined) annotations.push(ofMiss('arrived-late', miss, facts));
    } else annotations.push(ofMiss('moved', miss, facts));
  }
  return { misses, annotations };
}

/** Misses that nobody has dealt with. "Cannot take" has its own task, so it opens no alert of its own. */
function freshMisses(current: Alert | undefined, facts: DoseFacts, policy: AlertPolicy): Miss[] {
  const handled = isOpen(current) ? undefined : current?.handledThrough;
  return facts.days
    .filter((day) => daysBetween(day.localDate, facts.today) <= policy.bands.windowDays)
    .filter((day) => handled === undefined || day.localDate > handled)
    .flatMap((day) =>
      day.slots.flatMap((slot): Miss[] =>
        (slot.status === 'shut' || slot.status === 'missed') && slot.detail !== 'cannot-take'
          ? [{ localDate: day.localDate, slot: slot.name, status: slot.status }]
          : [],
      ),
    );
}

/** Somebody has promised a visit or a call and its day has not passed: until then new misses wait on the worklist. */
function waitsForPromise(current: Alert | undefined, facts: DoseFacts, verdict: Band): boolean {
  const promised = current?.outcome?.nextStep?.on;
  return promised !== undefined && facts.today <= promised && verdict.gate <= (current?.gate ?? 0);
}

/** The newest miss that counts lies in loading weeks. */
function isLoading(facts: DoseFacts, misses: readonly Miss[]): boolean {
  const last = misses.filter((miss) => miss.arrivedLate === undefined).at(-1);
  return facts.days.some((day) => day.localDate === last?.localDate && day.loading);
}

function backOnTrack(facts: DoseFacts, misses: readonly Miss[]): boolean {
  const last = misses.at(-1)?.localDate ?? '';
  return facts.days.some(
    (day) =>
      day.localDate > last && day.slots.length > 0 && day.slots.every((slot) => takenStatuses.includes(slot.status)),
  );
}

function reasonOf(verdict: Band, facts: DoseFacts, all: readonly Miss[]): Reason {
  const misses = all.filter((miss) => miss.arrivedLate === undefined);
  const last = misses.at(-1);
  if (verdict.gate > 0) return { key: 'gate', params: { days: verdict.gate } };
  const known = misses.length > 0 && misses.every(({ status }) => status === 'missed') && { confirmed: true as const };
  if (isLoading(facts, misses) && last) {
    const week = Math.floor(daysBetween(facts.start, last.localDate) / 7) + 1;
    return { key: 'critical-miss', params: { count: misses.length, week, ...known } };
  }
  if (verdict.run >= 2 && last) {
    const reporting = misses.every((miss) => miss.status === 'shut');
    return { key: 'days-running', params: { count: verdict.run, slot: last.slot, reporting, ...known } };
  }
  if (verdict.missedDates.length >= 2)
    return { key: 'of-last-days', params: { count: verdict.missedDates.length, of: 7, ...known } };
  return {
    key: 'single-miss',
    params: { slot: last?.slot ?? '', localDate: last?.localDate ?? facts.today, ...known },
  };
}

export function bandDays(days: readonly DayFact[]): BandDay[] {
  return days.map(({ localDate, critical, slots }) => ({
    localDate,
    critical,
    statuses: slots.map((slot) => slot.status),
  }));
}

function statusOf(facts: DoseFacts, miss: Miss): StatusKey | undefined {
  const day = facts.days.find((one) => one.localDate === miss.localDate);
  return day?.slots.find((slot) => slot.name === miss.slot)?.status;
}

function holds(misses: readonly Miss[], miss: Miss): boolean {
  return misses.some((one) => one.localDate === miss.localDate && one.slot === miss.slot);
}

function ofMiss(kind: Annotation['kind'], miss: Miss, facts: DoseFacts): Annotation {
  return { at: facts.now, kind, localDate: miss.localDate, slot: miss.slot };
}
