import type { QueueName } from './tools.ts';

/**
 * Which queues hear of a change, by the item's `kind`. A kind that is not here is nobody's business but its owner's
 * (timers, locks, sessions, telemetry state).
 */
const listeners: Readonly<Record<string, readonly QueueName[]>> = {
  day: ['alerts', 'projections', 'live'],
  plan: ['alerts', 'projections', 'devices', 'live'],
  away: ['alerts', 'projections', 'live'],
  alert: ['live'],
  task: ['live'],
  ticket: ['live'],
  incident: ['live'],
  allocation: ['projections', 'devices', 'live'],
  profile: ['projections'],
  case: ['live'],
  enrolment: ['live'],
  message: ['live'],
  audit: ['audit'],
};

/** Kinds whose end is news too; of all others only what they become. */
const missed: readonly string[] = ['away', 'alert', 'task', 'case'];

/** What the stream need not bring at all: the filter of its reader is made of these. */
export const heard = { kinds: Object.keys(listeners), removed: missed };

export function queuesFor(kind: string, event: 'INSERT' | 'MODIFY' | 'REMOVE'): readonly QueueName[] {
  if (event === 'REMOVE' && !missed.includes(kind)) return [];
  return listeners[kind] ?? [];
}
