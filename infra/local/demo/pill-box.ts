import { randomBytes } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../clock/clock.ts';
import type { Timed } from '../clock/mover.ts';
import type { DemoBox } from '../control/people.ts';
import { Activity } from '../messages/activity.ts';
import { seededRandom } from '../messages/seeded-random.ts';
import { BoxLine } from './box-line.ts';

export interface PillBoxOptions {
  readonly box: DemoBox;
  readonly clock: Clock;
  readonly port: number;
  readonly caPem: string;
}

type TelemetryEvent = { kind: string } & Record<string, unknown>;
const HOUR = 3_600_000;
/** Boxes of a demonstration do things together, so that a day of 150 of them passes in seconds. */
const TOGETHER_MS = 10 * 60_000;
const CHARGED_MILLIVOLTS = 3910;
const DOSE_TAKES_MS = 20_000;

/** One simulated box: keeps its events, sends them at its interval or at once, and speaks to the cloud like a real one. */
export class PillBox implements Timed {
  readonly box: DemoBox;
  readonly #clock: Clock;
  readonly #line: BoxLine;
  readonly #activity = new Activity();
  readonly #random: () => number;
  #waiting: TelemetryEvent[] = [];
  #millivolts = CHARGED_MILLIVOLTS;
  #lastSentAt: number | undefined;
  #lastOpenedAt: number | undefined;
  #alarmTimes: readonly string[] | undefined;
  #nextUploadAt: number;
  #nextDoseAt: number | undefined;
  #sending: Promise<void> = Promise.resolve();

  constructor(options: PillBoxOptions) {
    this.box = options.box;
    this.#clock = options.clock;
    const now = options.clock.now();
    this.#random = seededRandom([...options.box.boxId].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7));
    this.#line = new BoxLine({ ...options, onSettings: (settings) => this.#take(settings) });
    this.#nextUploadAt = together(now + TOGETHER_MS + this.box.uploadIntervalHours * HOUR * this.#random());
    this.#nextDoseAt = this.#doseAfter(now);
  }

  busy(): boolean {
    return this.#activity.busy();
  }

