import type { Instant, LocalDate } from '../../functions/shared/time.ts';
import type { StatusKey } from '../../functions/treatment/dose-status.ts';
import { type BoxStory, spokenThrough } from './firmware.ts';
import type { Life, TrueDose } from './life.ts';

/** What the product concluded of one dose, at the end and a while after its window closed. */
export type ConcludedDose = {
  readonly localDate: LocalDate;
  readonly status: StatusKey;
  /** What it said when it was asked what it knew at `knewAt`. */
  readonly knewAt: Instant;
  readonly knew: StatusKey;
};

export type RaisedAlert = {
  readonly patientId: string;
  readonly openedAt: Instant;
  readonly misses: readonly LocalDate[];
};

export type Concluded = {
  readonly patientId: string;
  readonly boxId: string;
  readonly doses: readonly ConcludedDose[];
  /** Ids of openings that count for the patient, as often as they do. */
  readonly openings: readonly string[];
  readonly quarantined: readonly string[];
  readonly alerts: readonly RaisedAlert[];
};

export type Message = { readonly nurse: string; readonly localDate: LocalDate; readonly kind: 'immediate' | 'digest' };

export type Score = {
  readonly openings: {
    readonly sent: number;
    readonly counted: number;
    readonly quarantined: number;
    readonly lost: number;
    readonly doubled: number;
    readonly invented: number;
  };
  readonly silences: { readonly periods: number; readonly right: number; readonly wrong: readonly string[] };
  readonly statuses: { readonly doses: number; readonly right: number };
  readonly alerts: {
    readonly raised: number;
    readonly true: number;
    readonly false: readonly string[];
    readonly missedPatients: number;
  };
  readonly messages: {
    readonly nurseDays: number;
    readonly mostImmediate: number;
    readonly mostDigests: number;
    readonly total: number;
  };
};

export type Case = { readonly life: Life; readonly story: BoxStory; readonly concluded: Concluded };

export function score(cases: readonly Case[], messages: readonly Message[], until: Instant): Score {
  return {
    openings: scoreOpenings(cases, until),
    silences: scoreSilences(cases),
    statuses: scoreStatuses(cases, until),
    alerts: scoreAlerts(cases),
    messages: scoreMessages(messages),
  };
}

function scoreOpenings(cases: readonly Case[], until: Instant): Score['openings'] {
  const sum = { sent: 0, counted: 0, quarantined: 0, lost: 0, doubled: 0, invented: 0 };
  for (const { story, concluded } of cases) {
    const { boxId } = concluded;
    const sent = story.openings.filter((one) => one.sentAt !== undefined && one.sentAt <= until);
    const ids = new Set(story.openings.map((one) => `${boxId}.${one.bootId}.${one.seq}`));
    const counted = concluded.openings.map((id) => id.split('~')[0] ?? id);
    sum.invented += counted.filter((id) => !ids.has(id)).length;
    for (const one of sent) {
      const id = `${boxId}.${one.bootId}.${one.seq}`;
      const times = counted.filter((known) => known === id).length;
      const aside = concluded.quarantined.includes(id);
      sum.sent++;
      if (times > 0) sum.counted++;
      if (aside) sum.quarantined++;
      if (times === 0 && !aside) sum.lost++;
      if (times > 1) sum.doubled++;
    }
  }
  return sum;
}

const ofDevice: readonly StatusKey[] = ['waiting', 'silent'];
const ofPatient: readonly StatusKey[] = ['shut', 'missed'];

/** Whose silence a dose without a known opening is, by all that the box can have told by then. */
function trueSilence(dose: TrueDose, story: BoxStory, by: Instant): 'device' | 'patient' | 'none' {
  const through = spokenThrough(story, by);
  if (dose.noticed) {
    const told =
      through !== undefined &&
      through > dose.plannedAt &&
      story.openings.some((one) => isOf(one, dose) && one.sentAt !== undefined && one.sentAt <= by);
    return told ? 'none' : 'device';
  }
  return through !== undefined && through >= dose.closesAt ? 'patient' : 'device';
}

function isOf(one: { readonly at: Instant }, dose: TrueDose): boolean {
  return one.at < dose.closesAt && Date.parse(one.at) >= Date.parse(dose.closesAt) - 86_400_000;
}

