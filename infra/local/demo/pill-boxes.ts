import type { Cloud } from '../cloud.ts';
import { PillBox } from './pill-box.ts';

/** The boxes of the demonstration, from the moment the seed has registered them. They live in moved time like all else. */
export class PillBoxes {
  readonly #cloud: Cloud;
  readonly #boxes = new Map<string, PillBox>();

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
    cloud.parts.push({ name: 'pill boxes', busy: () => [...this.#boxes.values()].some((box) => box.busy()) });
    cloud.timed.push({
      nextAt: () => {
        const instants = this.all().flatMap((box) => box.nextAt() ?? []);
        return instants.length > 0 ? Math.min(...instants) : undefined;
      },
      fire: (now) => {
        for (const box of this.all()) box.fire(now);
      },
    });
  }

  all(): PillBox[] {
    for (const box of this.#cloud.people.boxes) {
      if (this.#boxes.has(box.boxId)) continue;
      const { clock, ports, caPem } = this.#cloud;
      this.#boxes.set(box.boxId, new PillBox({ box, clock, port: ports.mqtts, caPem }));
    }
    return [...this.#boxes.values()];
  }

  find(boxId: string): PillBox | undefined {
    return this.all().find(({ box }) => box.boxId === boxId);
  }

  stop(): void {
    for (const box of this.#boxes.values()) box.stop();
  }
}
