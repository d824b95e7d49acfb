import type { TelemetryEvent } from '../../functions/devices/telemetry-shapes.ts';
import { addSeconds, epochMilliseconds, type Instant, toInstant } from '../../functions/shared/time.ts';
import { randomFrom } from '../flow/queues.ts';
import { isIn, type Life, type Stretch } from './life.ts';

/** One message as it goes out: at this instant, with these events, perhaps again. */
export type Outgoing = { readonly at: Instant; readonly events: readonly TelemetryEvent[] };

/** An opening that the box noticed, and the number it gave it: what the product must know once, no more and no less. */
export type Numbered = {
  readonly at: Instant;
  readonly bootId: string;
  readonly seq: number;
  readonly sentAt?: Instant;
};

export type BoxStory = {
  readonly outgoing: readonly Outgoing[];
  readonly openings: readonly Numbered[];
  /** When the box had told everything up to when: for what the product could have known at any instant. */
  readonly spoke: readonly { readonly at: Instant; readonly through: Instant }[];
};

type Happening = {
  readonly at: Instant;
  readonly what: 'opening' | 'upload' | 'start' | 'charged';
  readonly durationMs?: number;
};

/**
 * What the firmware makes of a life: numbered events by its own clock, kept while there is no network, sent with a fresh heartbeat,
 * again and in disorder when its personality says so. A box whose battery was flat begins a new boot in the year 2000.
 */
export function storyOf(life: Life, from: Instant, to: Instant, seed: number, wakesEverySeconds = 900): BoxStory {
  return new Firmware(life, from, seed, wakesEverySeconds).run(happenings(life, from, to, wakesEverySeconds));
}

