import type { Cloud } from '../cloud.ts';
import { Inside } from './inside.ts';
import { liveMorning } from './morning.ts';
import { DAWN, READY } from './when.ts';

/** What fills an empty cloud with demonstration data, through the product's own doors; `bundle` is the file it runs from. */
export interface Seed {
  /** Initial time of a fresh demonstration, in epoch ms: a little before the working day begins. */
  startsAt(): number;
  /** What must be there when the ready line appears. */
  story(cloud: Cloud, bundle: string, tell: (line: string) => void): Promise<void>;
  /** What fills in behind it. */
  rest(cloud: Cloud, bundle: string, tell: (line: string) => void): Promise<void>;
  /** For an empty cloud: one country and its first administrator. */
  first(cloud: Cloud, bundle: string): Promise<void>;
}

let inside: Inside | undefined;

export const seed: Seed = {
  startsAt: () => Date.parse(DAWN),
  async story(cloud, bundle, tell) {
    inside = Inside.start(cloud, bundle, tell);
    take(cloud, await inside.step('stories'));
    tell('8 patients with their stories; now their morning, as it happens');
    await liveMorning(cloud, inside, Date.parse(READY));
  },
  async rest(cloud, bundle, tell) {
    inside ??= Inside.start(cloud, bundle, tell);
    take(cloud, await inside.step('rest'));
    inside.stop();
    inside = undefined;
  },
  async first(cloud, bundle) {
    const alone = Inside.start(cloud, bundle, () => undefined);
    take(cloud, await alone.step('first-administrator'));
    alone.stop();
  },
};

function take({ people }: Cloud, made: Cloud['people']): void {
  for (const account of made.accounts) {
    const known = people.accounts.findIndex(({ signIn }) => signIn === account.signIn);
    people.accounts.splice(known < 0 ? people.accounts.length : known, 1, account);
  }
  people.boxes.push(...made.boxes);
  Object.assign(people.contacts, made.contacts);
}