/** Runs of days without a known opening: did the product say rightly whether the box or the patient was silent? */
function scoreSilences(cases: readonly Case[]): Score['silences'] {
  const wrong: string[] = [];
  let periods = 0;
  for (const one of cases) {
    let run: { right: boolean; kind: string; from: LocalDate } | undefined;
    const close = () => {
      if (!run) return;
      periods++;
      if (!run.right) wrong.push(`${one.life.personality.boxId} ${run.from} ${run.kind}`);
      run = undefined;
    };
    for (const dose of one.life.doses) {
      const concluded = one.concluded.doses.find((known) => known.localDate === dose.localDate);
      if (!concluded) continue;
      const truth = trueAt(one, dose, concluded.knewAt);
      const said = ofDevice.includes(concluded.knew)
        ? 'device'
        : ofPatient.includes(concluded.knew)
          ? 'patient'
          : 'none';
      if (truth === 'none' && said === 'none') {
        close();
        continue;
      }
      if (run && run.kind !== truth) close();
      run ??= { right: true, kind: truth, from: dose.localDate };
      if (truth !== said) run = { ...run, right: false };
    }
    close();
  }
  return { periods, right: periods - wrong.length, wrong };
}

/** A box that was dead in the window noticed nothing: its silence about that time is its own. */
function trueAt({ life, story }: Case, dose: TrueDose, by: Instant): 'device' | 'patient' | 'none' {
  if (dose.declared) return 'none';
  const silence = trueSilence(dose, story, by);
  const wasDead = life.dead.some((stretch) => stretch.from < dose.closesAt && stretch.to > dose.plannedAt);
  return silence === 'patient' && wasDead ? 'device' : silence;
}

function scoreStatuses(cases: readonly Case[], until: Instant): Score['statuses'] {
  let [doses, right] = [0, 0];
  for (const one of cases) {
    for (const dose of one.life.doses) {
      const concluded = one.concluded.doses.find((known) => known.localDate === dose.localDate);
      if (!concluded || dose.closesAt > until) continue;
      doses++;
      const truth = trueAt(one, dose, until);
      const fits = { none: ['opened', 'said'], patient: ofPatient, device: ofDevice }[truth];
      if (fits.some((status) => status === concluded.status)) right++;
    }
  }
  return { doses, right };
}

/** An alert is true when most of the doses that it names were really not taken. */
function scoreAlerts(cases: readonly Case[]): Score['alerts'] {
  let [raised, right, missedPatients] = [0, 0, 0];
  const untrue: string[] = [];
  for (const { life, concluded } of cases) {
    const missed = new Set(life.doses.filter((dose) => !dose.taken).map((dose) => dose.localDate));
    if (life.personality.habit.stops && missed.size >= 3 && concluded.alerts.length === 0) missedPatients++;
    for (const alert of concluded.alerts) {
      raised++;
      const really = alert.misses.filter((date) => missed.has(date)).length;
      if (really * 2 > alert.misses.length) right++;
      else untrue.push(`${life.personality.boxId} ${alert.openedAt.slice(0, 16)} names ${alert.misses.join(' ')}`);
    }
  }
  return { raised, true: right, false: untrue, missedPatients };
}

function scoreMessages(messages: readonly Message[]): Score['messages'] {
  const perDay = new Map<string, { immediate: number; digest: number }>();
  for (const { nurse, localDate, kind } of messages) {
    const day = perDay.get(`${nurse} ${localDate}`) ?? { immediate: 0, digest: 0 };
    day[kind]++;
    perDay.set(`${nurse} ${localDate}`, day);
  }
  const days = [...perDay.values()];
  return {
    nurseDays: days.length,
    mostImmediate: Math.max(0, ...days.map((day) => day.immediate)),
    mostDigests: Math.max(0, ...days.map((day) => day.digest)),
    total: messages.length,
  };
}

/** A share of fewer alerts than this says nothing. */
const fewestAlerts = 10;

/** The bars of the design, section 8. Empty when all hold. */
export function broken(result: Score): string[] {
  const { openings, silences, alerts, messages } = result;
  const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole);
  return [
    ...(openings.lost > 0 ? [`${openings.lost} openings lost`] : []),
    ...(openings.doubled > 0 ? [`${openings.doubled} openings doubled`] : []),
    ...(openings.invented > 0 ? [`${openings.invented} openings that never happened`] : []),
    ...(share(silences.right, silences.periods) < 0.95 ? ['fewer than 95 % of silent periods classified right'] : []),
    ...(alerts.raised >= fewestAlerts && share(alerts.true, alerts.raised) < 0.9
      ? ['fewer than 90 % of raised alerts true']
      : []),
    ...(messages.mostImmediate > 5 ? ['more than 5 immediate messages to a nurse in a day'] : []),
    ...(messages.mostDigests > 1 ? ['more than 1 digest to a nurse in a day'] : []),
  ];
}