function happenings(life: Life, from: Instant, to: Instant, wakesEverySeconds: number): Happening[] {
  const onGrid = (at: Instant) => nextOf(wakesEverySeconds, at);
  const { uploadIntervalHours, index, live } = life.personality;
  const all: Happening[] = [{ at: from, what: 'start' }];
  const uploads = new Set<Instant>();
  const first = onGrid(addSeconds(from, 60 + ((index * 37) % 60) * 60));
  for (let at = first; at < to; at = addSeconds(at, uploadIntervalHours * 3600)) uploads.add(at);
  if (live) for (const { at } of life.openings) uploads.add(onGrid(at));
  for (const { to: charged } of life.dead) uploads.add(onGrid(addSeconds(charged, 60)));
  for (const at of uploads) if (at >= from && at < to) all.push({ at, what: 'upload' });
  for (const { at, durationMs } of life.openings)
    if (at >= from && at < to) all.push({ at, what: 'opening', durationMs });
  for (const { to: end } of life.dead) if (end < to) all.push({ at: end, what: 'charged' });
  return all.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** Radios wake together, every quarter of an hour, so that many boxes speak in one step of the simulated clock. */
function nextOf(everySeconds: number, at: Instant): Instant {
  const grid = everySeconds * 1000;
  return toInstant(Math.ceil(epochMilliseconds(at) / grid) * grid);
}

const year2000 = Date.parse('2000-01-01T00:00:00Z');

class Firmware {
  readonly #life: Life;
  readonly #random: () => number;
  readonly #outgoing: Outgoing[] = [];
  readonly #openings: (Numbered & { sentAt?: Instant })[] = [];
  readonly #spoke: { at: Instant; through: Instant }[] = [];
  #kept: { event: TelemetryEvent; opening?: number }[] = [];
  #boot: { bootId: string; at: Instant; seq: number; clock: 'set' | 'lost' };
  #bootCount = 0;
  readonly #firstAt: Instant;
  readonly #wakesEverySeconds: number;

  constructor(life: Life, from: Instant, seed: number, wakesEverySeconds: number) {
    this.#life = life;
    this.#wakesEverySeconds = wakesEverySeconds;
    this.#firstAt = from;
    this.#random = randomFrom(seed * 7919 + life.personality.index);
    this.#boot = { bootId: this.#nextBootId(), at: from, seq: 0, clock: 'set' };
  }

  run(all: readonly Happening[]): BoxStory {
    for (const one of all) {
      const dead = isIn(this.#life.dead, one.at);
      if (one.what === 'charged') this.#restart(one.at);
      else if (dead) continue;
      else if (one.what === 'opening') this.#open(one.at, one.durationMs ?? 0);
      else this.#upload(one.at);
    }
    return { outgoing: this.#outgoing, openings: this.#openings, spoke: this.#spoke };
  }

  #restart(at: Instant): void {
    const before = this.#boot;
    this.#boot = { bootId: this.#nextBootId(), at, seq: 0, clock: 'lost' };
    this.#keep(at, { kind: 'boot', previousBootId: before.bootId, previousLastSeq: before.seq - 1 });
  }

  #open(at: Instant, durationMs: number): void {
    this.#openings.push({ at, bootId: this.#boot.bootId, seq: this.#boot.seq });
    this.#keep(at, { kind: 'opening', durationMs }, this.#openings.length - 1);
  }

  #upload(at: Instant): void {
    if (isIn(this.#life.offline, at)) return;
    if (this.#boot.clock === 'lost') this.#setClock(at);
    this.#keep(at, { kind: 'heartbeat', ...this.#health(at) });
    const kept = this.#kept;
    this.#kept = [];
    for (const { opening } of kept) {
      const numbered = opening === undefined ? undefined : this.#openings[opening];
      if (numbered) numbered.sentAt = at;
    }
    this.#spoke.push({ at, through: at });
    this.#send(
      at,
      kept.map(({ event }) => event),
    );
  }

  /** Several messages or one batch, in order or not, some of them again a few minutes later. */
  #send(at: Instant, events: readonly TelemetryEvent[]): void {
    const { duplicates, disorder } = this.#life.personality.faults;
    const messages: (readonly TelemetryEvent[])[] = [];
    for (let start = 0; start < events.length; ) {
      const size = 1 + Math.floor(this.#random() * 6);
      messages.push(events.slice(start, start + size));
      start += size;
    }
    if (this.#random() < disorder) messages.reverse();
    for (const message of messages) {
      this.#outgoing.push({ at, events: message });
      for (let again = at; this.#random() < duplicates; ) {
        again = addSeconds(again, this.#wakesEverySeconds * Math.floor(this.#random() * 4));
        this.#outgoing.push({ at: again, events: message });
      }
    }
  }

  #setClock(at: Instant): void {
    const previousDeviceTime = this.#deviceTime(at);
    this.#boot = { ...this.#boot, clock: 'set' };
    this.#keep(at, { kind: 'time-updated', previousDeviceTime });
  }

  #health(at: Instant) {
    const { flat } = this.#life.personality.faults;
    const [dead] = this.#life.dead;
    const hours = flat && dead ? (epochMilliseconds(dead.from) - epochMilliseconds(at)) / 3_600_000 : Infinity;
    const batteryMillivolts = hours > 0 && hours < 72 ? Math.round(3450 + hours * 4) : 3900;
    return {
      batteryMillivolts,
      signalDbm: -60 - Math.floor(this.#random() * 45),
      uploadIntervalHours: this.#life.personality.uploadIntervalHours,
    };
  }

  #keep(at: Instant, what: Record<string, unknown> & { kind: TelemetryEvent['kind'] }, opening?: number): void {
    const event = {
      v: 1,
      bootId: this.#boot.bootId,
      seq: this.#boot.seq++,
      deviceTime: this.#deviceTime(at),
      uptimeMs: epochMilliseconds(at) - epochMilliseconds(this.#boot.at),
      ...what,
    } as TelemetryEvent;
    this.#kept.push({ event, ...(opening !== undefined && { opening }) });
  }

  #deviceTime(at: Instant): Instant {
    const { driftSecondsPerDay, offsetMinutes } = this.#life.personality.faults;
    if (this.#boot.clock === 'lost')
      return toInstant(year2000 + epochMilliseconds(at) - epochMilliseconds(this.#boot.at));
    const days = (epochMilliseconds(at) - epochMilliseconds(this.#firstAt)) / 86_400_000;
    const offset = this.#bootCount === 1 ? offsetMinutes * 60 : 0;
    return addSeconds(at, Math.round(offset + driftSecondsPerDay * days));
  }

  #nextBootId(): string {
    this.#bootCount++;
    return `p${this.#life.personality.index}-${this.#bootCount}`;
  }
}

/** Up to when the product can have heard the box by an instant. */
export function spokenThrough(story: BoxStory, by: Instant): Instant | undefined {
  return story.spoke.filter((one) => one.at <= by).at(-1)?.through;
}

export type { Stretch };