  view() {
    const iso = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());
    return {
      boxId: this.box.boxId,
      holder: this.box.holder,
      zone: this.box.zone,
      lid: this.#lastOpenedAt !== undefined && this.#clock.now() - this.#lastOpenedAt < DOSE_TAKES_MS ? 'open' : 'shut',
      dead: this.box.dead,
      millivolts: this.box.dead ? 0 : this.#millivolts,
      alarmTimes: this.#alarmTimes ?? [],
      lastSentAt: iso(this.#lastSentAt),
      lastOpenedAt: iso(this.#lastOpenedAt),
      waitingToSend: this.#waiting.length,
    };
  }

  nextAt(): number | undefined {
    if (this.box.dead) return undefined;
    return this.#nextDoseAt === undefined ? this.#nextUploadAt : Math.min(this.#nextUploadAt, this.#nextDoseAt);
  }

  fire(now: number): void {
    if (this.box.dead) return;
    if (this.#nextDoseAt !== undefined && this.#nextDoseAt <= now) {
      this.#nextDoseAt = this.#doseAfter(now);
      this.open();
    }
    if (this.#nextUploadAt > now) return;
    this.#nextUploadAt = together(now + this.box.uploadIntervalHours * HOUR);
    void this.report();
  }

  /** Somebody opens the lid; the box tells at once. A dead box notices nothing. */
  open(): void {
    if (this.box.dead) return;
    this.#lastOpenedAt = this.#clock.now();
    this.#keep({ kind: 'opening', durationMs: DOSE_TAKES_MS }, this.#lastOpenedAt);
    void this.upload();
  }

  /** Sends what waits, after a sign of life. */
  report(): Promise<void> {
    if (this.box.dead) return Promise.resolve();
    this.#keep({ kind: 'heartbeat' }, this.#clock.now());
    return this.upload();
  }

  /** The battery gives out: from now on nothing is heard of the box. */
  die(): void {
    this.box.dead = true;
    this.#line.close();
  }

  /** The box finds its network again and sends an opening of the last dose time that it has kept until now. */
  uploadLate(): Promise<void> {
    const now = this.#clock.now();
    if (this.box.dead) this.#restart(now);
    const opened = this.#lastDoseBefore(now);
    this.#lastOpenedAt = opened;
    this.#keep({ kind: 'opening', durationMs: DOSE_TAKES_MS }, opened);
    return this.report();
  }

  upload(): Promise<void> {
    this.#sending = this.#sending.then(() => this.#activity.during(() => this.#send())).catch(() => undefined);
    return this.#sending;
  }

  stop(): void {
    this.#line.close();
  }

  async #send(): Promise<void> {
    for (let event = this.#waiting[0]; event !== undefined && !this.box.dead; event = this.#waiting[0]) {
      await this.#line.report(event);
      this.#waiting.shift();
      this.#lastSentAt = this.#clock.now();
      this.#nextUploadAt = together(this.#lastSentAt + this.box.uploadIntervalHours * HOUR);
    }
  }

  #keep(event: TelemetryEvent, at: number): void {
    this.#waiting.push({
      v: 1,
      bootId: this.box.boot.bootId,
      seq: this.box.boot.seq++,
      deviceTime: new Date(at).toISOString(),
      uptimeMs: Math.max(0, Math.round(at - this.box.boot.at)),
      batteryMillivolts: this.#millivolts,
      signalDbm: -67 - Math.floor(this.#random() * 20),
      uploadIntervalHours: this.box.uploadIntervalHours,
      ...event,
    });
  }

  #restart(now: number): void {
    const before = this.box.boot;
    this.box.boot = {
      bootId: randomBytes(6).toString('hex'),
      at: Math.min(now, this.#lastDoseBefore(now)) - 60_000,
      seq: 0,
    };
    this.box.dead = false;
    this.#millivolts = CHARGED_MILLIVOLTS;
    this.#nextUploadAt = together(now + this.box.uploadIntervalHours * HOUR);
    this.#nextDoseAt = this.#doseAfter(now);
    this.#keep(
      { kind: 'boot', previousBootId: before.bootId, previousLastSeq: Math.max(0, before.seq - 1) },
      this.box.boot.at,
    );
  }

  #take(settings: unknown): void {
    if (
      typeof settings !== 'object' ||
      settings === null ||
      !('alarmTimes' in settings) ||
      !Array.isArray(settings.alarmTimes)
    )
      return;
    const alarmTimes = settings.alarmTimes.map(String);
    const requestId = 'requestId' in settings ? { requestId: String(settings.requestId) } : {};
    this.#alarmTimes = alarmTimes;
    this.#keep({ kind: 'alarm-changed', alarmTimes, ...requestId }, this.#clock.now());
    void this.#activity.during(() => this.#line.confirm({ ...settings })).catch(() => undefined);
    void this.upload();
  }

  /** When this patient takes the next dose, if boxes like this one are left to themselves. */
  #doseAfter(now: number): number | undefined {
    if (this.box.takes === 0) return undefined;
    for (let day = 0; day < 400; day++) {
      for (const time of this.box.doseTimes) {
        const at = together(this.#wall(now, day, time) + TOGETHER_MS + this.#random() * 40 * 60_000);
        if (at > now && this.#random() < this.box.takes) return at;
      }
    }
    return undefined;
  }

  #lastDoseBefore(now: number): number {
    const times = [-1, 0].flatMap((day) => this.box.doseTimes.map((time) => this.#wall(now, day, time) + 12 * 60_000));
    return Math.max(...times.filter((at) => at < now), now - 24 * HOUR);
  }

  #wall(now: number, addDays: number, time: string): number {
    const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(this.box.zone);
    return local.add({ days: addDays }).withPlainTime(time).epochMilliseconds;
  }
}

function together(at: number): number {
  return Math.floor(at / TOGETHER_MS) * TOGETHER_MS;
}
