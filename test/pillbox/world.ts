import type { Instant } from '../../functions/shared/time.ts';
import type { Outgoing } from './firmware.ts';
import type { Personality } from './personality.ts';
import type { Message } from './score.ts';

/** Somebody signed in. Answers the parsed body; throws when refused. */
export type Caller = {
  get(path: string): Promise<unknown>;
  post(path: string, body?: unknown): Promise<unknown>;
};

/** `boxId` as it is registered there. */
export type Enrolled = { readonly patientId: string; readonly boxId: string };

/** The product as seen from outside: two people at screens, boxes at their line, and time. */
export type World = {
  readonly teamId: string;
  readonly nurse: Caller;
  readonly admin: Caller;
  now(): Promise<Instant>;
  /** A box for a patient with a plan from today on. */
  enrol(personality: Personality): Promise<Enrolled>;
  /** The box says this now. */
  report(personality: Personality, outgoing: Outgoing): Promise<void>;
  goTo(instant: Instant): Promise<void>;
  /** What production does every night by itself. */
  night(): Promise<void>;
  /** What the nurses were sent. */
  messages(): Promise<readonly Message[]>;
};
