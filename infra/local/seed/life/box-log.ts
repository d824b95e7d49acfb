import { recordTelemetry } from '../../../../functions/devices/record-telemetry.ts';
import { addSeconds, epochMilliseconds, type Instant } from '../../../../functions/shared/time.ts';
import type { Past } from './tools.ts';

type Kind = 'opening' | 'heartbeat' | 'battery';

/** What a box noticed and when it sent it, up to the morning on which the demonstration begins. */
export class BoxLog {
  readonly #boxId: string;
  readonly #uploadIntervalHours: number;
  readonly #past: Past;
  readonly #bootedAt: number;
  readonly #bootId: string;
  #seq = 0;
  #kept: Record<string, unknown>[] = [];
  millivolts = 3_980;

  constructor(boxId: string, uploadIntervalHours: number, from: Instant, past: Past) {
    this.#boxId = boxId;
    this.#uploadIntervalHours = uploadIntervalHours;
    this.#past = past;
    this.#bootedAt = epochMilliseconds(from);
    this.#bootId = boxId.replace(/\W/g, '').toLowerCase();
  }

  /** Notices something without sending it. */
  note(kind: Kind, at: Instant): void {
    this.#kept.push({
      ...{ v: 1, bootId: this.#bootId, seq: this.#seq++, kind, deviceTime: at },
      uptimeMs: Math.max(0, epochMilliseconds(at) - this.#bootedAt),
      batteryMillivolts: this.millivolts,
      signalDbm: -71,
      uploadIntervalHours: this.#uploadIntervalHours,
      ...(kind === 'opening' && { durationMs: 21_000 }),
    });
  }

  /** Where its numbering stands. */
  boot() {
    return { bootId: this.#bootId, at: this.#bootedAt, seq: this.#seq };
  }

  /** One number is used up and never arrives: a hole of which nobody knows what was in it. */
  lose(): void {
    this.#seq++;
  }

  /** Sends what is kept, with a sign of life. */
  async send(at: Instant): Promise<void> {
    this.note('heartbeat', at);
    const events = this.#kept;
    this.#kept = [];
    const receivedAt = epochMilliseconds(addSeconds(at, 2));
    for (let first = 0; first < events.length; first += 20) {
      const body = Buffer.from(JSON.stringify({ v: 1, events: events.slice(first, first + 20) })).toString('base64');
      const record = { body, boxId: this.#boxId, clientId: this.#boxId, receivedAt };
      const outcomes = await recordTelemetry(this.#past(addSeconds(at, 2)), this.#boxId, [record]);
      if (outcomes.includes('quarantined')) throw new Error(`${this.#boxId} said something that nobody can place`);
    }
  }

  /** The lid is opened and the box tells at once. */
  async open(at: Instant): Promise<void> {
    this.note('opening', at);
    await this.send(addSeconds(at, 25));
  }
}
